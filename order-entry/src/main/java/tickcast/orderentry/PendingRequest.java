package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.Refusal;

/**
 * A request that was written, or is about to be, and that is not answered.
 *
 * @param messageId what the answer names
 * @param message what was asked
 * @param unlessRepeat why it is refused when it repeats no clientOrderId, null when it need not repeat one
 */
record PendingRequest(JsonNode messageId, ClientMessage.OrderMessage message, Refusal unlessRepeat) {
    PendingRequest(JsonNode messageId, ClientMessage.OrderMessage message) {
        this(messageId, message, null);
    }

    /** Whether the exchange is to answer it, and not the gateway. */
    boolean ofTheExchange() {
        return message instanceof ClientMessage.PlaceOrder place
                ? !place.validateOnly()
                : message instanceof ClientMessage.CancelOrder
                        || message instanceof ClientMessage.ReplaceOrder
                        || message instanceof ClientMessage.CancelAll;
    }

    /** Empty when it named none. */
    String clientOrderId() {
        if (message instanceof ClientMessage.PlaceOrder place) {
            return place.clientOrderId();
        }
        if (message instanceof ClientMessage.CancelOrder cancel) {
            return cancel.clientOrderId();
        }
        return message instanceof ClientMessage.ReplaceOrder replace ? replace.clientOrderId() : "";
    }
}
