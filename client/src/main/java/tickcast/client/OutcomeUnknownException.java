package tickcast.client;

/**
 * The connection was lost, or the time ran out, before the answer came: the gateway may or may not have acted. The client never
 * sends an order again by itself; ask for {@link TickcastClient#orders()}, or repeat it with the same {@code clientOrderId}.
 */
public final class OutcomeUnknownException extends TickcastClientException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String message) {
        super(message);
    }
}
