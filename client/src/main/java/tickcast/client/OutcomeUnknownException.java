package tickcast.client;

/**
 * The connection was lost, or the time ran out, before the answer came, or the gateway knows no answer because the exchange is gone:
 * what was asked for may have been done, or may still be. The client never sends an order again by itself; ask for
 * {@link TickcastClient#order(String)}, or repeat it with the same {@code clientOrderId}.
 */
public final class OutcomeUnknownException extends TickcastClientException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String message) {
        super(message);
    }
}
