package tickcast.client;

/** There was no session, or too many requests waited: the request was not sent and may safely be repeated later. */
public final class NotConnectedException extends TickcastClientException {
    private static final long serialVersionUID = 1L;

    NotConnectedException(String message) {
        super(message);
    }
}
