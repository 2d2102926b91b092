package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
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
