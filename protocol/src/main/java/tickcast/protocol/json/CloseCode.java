package tickcast.protocol.json;

/** Why a WebSocket is closed: every code that the gateway sends, and when. */
public enum CloseCode {
    NORMAL(1000, "The client closed"),
    GOING_AWAY(1001, "The gateway is stopping; connect again"),
    PROTOCOL_ERROR(1002, "The client broke the rules of WebSocket frames"),
    UNSUPPORTED_DATA(1003, "The client sent a binary frame; clients send text"),
    INVALID_TEXT(1007, "The client sent text that is not UTF-8"),
    TOO_BIG(1009, "The client sent a message above the limit"),
    INTERNAL_ERROR(1011, "The gateway failed; it says so in its log"),
    SLOW_CONSUMER(
            4001, "The client read too slowly: more bytes waited for it than the limit, or for longer than the limit"),
    TOO_MANY_MESSAGES(4002, "The client went on after RATE_LIMITED"),
    UNKNOWN_SUBPROTOCOL(4003, "The client asked for subprotocols of which the gateway speaks none"),
    TOO_MANY_CONNECTIONS(4004, "The gateway has its most connections; try another or later"),
    NO_PONG(4005, "Nothing came from the client, not even an answer to a ping");

    private final int code;
    private final String description;

    CloseCode(int code, String description) {
        this.code = code;
        this.description = description;
    }

    public int code() {
        return code;
    }

    public String description() {
        return description;
    }
}
