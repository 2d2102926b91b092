package tickcast.client;

/** The client has given up, or was closed: it never connects again. */
public final class ClientEndedException extends TickcastClientException {
    private static final long serialVersionUID = 1L;

    private final int code;

    ClientEndedException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The WebSocket close code that ended it; 1006 when there was none. */
    public int code() {
        return code;
    }
}
