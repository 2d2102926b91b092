package tickcast.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/**
 * How the answer to a message about orders names it: by the message's id, else by its clientOrderId, else by its number
 * among the text messages of the connection.
 */
final class OrderNaming {
    private OrderNaming() {}

    static JsonNode messageId(ClientMessage.OrderMessage message, int number) {
        return messageId(message.id(), clientOrderId(message), number);
    }

    /** The answer to a message that could not be taken: a nack when it is about orders, else an error. */
    static ServerMessage refused(Refusal refusal, int number) {
        String clientOrderId = refusal.clientOrderId();
        if (clientOrderId == null) {
            return ServerMessage.Error.of(refusal);
        }
        return new ServerMessage.Nack(
                messageId(refusal.messageId(), clientOrderId, number),
                refusal.code().name(),
                refusal.getMessage(),
                refusal.field(),
                null,
                clientOrderId.isEmpty() ? null : clientOrderId);
    }

    /**
     * The answer to a message that came too soon after others.
     *
     * @param said null for a long one, which was not read: the client is not told which it was
     */
    static ServerMessage tooFast(String why, long retryAfterMillis, ClientText said, int number) {
        String message = why + "; try again in " + retryAfterMillis + " ms";
        JsonNode id = null;
        String clientOrderId = null;
        if (said != null && said.message() != null) {
            id = said.message().id();
            clientOrderId = said.message() instanceof ClientMessage.OrderMessage order ? clientOrderId(order) : null;
        } else if (said != null) {
            id = said.refusal().messageId();
            clientOrderId = said.refusal().clientOrderId();
        }
        var answer = refused(new Refusal(ErrorCode.RATE_LIMITED, null, id, message).ofOrder(clientOrderId), number);
        return answer instanceof ServerMessage.Nack nack ? nack.withRetryAfter(retryAfterMillis) : answer;
    }

    private static JsonNode messageId(JsonNode given, String clientOrderId, int number) {
        if (given != null) {
            return given;
        }
        return clientOrderId.isEmpty() ? IntNode.valueOf(number) : TextNode.valueOf(clientOrderId);
    }

    private static String clientOrderId(ClientMessage.OrderMessage message) {
        if (message instanceof ClientMessage.PlaceOrder place) {
            return place.clientOrderId();
        }
        if (message instanceof ClientMessage.CancelOrder cancel) {
            return cancel.clientOrderId();
        }
        return message instanceof ClientMessage.ReplaceOrder replace ? replace.clientOrderId() : "";
    }
}
