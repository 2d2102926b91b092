package tickcast.client;

/** Why a request of a client has no answer; the subclass says whether it may be repeated. */
public abstract class TickcastClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TickcastClientException(String message) {
        super(message);
    }

    TickcastClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
