/**
 * The simulated exchange: a matching engine, a background order flow, and what writes their events to the feed and the
 * executions. {@link tickcast.simulator.Exchange} is the whole; everything it drives is confined to its thread.
 */
package tickcast.simulator;
