package tickcast.client;

import tickcast.protocol.json.ServerMessage;

/**
 * What became of an order message: the gateway's {@code ack} or its {@code nack}, the other is null. A refusal is an expected
 * outcome and so a value; a future fails only when there is no outcome.
 */
public record OrderOutcome(ServerMessage.Ack ack, ServerMessage.Nack nack) {
    public boolean accepted() {
        return ack != null;
    }

    /** Whether this repeats what became of an earlier order of the clientOrderId; nothing was done then. */
    public boolean duplicate() {
        return Boolean.TRUE.equals(accepted() ? ack.duplicate() : nack.duplicate());
    }

    /** {@code accepted}, or the code and the text of the refusal. */
    public String text() {
        return accepted() ? "accepted" : nack.code() + ": " + nack.error();
    }
}
