/**
 * Load on a gateway: many light WebSocket connections on a few event loops, which prove what they get as they go, and
 * what disturbs them on a plan. They share nothing with the project's client, which keeps books for each of its users.
 */
package tickcast.cli.load;
