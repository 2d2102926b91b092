/**
 * Fans the feed out to WebSocket subscribers and takes their orders. {@link tickcast.gateway.Gateway} is the entrance.
 *
 * <p>A shard is one event loop with its own reader of the feed, its own books and its own sessions; nothing is shared between
 * shards and nothing is locked. It works in turns: a turn reads a bounded part of what the feed has, encodes it once per
 * symbol and view in use, writes to each subscriber once and flushes each once. What a client sends is taken between turns,
 * so a late subscriber's snapshot and what follows it fit exactly.
 */
package tickcast.gateway;
