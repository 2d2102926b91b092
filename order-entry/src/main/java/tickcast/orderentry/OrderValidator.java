package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.sbe.OrderType;

/**
 * Checks orders against the instruments: the symbol is known, the price on its tick and the quantity on its lot. Kinds and
 * ranges of the fields were checked when the message was parsed. A refusal names the value and the nearest valid ones.
 */
final class OrderValidator {
    private static final long MAX_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final InstrumentDirectory instruments;

    OrderValidator(InstrumentDirectory instruments) {
        this.instruments = instruments;
    }

    /** The instrument that {@code order} is for. */
    Instrument check(ClientMessage.PlaceOrder order, JsonNode messageId) throws Refusal {
        var instrument = instrument(order.symbol(), messageId);
        if (order.orderType() == OrderType.LIMIT) {
            checkPrice(order.price(), instrument, messageId);
        }
        checkQuantity(order.quantity(), instrument, messageId);
        return instrument;
    }

    /** Checks the new terms of an order for {@code instrument}. */
    void check(ClientMessage.ReplaceOrder replace, Instrument instrument, JsonNode messageId) throws Refusal {
        checkPrice(replace.price(), instrument, messageId);
        checkQuantity(replace.quantity(), instrument, messageId);
    }

    /**
     * Checks that a request is still valid, by the gateway's clock.
     *
     * @param receivedNanos when it was received, ns since the Unix epoch
     */
    static void requireInTime(ClientMessage.Validity validity, long receivedNanos, JsonNode messageId) throws Refusal {
        if (validity.recvWindowMillis() == 0) {
            return;
        }
        if (receivedNanos > validity.untilNanos()) {
            long lateMicros = TimeUnit.NANOSECONDS.toMicros(receivedNanos - validity.untilNanos());
            throw new Refusal(
                    ErrorCode.TOO_LATE,
                    "timestamp",
                    messageId,
                    "The request came " + lateMicros + " us after the end of its recvWindow of "
                            + validity.recvWindowMillis() + " ms");
        }
        if (validity.timestampNanos() - receivedNanos > MAX_AHEAD_NANOS) {
            long aheadMillis = TimeUnit.NANOSECONDS.toMillis(validity.timestampNanos() - receivedNanos);
            throw new Refusal(
                    ErrorCode.INVALID_FIELD,
                    "timestamp",
                    messageId,
                    "Field timestamp is " + aheadMillis + " ms ahead of the gateway's clock, must be 1000 at most for a"
                            + " recvWindow");
        }
    }

    Instrument instrument(String symbol, JsonNode messageId) throws Refusal {
        var instrument = instruments.bySymbol(symbol);
        if (instrument != null) {
            return instrument;
        }
        if (instruments.size() == 0) {
            throw new Refusal(ErrorCode.FEED_NOT_READY, null, messageId, ErrorCode.FEED_NOT_READY.description());
        }
        throw new Refusal(
                ErrorCode.UNKNOWN_SYMBOL,
                "symbol",
                messageId,
                "Field symbol is " + symbol + ", must be one of the " + instruments.size()
                        + " listed in the answer to symbols");
    }

    private static void checkPrice(long price, Instrument instrument, JsonNode messageId) throws Refusal {
        checkStep(
                ErrorCode.PRICE_NOT_ON_TICK,
                "price",
                price,
                instrument.tickSize(),
                ClientMessageParser.MAX_PRICE,
                "tick size",
                instrument,
                messageId);
    }

    private static void checkQuantity(long quantity, Instrument instrument, JsonNode messageId) throws Refusal {
        checkStep(
                ErrorCode.QUANTITY_NOT_ON_LOT,
                "quantity",
                quantity,
                instrument.lotSize(),
                ClientMessageParser.MAX_QUANTITY,
                "lot size",
                instrument,
                messageId);
    }

    private static void checkStep(
            ErrorCode code,
            String field,
            long value,
            long step,
            long max,
            String stepName,
            Instrument instrument,
            JsonNode messageId)
            throws Refusal {
        if (value % step == 0) {
            return;
        }
        long below = value - value % step;
        long above = below + step;
        String nearest = below == 0 || above > max
                ? Decimal8.format(below == 0 ? above : below)
                : Decimal8.format(below) + " or " + Decimal8.format(above);
        throw new Refusal(
                code,
                field,
                messageId,
                "Field " + field + " is " + Decimal8.format(value) + ", must be a multiple of the " + stepName + " "
                        + Decimal8.format(step) + " of " + instrument.symbol() + "; nearest: " + nearest);
    }
}
