package tickcast.protocol.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.TreeSet;
import tickcast.protocol.Decimal8;

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
            return OrderFields.placeOrder(begin("placeOrder", message), order).toString();
        } else if (message instanceof ClientMessage.CancelOrder cancel) {
            var json = order(begin("cancelOrder", message), cancel.orderId(), cancel.clientOrderId());
            return OrderFields.validity(json, cancel.validity()).toString();
        } else if (message instanceof ClientMessage.ReplaceOrder replace) {
            var json = order(begin("replaceOrder", message), replace.orderId(), replace.clientOrderId())
                    .put("price", Decimal8.toBigDecimal(replace.price()))
                    .put("quantity", Decimal8.toBigDecimal(replace.quantity()));
            return OrderFields.validity(json, replace.validity()).toString();
        } else if (message instanceof ClientMessage.CancelAll cancelAll) {
            var json = text(begin("cancelAll", message), "symbol", cancelAll.symbol());
            var side = cancelAll.side();
            return (side == null ? json : json.put("side", JsonNames.of(side))).toString();
        } else if (message instanceof ClientMessage.CancelOnDisconnect terms) {
            return OrderFields.cancelOnDisconnect(begin("cancelOnDisconnect", message), terms)
                    .toString();
        } else if (message instanceof ClientMessage.CancelAllAfter timer) {
            return begin("cancelAllAfter", message)
                    .put("timeoutMillis", timer.timeoutMillis())
                    .toString();
        } else if (message instanceof ClientMessage.Auth auth) {
            return begin("auth", message).put("account", auth.account()).toString();
        }
        return account((ClientMessage.AccountMessage) message).toString();
    }

    private static ObjectNode account(ClientMessage.AccountMessage message) {
        if (message instanceof ClientMessage.Orders orders) {
            return AccountFields.write(orders, begin("orders", message));
        } else if (message instanceof ClientMessage.FindOrder find) {
            return order(begin("order", message), find.orderId(), find.clientOrderId());
        } else if (message instanceof ClientMessage.ResumeExecutions resume) {
            return AccountFields.write(resume, begin("resumeExecutions", message));
        } else if (message instanceof ClientMessage.DropCopy dropCopy) {
            return begin("dropCopy", message).put("enabled", dropCopy.enabled());
        }
        return begin(message instanceof ClientMessage.ListPositions ? "positions" : "account", message);
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
