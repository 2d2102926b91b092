package tickcast.latency;

/**
 * A part of the way of an order or of a feed event, measured for itself; its {@link #tag} marks it in logs and reports.
 */
public enum Stage {
    ORDER_RECEIVED_WRITTEN(
            "order.received-written", "gateway reads the order off the socket until it is in the orders queue"),
    ORDER_WRITTEN_MATCHED("order.written-matched", "order is in the orders queue until the exchange has matched it"),
    ORDER_MATCHED_REPORTED(
            "order.matched-reported", "exchange has matched until it begins to write the execution report"),
    ORDER_REPORTED_READ(
            "order.reported-read", "exchange begins to write the execution report until the gateway reads it"),
    ORDER_READ_SENT("order.read-sent", "gateway reads the execution report until the answer is flushed to the socket"),
    ORDER_RECEIVED_SENT("order.received-sent", "the whole way of an order through gateway and exchange"),
    FEED_PUBLISHED_READ("feed.published-read", "exchange should publish the event until the gateway reads it"),
    FEED_READ_FLUSHED("feed.read-flushed", "gateway reads the event until it is flushed to the sockets"),
    FEED_PUBLISHED_FLUSHED("feed.published-flushed", "the whole way of a feed event through the gateway"),
    CLIENT_ORDER_ACKNOWLEDGED("client.order-acknowledged", "client should send the order until it has the answer"),
    CLIENT_PUBLISHED_RECEIVED("client.published-received", "exchange should publish the event until the client has it"),
    CLIENT_CONNECTED_SNAPSHOT(
            "client.connect-snapshot", "client should connect until it has a snapshot of all it subscribes"),
    CLIENT_ORDER_PUBLISHED(
            "client.order-published", "client should send the order until it sees it in the public market data"),
    MACHINE_HICCUP("hiccup", "stalls of the machine itself, seen by a thread that only sleeps");

    private final String tag;
    private final String description;

    Stage(String tag, String description) {
        this.tag = tag;
        this.description = description;
    }

    public String tag() {
        return tag;
    }

    /** One line saying from where to where the stage runs. */
    public String description() {
        return description;
    }
}
