package tickcast.protocol.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.TreeSet;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Writes what a client says, as {@link ClientMessageParser} reads it. Values are written as they are: checking them is the
 * reader's part. Safe from any thread.
 */
public final class ClientMessageWriter {
    private ClientMessageWriter() {}

    /** The message as text; what is not set is left out. */
    public static String toJson(ClientMessage message) {
        if (message instanceof ClientMessage.Subscribe subscribe) {
            return subscribe(subscribe);
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            return symbols(begin("unsubscribe", message), unsubscribe.symbols()).toString();
        } else if (message instanceof ClientMessage.Symbols) {
            return begin("symbols", message).toString();
        } else if (message instanceof ClientMessage.Ping ping) {
            var json = begin("ping", message);
            return (ping.timestamp() == null ? json : json.set("timestamp", ping.timestamp())).toString();
        } else if (message instanceof ClientMessage.PlaceOrder order) {
            return placeOrder(order);
        } else if (message instanceof ClientMessage.CancelOrder cancel) {
            return order(begin("cancelOrder", message), cancel.orderId(), cancel.clientOrderId())
                    .toString();
        } else if (message instanceof ClientMessage.ReplaceOrder replace) {
            return order(begin("replaceOrder", message), replace.orderId(), replace.clientOrderId())
                    .put("price", Decimal8.toBigDecimal(replace.price()))
                    .put("quantity", Decimal8.toBigDecimal(replace.quantity()))
                    .toString();
        } else if (message instanceof ClientMessage.CancelAll cancelAll) {
            return text(begin("cancelAll", message), "symbol", cancelAll.symbol())
                    .toString();
        }
        return begin("orders", message).toString();
    }

    private static String subscribe(ClientMessage.Subscribe subscribe) {
        var json = symbols(begin("subscribe", subscribe), subscribe.symbols());
        var channels = json.putArray("channels");
        new TreeSet<>(subscribe.channels()).forEach(channel -> channels.add(JsonNames.of(channel)));
        json.put("depth", subscribe.depth());
        if (subscribe.maxRate() != 0) {
            json.put("maxRate", subscribe.maxRate());
        }
        if (subscribe.onSlow() != OnSlow.CONFLATE) {
            json.put("onSlow", JsonNames.of(subscribe.onSlow()));
        }
        object(json, "resume", PastFields.resumeJson(subscribe.past()));
        return object(json, "replay", PastFields.replayJson(subscribe.past())).toString();
    }

    private static String placeOrder(ClientMessage.PlaceOrder order) {
        var json = text(begin("placeOrder", order), "clientOrderId", order.clientOrderId())
                .put("symbol", order.symbol())
                .put("side", JsonNames.of(order.side()));
        boolean market = order.orderType() == OrderType.MARKET;
        if (market) {
            json.put("orderType", JsonNames.of(order.orderType()));
        } else {
            json.put("price", Decimal8.toBigDecimal(order.price()));
        }
        json.put("quantity", Decimal8.toBigDecimal(order.quantity()));
        if (market || order.timeInForce() != TimeInForce.GTC) {
            json.put("timeInForce", JsonNames.of(order.timeInForce()));
        }
        if (order.postOnly()) {
            json.put("postOnly", true);
        }
        if (order.timestampMillis() != 0) {
            json.put("timestamp", order.timestampMillis());
        }
        return json.toString();
    }

    private static ObjectNode begin(String type, ClientMessage message) {
        var json = Json.MAPPER.createObjectNode().put("type", type);
        if (message.id() != null) {
            json.set("id", message.id());
        }
        return json;
    }

    private static ObjectNode symbols(ObjectNode json, Collection<String> symbols) {
        var array = json.putArray("symbols");
        symbols.forEach(array::add);
        return json;
    }

    private static ObjectNode order(ObjectNode json, long orderId, String clientOrderId) {
        return orderId != 0 ? json.put("orderId", orderId) : text(json, "clientOrderId", clientOrderId);
    }

    private static ObjectNode object(ObjectNode json, String field, ObjectNode value) {
        return value == null ? json : json.set(field, value);
    }

    private static ObjectNode text(ObjectNode json, String field, String text) {
        return text.isEmpty() ? json : json.put(field, text);
    }
}
