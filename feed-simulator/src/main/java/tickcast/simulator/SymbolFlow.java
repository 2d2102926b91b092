package tickcast.simulator;

import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Makers and takers of one symbol, around a fair price that walks at random, with momentum, and is pulled back to the
 * reference price. Makers own a fixed number of slots, each empty or one resting order. Integers only, so that every
 * machine finds the same prices.
 */
final class SymbolFlow {
    static final int SLOTS = 240;

    private static final int MAX_OFFSET_TICKS = 60;
    private static final int STALE_OFFSET_TICKS = 90;
    private static final int MAX_LOTS = 100;
    private static final int MIN_DEPTH_FOR_TAKERS = 5;
    private static final int TAKER_PERCENT = 12;
    private static final int BURST_TAKER_PERCENT = 35;
    /** The fair price moves in thousandths of a tick. */
    private static final int TICK_PARTS = 1_000;

    private static final int STEP_PARTS = 120;
    private static final int BURST_MOMENTUM_PARTS = 150;
    private static final int MEAN_EVENTS_BETWEEN_PULLS = 256;

    private final MatchingEngine engine;
    private final SeededRandom random;
    private final OrderBook book;
    private final int symbolId;
    private final long tickSize;
    private final long lotSize;
    private final long referenceParts;
    /** Order ids of the makers; an order may be gone already. */
    private final long[] slots = new long[SLOTS];

    private long orderCount;
    private long fairParts;
    private int momentumParts;
    private int takerPercent = TAKER_PERCENT;

    SymbolFlow(Instrument instrument, MatchingEngine engine, SeededRandom random) {
        this.engine = engine;
        this.random = random;
        this.symbolId = instrument.symbolId();
        this.book = engine.book(symbolId);
        this.tickSize = instrument.tickSize();
        this.lotSize = instrument.lotSize();
        // A price of a billion ticks and more moves no differently from one of a billion ticks.
        this.referenceParts =
                Math.min(instrument.referencePrice() / tickSize, Long.MAX_VALUE / (8 * TICK_PARTS)) * TICK_PARTS;
        this.fairParts = referenceParts;
    }

    void startBurst() {
        momentumParts = random.below(2) == 0 ? BURST_MOMENTUM_PARTS : -BURST_MOMENTUM_PARTS;
        takerPercent = BURST_TAKER_PERCENT;
    }

    void endBurst() {
        momentumParts = 0;
        takerPercent = TAKER_PERCENT;
    }

    /** One event; none while the symbol is not open. */
    void next() {
        moveFairPrice();
        if (book.status() != TradingStatus.OPEN) {
            return;
        }
        Side side = takerSide();
        boolean deepEnough = book.side(opposite(side)).depth() >= MIN_DEPTH_FOR_TAKERS;
        if (random.below(100) < takerPercent && deepEnough) {
            take(side);
        } else {
            make(random.below(SLOTS));
        }
    }

    private void moveFairPrice() {
        int pullParts =
                random.below(MEAN_EVENTS_BETWEEN_PULLS) == 0 ? Long.signum(referenceParts - fairParts) * STEP_PARTS : 0;
        fairParts += random.below(2 * STEP_PARTS + 1) - STEP_PARTS + momentumParts + pullParts;
        fairParts = Math.max(referenceParts / 2, Math.min(fairParts, 2 * referenceParts));
    }

    private Side takerSide() {
        int buyPercent = 50 + Integer.signum(momentumParts) * 35;
        return random.below(100) < buyPercent ? Side.BUY : Side.SELL;
    }

    private void take(Side side) {
        long quantity = random.smallUpTo(MAX_LOTS) * lotSize;
        OrderType orderType = random.below(4) == 0 ? OrderType.MARKET : OrderType.LIMIT;
        long best = book.side(opposite(side)).level(0).price();
        long price = orderType == OrderType.MARKET ? 0 : awayFromBook(side, best, random.below(4));
        submit(nextOrderId(), side, orderType, TimeInForce.IOC, price, quantity);
    }

    private void make(int slot) {
        BookOrder order = slots[slot] == 0 ? null : engine.order(slots[slot]);
        if (order == null) {
            place(slot);
        } else if (isStale(order) || random.below(100) < 40) {
            engine.cancel(order.orderId(), BookOrder.EXEMPT_ACCOUNT, Reason.CLIENT_REQUEST);
        } else if (random.below(2) == 0 && order.leavesQuantity() > lotSize) {
            long less = order.quantity() - (order.leavesQuantity() / lotSize + 1) / 2 * lotSize;
            engine.replace(order.orderId(), BookOrder.EXEMPT_ACCOUNT, order.price(), less);
        } else {
            long quantity = order.cumulativeQuantity() + random.smallUpTo(MAX_LOTS) * lotSize;
            long price = makerPrice(order.side());
            // One lot more where nothing would change: every event shows in the feed.
            long same = price == order.price() && quantity == order.quantity() ? lotSize : 0;
            engine.replace(order.orderId(), BookOrder.EXEMPT_ACCOUNT, price, quantity + same);
        }
    }

    private void place(int slot) {
        slots[slot] = nextOrderId();
        Side side = slot % 2 == 0 ? Side.BUY : Side.SELL;
        submit(
                slots[slot],
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                makerPrice(side),
                random.smallUpTo(MAX_LOTS) * lotSize);
    }

    private boolean isStale(BookOrder order) {
        long fairTick = fairParts / TICK_PARTS;
        long priceTick = order.price() / tickSize;
        long offset = order.side() == Side.BUY ? fairTick - priceTick : priceTick - fairTick;
        return offset < 0 || offset > STALE_OFFSET_TICKS;
    }

    /** Near the fair price more often than far from it. */
    private long makerPrice(Side side) {
        long fairTick = fairParts / TICK_PARTS;
        int offset = Math.min(random.smallUpTo(MAX_OFFSET_TICKS), random.smallUpTo(2 * MAX_OFFSET_TICKS));
        long tick = side == Side.BUY ? fairTick - offset : fairTick + offset;
        return Math.max(1, tick) * tickSize;
    }

    private long awayFromBook(Side side, long best, int ticks) {
        long price = side == Side.BUY ? best + ticks * tickSize : best - ticks * tickSize;
        return Math.max(tickSize, price);
    }

    private void submit(long orderId, Side side, OrderType type, TimeInForce timeInForce, long price, long quantity) {
        engine.submit(orderId, BookOrder.EXEMPT_ACCOUNT, symbolId, side, type, timeInForce, false, price, quantity);
    }

    /** The sign, 31 bits of symbol, 32 bits that come round after four billion orders. */
    private long nextOrderId() {
        orderCount = orderCount + 1 & 0xFFFF_FFFFL;
        return Long.MIN_VALUE | (long) symbolId << 32 | orderCount;
    }

    private static Side opposite(Side side) {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }
}
