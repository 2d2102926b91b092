package tickcast.protocol.json;

/** What a subscriber wants when it does not keep up, the gentlest first. */
public enum OnSlow {
    /** The newest state as fast as the client reads; later, as for the others. */
    CONFLATE,
    /** Nothing until the client has read what waits for it, then a snapshot. */
    SKIP,
    /** Everything, until the connection is closed. */
    DISCONNECT
}
