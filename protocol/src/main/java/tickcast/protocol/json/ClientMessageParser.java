package tickcast.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tickcast.protocol.Decimal8;
import tickcast.protocol.V1;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** Reads what a client says, strictly: a message is whole and right, or refused with the reason. Safe from any thread. */
public final class ClientMessageParser {
    /** Highest price and quantity of an order, as mantissas: sums over a whole book stay within 64 bits. */
    public static final long MAX_PRICE = 1_000_000_000L * Decimal8.ONE;

    public static final long MAX_QUANTITY = 1_000_000L * Decimal8.ONE;
    public static final int MAX_CLIENT_ORDER_ID_LENGTH = 64;

    private static final int MAX_SYMBOLS = 10_000;
    private static final int MAX_SYMBOL_TEXT = 64;
    static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
    private static final Set<String> ORDER_MESSAGES =
            Set.of("placeOrder", "cancelOrder", "replaceOrder", "cancelAll", "orders");
    private static final double LOWEST_RATE = 0.1;
    private static final double HIGHEST_RATE = 1_000;
    private static final EnumSet<Side> SIDES = EnumSet.of(Side.BUY, Side.SELL);
    private static final EnumSet<OrderType> ORDER_TYPES = EnumSet.of(OrderType.LIMIT, OrderType.MARKET);
    private static final EnumSet<TimeInForce> TIMES_IN_FORCE =
            EnumSet.of(TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK);

    private ClientMessageParser() {}

    /**
     * The message in {@code text}.
     *
     * @throws Refusal naming code, field and value when it is not one
     */
    public static ClientMessage parse(String text) throws Refusal {
        var message = object(text);
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
            case "placeOrder" ->
                placeOrder(fields(
                        message,
                        "symbol",
                        "side",
                        "price",
                        "quantity",
                        "timestamp",
                        "clientOrderId",
                        "orderType",
                        "timeInForce",
                        "postOnly"));
            case "cancelOrder" -> cancelOrder(fields(message, "orderId", "clientOrderId"));
            case "replaceOrder" -> replaceOrder(fields(message, "orderId", "clientOrderId", "price", "quantity"));
            case "cancelAll" -> cancelAll(fields(message, "symbol"));
            case "orders" -> new ClientMessage.Orders(fields(message).id());
            default ->
                throw new Refusal(
                        ErrorCode.UNKNOWN_TYPE,
                        "type",
                        JsonFields.idOf(message),
                        "Field type is " + JsonFields.shown(type)
                                + ", must be subscribe, unsubscribe, symbols, ping, placeOrder, cancelOrder, replaceOrder,"
                                + " cancelAll or orders");
        };
    }

    /**
     * Whether a message that was refused is about orders, by its type: then the answer is a nack.
     *
     * @return its clientOrderId, "" when it has none that is a text; empty when it is about something else
     */
    public static Optional<String> orderMessage(String text) {
        try {
            var message = object(text);
            boolean about = ORDER_MESSAGES.contains(message.path("type").asText());
            return about ? Optional.of(message.path("clientOrderId").asText("")) : Optional.empty();
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    private static ObjectNode object(String text) throws Refusal {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            // The library ends some messages with how to set it up; that is not for clients.
            throw malformed(
                    e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(": enable `.*", "")
                            + (at == null ? "" : " (column " + at.getColumnNr() + ")"));
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits is beyond BigDecimal too.
            throw malformed("a number is out of range");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw malformed("found " + JsonFields.shown(node));
    }

    private static Refusal malformed(String why) {
        return new Refusal(ErrorCode.MALFORMED_JSON, null, null, "Not one JSON object: " + why);
    }

    private static JsonFields fields(ObjectNode message, String... allowed) throws Refusal {
        return new JsonFields(message, new LinkedHashSet<>(List.of(allowed)));
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

    private static ClientMessage placeOrder(JsonFields fields) throws Refusal {
        var orderType = fields.choice("orderType", ORDER_TYPES, OrderType.LIMIT);
        boolean market = orderType == OrderType.MARKET;
        if (market && fields.has("price")) {
            throw fields.invalid("price", "left out of a market order");
        }
        var timeInForce = fields.choice("timeInForce", TIMES_IN_FORCE, market ? TimeInForce.IOC : TimeInForce.GTC);
        if (market && timeInForce == TimeInForce.GTC) {
            throw fields.invalid("timeInForce", "IOC or FOK for a market order");
        }
        boolean postOnly = fields.flag("postOnly");
        if (postOnly && timeInForce != TimeInForce.GTC) {
            throw fields.invalid("postOnly", "false for a market, IOC or FOK order");
        }
        return new ClientMessage.PlaceOrder(
                fields.id(),
                fields.optionalAscii("clientOrderId", MAX_CLIENT_ORDER_ID_LENGTH),
                fields.text("symbol", MAX_SYMBOL_TEXT),
                fields.choice("side", SIDES, null),
                orderType,
                timeInForce,
                postOnly,
                market ? 0 : fields.mantissa("price", MAX_PRICE),
                fields.mantissa("quantity", MAX_QUANTITY),
                fields.wholeNumber("timestamp", 0, MAX_SAFE_INTEGER, 0));
    }

    private static ClientMessage cancelOrder(JsonFields fields) throws Refusal {
        return new ClientMessage.CancelOrder(fields.id(), orderId(fields), clientOrderId(fields));
    }

    private static ClientMessage replaceOrder(JsonFields fields) throws Refusal {
        return new ClientMessage.ReplaceOrder(
                fields.id(),
                orderId(fields),
                clientOrderId(fields),
                fields.mantissa("price", MAX_PRICE),
                fields.mantissa("quantity", MAX_QUANTITY));
    }

    private static ClientMessage cancelAll(JsonFields fields) throws Refusal {
        return new ClientMessage.CancelAll(
                fields.id(), fields.has("symbol") ? fields.text("symbol", MAX_SYMBOL_TEXT) : "");
    }

    /** An order is named by one of its two ids. */
    private static long orderId(JsonFields fields) throws Refusal {
        if (fields.has("orderId") == fields.has("clientOrderId")) {
            if (fields.has("orderId")) {
                throw fields.invalid("clientOrderId", "left out when orderId is given");
            }
            throw fields.missing("orderId", "; give orderId or clientOrderId");
        }
        return fields.wholeNumber("orderId", 1, MAX_SAFE_INTEGER, 0);
    }

    private static String clientOrderId(JsonFields fields) throws Refusal {
        return fields.optionalAscii("clientOrderId", MAX_CLIENT_ORDER_ID_LENGTH);
    }
}
