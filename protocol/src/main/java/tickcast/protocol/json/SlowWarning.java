package tickcast.protocol.json;

/** Codes of the warnings about a client that does not keep up. */
public enum SlowWarning {
    SLOW_CONSUMER(
            "Too much waits for the client, or for too long. `action` is what is done to its subscriptions: `conflate`, `skip`, or `disconnect` when it goes on"),
    CAUGHT_UP(
            "The client keeps up again and is sent what it subscribed; `merged` and `trades` count what it was not sent");

    private final String description;

    SlowWarning(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
