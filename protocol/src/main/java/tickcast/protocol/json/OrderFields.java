package tickcast.protocol.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ClientMessage.Validity;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** The messages that change orders, to and from JSON. */
final class OrderFields {
    private static final int MAX_RECV_WINDOW_MILLIS = 60_000;
    private static final int MAX_GRACE_MILLIS = 600_000;
    private static final int MIN_TIMEOUT_MILLIS = 100;
    private static final int MAX_TIMEOUT_MILLIS = 86_400_000;
    private static final int MAX_SESSION_ID_LENGTH = 20;
    private static final EnumSet<Side> SIDES = EnumSet.of(Side.BUY, Side.SELL);
    private static final EnumSet<OrderType> ORDER_TYPES = EnumSet.of(OrderType.LIMIT, OrderType.MARKET);
    private static final EnumSet<TimeInForce> TIMES_IN_FORCE =
            EnumSet.of(TimeInForce.GTC, TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK);
    private static final EnumSet<TimeInForce> AT_ONCE = EnumSet.of(TimeInForce.IOC, TimeInForce.FOK);
    private static final EnumSet<SelfTradePrevention> SELF_TRADE_PREVENTIONS = EnumSet.of(
            SelfTradePrevention.CANCEL_NEWEST,
            SelfTradePrevention.CANCEL_OLDEST,
            SelfTradePrevention.CANCEL_BOTH,
            SelfTradePrevention.NONE);

    private static final EnumSet<TimestampUnit> TIMESTAMP_UNITS = EnumSet.allOf(TimestampUnit.class);

    private OrderFields() {}

    static ClientMessage placeOrder(JsonFields fields) throws Refusal {
        var orderType = fields.choice("orderType", ORDER_TYPES, OrderType.LIMIT);
        boolean market = orderType == OrderType.MARKET;
        if (market && fields.has("price")) {
            throw fields.invalid("price", "left out of a market order");
        }
        var timeInForce = fields.choice("timeInForce", TIMES_IN_FORCE, market ? TimeInForce.IOC : TimeInForce.GTC);
        if (market && !AT_ONCE.contains(timeInForce)) {
            throw fields.invalid("timeInForce", "IOC or FOK for a market order");
        }
        boolean postOnly = fields.flag("postOnly");
        if (postOnly && AT_ONCE.contains(timeInForce)) {
            throw fields.invalid("postOnly", "false for a market, IOC or FOK order");
        }
        return new ClientMessage.PlaceOrder(
                fields.id(),
                clientOrderId(fields),
                symbol(fields),
                fields.choice("side", SIDES, null),
                orderType,
                timeInForce,
                postOnly,
                market ? 0 : fields.mantissa("price", ClientMessageParser.MAX_PRICE),
                fields.mantissa("quantity", ClientMessageParser.MAX_QUANTITY),
                validity(fields),
                fields.has("selfTradePrevention")
                        ? fields.choice("selfTradePrevention", SELF_TRADE_PREVENTIONS, null)
                        : null,
                fields.flag("validate"));
    }

    static ClientMessage cancelOrder(JsonFields fields) throws Refusal {
        return new ClientMessage.CancelOrder(fields.id(), orderId(fields), clientOrderId(fields), validity(fields));
    }

    static ClientMessage findOrder(JsonFields fields) throws Refusal {
        return new ClientMessage.FindOrder(fields.id(), orderId(fields), clientOrderId(fields));
    }

    static ClientMessage replaceOrder(JsonFields fields) throws Refusal {
        return new ClientMessage.ReplaceOrder(
                fields.id(),
                orderId(fields),
                clientOrderId(fields),
                fields.mantissa("price", ClientMessageParser.MAX_PRICE),
                fields.mantissa("quantity", ClientMessageParser.MAX_QUANTITY),
                validity(fields));
    }

    static ClientMessage cancelAll(JsonFields fields) throws Refusal {
        return new ClientMessage.CancelAll(
                fields.id(),
                fields.has("symbol") ? symbol(fields) : "",
                fields.has("side") ? fields.choice("side", SIDES, null) : null);
    }

