package tickcast.simulator.recording;

import java.util.Map;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** Reads one file of Nasdaq TotalView-ITCH 5.0. A stock's key is its locate. Allocates nothing per message. */
final class ItchRecording implements Recording {
    static final String UNKNOWN_STOCKS = "order messages about unknown symbols";

    private static final long TICK_SIZE = Decimal8.ONE / 100;
    private static final long LOT_SIZE = Decimal8.ONE;
    /** After so many messages that were left out the caller gets a turn, so that it can do what is due. */
    private static final int MOST_LEFT_OUT = 1 << 16;

    private final ItchMessages messages;
    private final RecordingOptions options;
    private final long midnightNanos;
    private final long bytesTotal;
    private final ItchStocks stocks = new ItchStocks();
    private final long[] counts = new long[ItchType.TYPES];
    /** Where the first message of an unknown type stands, until that is told. */
    private String firstUnknown;

    private boolean unknownTold;
    private long records;
    private long unknownStocks;
    /** To be told before all else, null when there is nothing to warn of. */
    private String firstWarning;

    private boolean opening = true;
    /** Whether a message was stepped to and not told yet. */
    private boolean pending;

    private boolean leftOut;
    private long eventNanos;

    /**
     * @param midnightNanos what timestamps count from, in nanoseconds since the Unix epoch
     * @param firstWarning null when there is nothing to warn of
     */
    ItchRecording(
            ItchMessages messages, long bytesTotal, RecordingOptions options, long midnightNanos, String firstWarning) {
        this.messages = messages;
        this.bytesTotal = bytesTotal;
        this.options = options;
        this.midnightNanos = midnightNanos;
        this.firstWarning = firstWarning;
    }

    @Override
    public long nextNanos() {
        if (!pending) {
            pending = step();
            if (!pending) {
                return END;
            }
        }
        return opening ? OPENING : messageNanos();
    }

    @Override
    public void next(RecordedEvents events) {
        eventNanos = messageNanos();
        if (firstWarning != null) {
            events.warning(firstWarning);
            firstWarning = null;
        }
        if (firstUnknown != null && !unknownTold) {
            events.warning(firstUnknown);
            unknownTold = true;
        }
        if (!leftOut) {
            tell(events);
        }
        count(messages.type());
        pending = false;
    }

    @Override
    public long eventNanos() {
        return eventNanos;
    }

    @Override
    public String place() {
        return messages.place();
    }

