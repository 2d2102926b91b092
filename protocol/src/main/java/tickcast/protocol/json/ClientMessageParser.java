package tickcast.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tickcast.protocol.Decimal8;
import tickcast.protocol.V1;

/** Reads what a client says, strictly: a message is whole and right, or refused with the reason. Safe from any thread. */
public final class ClientMessageParser {
    /** Highest price and quantity of an order, as mantissas: sums over a whole book stay within 64 bits. */
    public static final long MAX_PRICE = 1_000_000_000L * Decimal8.ONE;

    public static final long MAX_QUANTITY = 1_000_000L * Decimal8.ONE;
    public static final int MAX_CLIENT_ORDER_ID_LENGTH = 64;
    /** A longer one cannot be, and is not repeated to whoever sent it. */
    private static final int LONGEST_ECHO = 1_000;

    static final int MAX_SYMBOLS = 10_000;
    static final int MAX_SYMBOL_TEXT = 64;
    static final int MAX_ACCOUNT_TEXT = 32;
    static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
    static final List<String> ORDER_MESSAGES = List.of(
            "placeOrder",
            "cancelOrder",
            "replaceOrder",
            "cancelAll",
            "cancelOnDisconnect",
            "cancelAllAfter",
            "orders",
            "order",
            "resumeExecutions",
            "dropCopy",
            "positions",
            "account");
    private static final Set<String> PLACE_ORDER = names(
            "symbol",
            "side",
            "price",
            "quantity",
            "timestamp",
            "clientOrderId",
            "orderType",
            "timeInForce",
            "postOnly",
            "timestampUnit",
            "recvWindow",
            "selfTradePrevention",
            "validate");
    private static final Set<String> CANCEL_ORDER =
            names("orderId", "clientOrderId", "timestamp", "timestampUnit", "recvWindow");
    private static final Set<String> REPLACE_ORDER =
            names("orderId", "clientOrderId", "price", "quantity", "timestamp", "timestampUnit", "recvWindow");
    private static final double LOWEST_RATE = 0.1;
    private static final double HIGHEST_RATE = 1_000;

    private ClientMessageParser() {}

    /**
     * The message in {@code text}.
     *
     * @throws Refusal naming code, field and value when it is not one, and the order when it is about one by its type
     */
    public static ClientMessage parse(String text) throws Refusal {
        var message = object(text);
        try {
            return parse(message);
        } catch (Refusal refusal) {
            boolean aboutOrders = ORDER_MESSAGES.contains(message.path("type").asText());
            String clientOrderId = message.path("clientOrderId").asText("");
            throw aboutOrders ? refusal.ofOrder(clientOrderId.length() > LONGEST_ECHO ? "" : clientOrderId) : refusal;
        }
    }

    private static ClientMessage parse(ObjectNode message) throws Refusal {
        var type = message.get("type");
        if (type == null || type.isNull()) {
            throw new Refusal(ErrorCode.MISSING_FIELD, "type", JsonFields.idOf(message), "Field type is missing");
        }
        return switch (type.isTextual() ? type.textValue() : "") {
            case "subscribe" ->
                subscribe(fields(message, "symbols", "channels", "depth", "maxRate", "onSlow", "resume", "replay"));
            case "unsubscribe" -> unsubscribe(fields(message, "symbols"));
            case "symbols" -> new ClientMessage.Symbols(fields(message).id());
            case "ping" -> ping(fields(message, "timestamp"));
            case "placeOrder" -> OrderFields.placeOrder(new JsonFields(message, PLACE_ORDER));
            case "cancelOrder" -> OrderFields.cancelOrder(new JsonFields(message, CANCEL_ORDER));
            case "replaceOrder" -> OrderFields.replaceOrder(new JsonFields(message, REPLACE_ORDER));
            case "cancelAll" -> OrderFields.cancelAll(fields(message, "symbol", "side"));
            case "cancelOnDisconnect" ->
                OrderFields.cancelOnDisconnect(fields(message, "scope", "graceMillis", "onClose", "takesOver"));
            case "cancelAllAfter" -> OrderFields.cancelAllAfter(fields(message, "timeoutMillis"));
            case "auth" -> AccountFields.auth(fields(message, "account"));
            case "orders" -> AccountFields.orders(fields(message, "symbol", "limit", "after"));
            case "order" -> OrderFields.findOrder(fields(message, "orderId", "clientOrderId"));
            case "resumeExecutions" -> AccountFields.resumeExecutions(fields(message, "seq"));
            case "dropCopy" -> AccountFields.dropCopy(fields(message, "enabled"));
            case "positions" -> new ClientMessage.ListPositions(fields(message).id());
            case "account" -> new ClientMessage.ShowAccount(fields(message).id());
            default ->
                throw new Refusal(
                        ErrorCode.UNKNOWN_TYPE,
                        "type",
                        JsonFields.idOf(message),
                        "Field type is " + JsonFields.shown(type)
                                + ", must be subscribe, unsubscribe, symbols, ping, auth or one about orders: "
                                + String.join(", ", ORDER_MESSAGES));
        };
    }

    private static ObjectNode object(String text) throws Refusal {
        JsonNode node;
        try {
            node = Json.OF_CLIENTS.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            // The library ends some messages with how to set it up; that is not for clients.
            throw malformed(e.getOriginalMessage()
                            .lines()
                            .findFirst()
                            .orElse("")
                            .replaceFirst(": enable `.*|, from `[^`]*`| \\(not recognized as one since.*", "")
                            .replaceFirst("^Trailing token.*", "there is more after it")
                    + (at == null ? "" : " (column " + at.getColumnNr() + ")"));
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits is beyond BigDecimal too.
            throw malformed("a number is out of range");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw malformed(node == null || node.isMissingNode() ? "there is nothing" : "found " + JsonFields.shown(node));
    }

    private static Refusal malformed(String why) {
        return new Refusal(ErrorCode.MALFORMED_JSON, null, null, "Not one JSON object: " + why);
    }

    private static JsonFields fields(ObjectNode message, String... allowed) throws Refusal {
        return new JsonFields(message, names(allowed));
    }

    private static Set<String> names(String... fields) {
        return new LinkedHashSet<>(List.of(fields));
    }

    private static ClientMessage subscribe(JsonFields fields) throws Refusal {
        return new ClientMessage.Subscribe(
                fields.id(),
                fields.texts("symbols", MAX_SYMBOLS),
                Set.copyOf(fields.choices("channels", EnumSet.allOf(Channel.class))),
                (int) fields.wholeNumber("depth", 1, V1.MAX_LEVELS, ClientMessage.Subscribe.DEFAULT_DEPTH),
                fields.has("maxRate") ? fields.number("maxRate", LOWEST_RATE, HIGHEST_RATE) : 0,
                fields.choice("onSlow", EnumSet.allOf(OnSlow.class), OnSlow.CONFLATE),
                PastFields.past(fields));
    }

    private static ClientMessage unsubscribe(JsonFields fields) throws Refusal {
        return new ClientMessage.Unsubscribe(fields.id(), fields.texts("symbols", MAX_SYMBOLS));
    }

    private static ClientMessage ping(JsonFields fields) throws Refusal {
        var timestamp = fields.raw("timestamp");
        if (timestamp != null && !timestamp.isNumber()) {
            throw fields.invalid("timestamp", "a number");
        }
        return new ClientMessage.Ping(fields.id(), timestamp);
    }
}
