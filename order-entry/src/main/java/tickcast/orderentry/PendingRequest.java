package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import tickcast.protocol.json.ClientMessage;

/**
 * A request that was written, or is about to be, and that is not answered.
 *
 * @param messageId what the answer names
 * @param message what was asked
 */
record PendingRequest(JsonNode messageId, ClientMessage.OrderMessage message) {
    /** Whether it may become an open order. */
    boolean newOrder() {
        return message instanceof ClientMessage.PlaceOrder place && !place.validateOnly();
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