    @Override
    public long bytesRead() {
        return messages.bytesRead();
    }

    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> named = ItchType.named(counts);
        if (unknownStocks > 0) {
            named.put(UNKNOWN_STOCKS, unknownStocks);
        }
        return named;
    }

    @Override
    public void close() {
        messages.close();
    }

    /** Goes to the next message that may tell something; false at the end. */
    private boolean step() {
        for (int count = 0; messages.next(); ) {
            int type = messages.type();
            if (ItchType.length(type) == ItchType.UNKNOWN) {
                count(type);
                count++;
                if (firstUnknown == null) {
                    firstUnknown = messages.place() + ": " + ItchType.label(type)
                            + " is no message type of ITCH 5.0; such are left out by their length, and counted";
                }
                continue;
            }
            opening &= !ItchType.trading(type);
            leftOut = isLeftOut(type);
            if (!leftOut || count == MOST_LEFT_OUT) {
                return true;
            }
            count(type);
            count++;
        }
        return false;
    }

    private void count(int type) {
        counts[type]++;
        records++;
    }

    private boolean isLeftOut(int type) {
        int locate = messages.locate();
        if (!stocks.known(locate) || stocks.selected(locate)) {
            return false;
        }
        int stockOffset = ItchType.stockOffset(type);
        return stockOffset == ItchType.NO_STOCK || stocks.is(locate, messages.longAt(stockOffset));
    }

    private long messageNanos() {
        return midnightNanos + messages.timestamp();
    }

    private void tell(RecordedEvents events) {
        switch (messages.type()) {
            case 'S' -> systemEvent(events);
            case 'R' -> announced(11, events);
            case 'H' -> tradingAction(events);
            case 'h' -> operationalHalt(events);
            case 'A', 'F' -> addOrder(events);
            case 'E' -> orderExecuted(events);
            case 'C' -> orderExecutedWithPrice(events);
            case 'X' -> orderCancel(events);
            case 'D' -> orderDelete(events);
            case 'U' -> orderReplace(events);
            case 'P' -> trade(events);
            case 'Q' -> crossTrade(events);
            default -> {
                // The others, broken trades among them, change no book and are no trades.
            }
        }
    }

    private void systemEvent(RecordedEvents events) {
        char eventCode = messages.character(11);
        boolean endsTrading = eventCode == 'E' || eventCode == 'C';
        if (endsTrading && stocks.closeAll()) {
            events.statusOfAll(TradingStatus.CLOSED);
        }
    }

    private void tradingAction(RecordedEvents events) {
        if (announced(11, events)) {
            switch (messages.character(19)) {
                case 'T' -> halt(ItchStocks.TRADING_ACTION, false, events);
                case 'H', 'P', 'Q' -> halt(ItchStocks.TRADING_ACTION, true, events);
                default -> {
                    // A state that a later edition of the specification has added.
                }
            }
        }
    }

    private void operationalHalt(RecordedEvents events) {
        if (announced(11, events) && messages.character(19) == 'Q') {
            switch (messages.character(20)) {
                case 'T' -> halt(ItchStocks.OPERATIONAL, false, events);
                case 'H' -> halt(ItchStocks.OPERATIONAL, true, events);
                default -> {
                    // As above.
                }
            }
        }
    }

    private void halt(int cause, boolean begins, RecordedEvents events) {
        int locate = messages.locate();
        if (stocks.halt(locate, cause, begins)) {
            events.status(locate, stocks.status(locate));
        }
    }

    private void addOrder(RecordedEvents events) {
        long orderId = messages.longAt(11);
        Side side = messages.side(19);
        long quantity = messages.shares("shares", 20);
        long price = messages.price(32);
        if (announced(24, events)) {
            events.add(messages.locate(), orderId, side, price, quantity);
        }
    }

    private void orderExecuted(RecordedEvents events) {
        long orderId = messages.longAt(11);
        long quantity = messages.shares("executed shares", 19);
        if (known(events)) {
            events.execute(messages.locate(), orderId, quantity, RecordedEvents.OWN_PRICE, true);
        }
    }

    private void orderExecutedWithPrice(RecordedEvents events) {
        long orderId = messages.longAt(11);
        long quantity = messages.shares("executed shares", 19);
        boolean printed = messages.character(31) == 'Y';
        long price = messages.price(32);
        if (known(events)) {
            events.execute(messages.locate(), orderId, quantity, price, printed);
        }
    }

    private void orderCancel(RecordedEvents events) {
        long orderId = messages.longAt(11);
        long quantity = messages.shares("canceled shares", 19);
        if (known(events)) {
            events.reduce(messages.locate(), orderId, quantity);
        }
    }

    private void orderDelete(RecordedEvents events) {
        if (known(events)) {
            events.delete(messages.locate(), messages.longAt(11));
        }
    }

    private void orderReplace(RecordedEvents events) {
        long orderId = messages.longAt(11);
        long newOrderId = messages.longAt(19);
        long quantity = messages.shares("shares", 27);
        long price = messages.price(31);
        if (known(events)) {
            events.replace(messages.locate(), orderId, newOrderId, price, quantity);
        }
    }

    private void trade(RecordedEvents events) {
        // The side is that of the hidden resting order. Since 2014-07-14 it is always given as B, which tells nothing.
        Side aggressor = messages.side(19) == Side.SELL ? Side.BUY : Side.NULL_VAL;
        long quantity = messages.shares("shares", 20);
        long price = messages.price(32);
        if (announced(24, events)) {
            events.trade(messages.locate(), price, quantity, aggressor);
        }
    }

    private void crossTrade(RecordedEvents events) {
        long quantity = messages.crossShares(11);
        if (quantity == 0) {
            return; // No cross took place; there is no price then.
        }
        long price = messages.price(27);
        if (announced(19, events)) {
            events.cross(messages.locate(), price, quantity);
        }
    }

    /** Whether the stock that the message names is selected; one that is not known by that locate is announced. */
    private boolean announced(int stockOffset, RecordedEvents events) {
        int locate = messages.locate();
        long stock = messages.longAt(stockOffset);
        if (!stocks.is(locate, stock) || !stocks.known(locate)) {
            String symbol = messages.symbol(stockOffset);
            if (!Instrument.isSymbol(symbol)) {
                throw messages.fault("stock", '"' + symbol + '"', "printable ASCII characters without space");
            }
            stocks.put(locate, stock, options.selects(symbol));
            if (stocks.selected(locate)) {
                events.instrument(locate, symbol, TICK_SIZE, LOT_SIZE);
            }
        }
        return stocks.selected(locate);
    }

    /** Whether the stock is known. A message about an order names only its locate. */
    private boolean known(RecordedEvents events) {
        boolean known = stocks.known(messages.locate());
        if (!known) {
            if (unknownStocks == 0) {
                events.warning(messages.place() + ": stock locate " + messages.locate()
                        + " has an order message before any that names the stock; such are left out and counted");
            }
            unknownStocks++;
        }
        return known;
    }
}