    static ClientMessage cancelOnDisconnect(JsonFields fields) throws Refusal {
        return new ClientMessage.CancelOnDisconnect(
                fields.id(),
                fields.choice("scope", EnumSet.allOf(CancelScope.class), null),
                (int) fields.wholeNumber("graceMillis", 0, MAX_GRACE_MILLIS, 0),
                fields.flag("onClose"),
                fields.optionalAscii("takesOver", MAX_SESSION_ID_LENGTH));
    }

    static ClientMessage cancelAllAfter(JsonFields fields) throws Refusal {
        long timeoutMillis = fields.wholeNumber("timeoutMillis", 0, MAX_TIMEOUT_MILLIS);
        if (timeoutMillis > 0 && timeoutMillis < MIN_TIMEOUT_MILLIS) {
            throw fields.invalid(
                    "timeoutMillis", "0, or a whole number from " + MIN_TIMEOUT_MILLIS + " to " + MAX_TIMEOUT_MILLIS);
        }
        return new ClientMessage.CancelAllAfter(fields.id(), (int) timeoutMillis);
    }

    static ObjectNode placeOrder(ObjectNode json, ClientMessage.PlaceOrder order) {
        if (!order.clientOrderId().isEmpty()) {
            json.put("clientOrderId", order.clientOrderId());
        }
        json.put("symbol", order.symbol()).put("side", JsonNames.of(order.side()));
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
        validity(json, order.validity());
        if (order.selfTradePrevention() != null) {
            json.put("selfTradePrevention", JsonNames.of(order.selfTradePrevention()));
        }
        return order.validateOnly() ? json.put("validate", true) : json;
    }

    static ObjectNode cancelOnDisconnect(ObjectNode json, ClientMessage.CancelOnDisconnect terms) {
        json.put("scope", JsonNames.of(terms.scope()));
        if (terms.graceMillis() != 0) {
            json.put("graceMillis", terms.graceMillis());
        }
        if (terms.onClose()) {
            json.put("onClose", true);
        }
        return terms.takesOver().isEmpty() ? json : json.put("takesOver", terms.takesOver());
    }

    static ObjectNode validity(ObjectNode json, Validity validity) {
        if (validity.timestampNanos() == 0) {
            return json;
        }
        var unit = TimestampUnit.exact(validity.timestampNanos());
        json.put("timestamp", unit.ofNanos(validity.timestampNanos()));
        if (unit != TimestampUnit.MS) {
            json.put("timestampUnit", JsonNames.of(unit));
        }
        return validity.recvWindowMillis() == 0 ? json : json.put("recvWindow", validity.recvWindowMillis());
    }

    private static Validity validity(JsonFields fields) throws Refusal {
        var unit = fields.choice("timestampUnit", TIMESTAMP_UNITS, TimestampUnit.MS);
        if (!fields.has("timestamp")) {
            if (fields.has("recvWindow") || fields.has("timestampUnit")) {
                String field = fields.has("recvWindow") ? "recvWindow" : "timestampUnit";
                throw fields.missing("timestamp", "; " + field + " needs it");
            }
            return Validity.NOT_SAID;
        }
        return new Validity(
                unit.toNanos(fields.wholeNumberOrText("timestamp", 0, unit.max(), JsonNames.of(unit))),
                fields.wholeNumber("recvWindow", 1, MAX_RECV_WINDOW_MILLIS, 0));
    }

    private static String symbol(JsonFields fields) throws Refusal {
        return fields.text("symbol", ClientMessageParser.MAX_SYMBOL_TEXT);
    }

    /** An order is named by one of its two ids. */
    private static long orderId(JsonFields fields) throws Refusal {
        if (fields.has("orderId") == fields.has("clientOrderId")) {
            if (fields.has("orderId")) {
                throw fields.invalid("clientOrderId", "left out when orderId is given");
            }
            throw fields.missing("orderId", "; give orderId or clientOrderId");
        }
        return fields.wholeNumber("orderId", 1, ClientMessageParser.MAX_SAFE_INTEGER, 0);
    }

    private static String clientOrderId(JsonFields fields) throws Refusal {
        return fields.optionalAscii("clientOrderId", ClientMessageParser.MAX_CLIENT_ORDER_ID_LENGTH);
    }
}
