package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * The book of one symbol: who trades with whom, in price-time priority. Orders of a recording can be in it too: others
 * trade with what is there of them, but leave them as they are.
 */
final class OrderBook {
    /** Most price levels of a side that can be published, and that orders may make. */
    static final int MAX_LEVELS = 1_000;

    /** Most trades of one incoming order, and own orders that it cancels, so that all its reports fit one document. */
    static final int MAX_TRADES = 1_000;

    private final int symbolId;
    private final int maxLevels;
    private final BookSide bids = new BookSide(Side.BUY);
    private final BookSide asks = new BookSide(Side.SELL);
    private final OrderPool orders;
    private final EngineListener listener;
    private long tickSize;
    private long lotSize;
    private TradingStatus status = TradingStatus.OPEN;
    private int restingOrders;
    private int tradesLeft;

    /** @param maxLevels of a side, beyond which an order is refused that needs another one */
    OrderBook(int symbolId, long tickSize, long lotSize, int maxLevels, OrderPool orders, EngineListener listener) {
        this.symbolId = symbolId;
        this.tickSize = tickSize;
        this.lotSize = lotSize;
        this.maxLevels = maxLevels;
        this.orders = orders;
        this.listener = listener;
    }

    int symbolId() {
        return symbolId;
    }

    /** New steps of prices and quantities; what rests stays. */
    void steps(long newTickSize, long newLotSize) {
        tickSize = newTickSize;
        lotSize = newLotSize;
    }

    long tickSize() {
        return tickSize;
    }

    long lotSize() {
        return lotSize;
    }

    BookSide side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    /** The side that an order of that side trades with. */
    BookSide opposite(Side side) {
        return side == Side.BUY ? asks : bids;
    }

    /** Whether orders rest here that came through the engine; those of a recording do not. */
    boolean hasOrders() {
        return restingOrders > 0;
    }

    TradingStatus status() {
        return status;
    }

    void status(TradingStatus newStatus) {
        status = newStatus;
    }

    /** Takes an order that has not been in the book; the order goes back to the pool unless it rests. */
    void enter(BookOrder order) {
        Reason reason = refusal(order);
        if (reason != Reason.NONE) {
            listener.rejected(order, reason);
            orders.release(order);
            return;
        }
        listener.accepted(order);
        trade(order);
    }

    void cancel(BookOrder order, Reason reason) {
        listener.canceled(order, reason);
        left(order);
        takeOut(order);
        orders.release(order);
    }

    /** Gives a resting order new terms; anything but less quantity at the same price costs it its priority. */
    void replace(BookOrder order, long newPrice, long newQuantity) {
        Reason reason = replaceRefusal(order, newPrice, newQuantity);
        if (reason != Reason.NONE) {
            listener.cancelRejected(order, reason);
            return;
        }
        if (newPrice == order.price() && newQuantity <= order.quantity()) {
            reduce(order, newQuantity);
            return;
        }
        left(order);
        takeOut(order);
        order.change(newPrice, newQuantity);
        listener.replaced(order);
        trade(order);
    }

    /** Gives a resting order a quantity that is not above its own; it keeps its priority. */
    void reduce(BookOrder order, long newQuantity) {
        long by = order.quantity() - newQuantity;
        order.change(order.price(), newQuantity);
        listener.replaced(order);
        if (by > 0) {
            order.level.reduce(by);
            levelChanged(order.side(), order.level);
        }
    }

    private Reason refusal(BookOrder order) {
        if (status != TradingStatus.OPEN) {
            return Reason.SYMBOL_NOT_OPEN;
        }
        long limit = order.limit();
        boolean isLimit = order.orderType() == OrderType.LIMIT;
        if (isLimit && isOff(order.price(), tickSize)) {
            return Reason.PRICE_NOT_ON_TICK;
        }
        if (isOff(order.quantity(), lotSize)) {
            return Reason.QUANTITY_NOT_ON_LOT;
        }
        boolean trades = opposite(order.side()).isCrossedBy(limit);
        if (order.postOnly() && (trades || !isLimit)) {
            return Reason.POST_ONLY_WOULD_TRADE;
        }
        if (order.timeInForce() == TimeInForce.FOK) {
            return fillOrKill(order);
        }
        if (!trades && order.mayRest() && !hasRoomFor(order)) {
            return Reason.LEVEL_LIMIT;
        }
        return Reason.NONE;
    }

    private Reason replaceRefusal(BookOrder order, long newPrice, long newQuantity) {
        if (status != TradingStatus.OPEN) {
            return Reason.SYMBOL_NOT_OPEN;
        }
        if (isOff(newPrice, tickSize)) {
            return Reason.PRICE_NOT_ON_TICK;
        }
        if (isOff(newQuantity, lotSize)) {
            return Reason.QUANTITY_NOT_ON_LOT;
        }
        if (newQuantity <= order.cumulativeQuantity()) {
            return Reason.QUANTITY_TOO_SMALL;
        }
        boolean trades = opposite(order.side()).isCrossedBy(newPrice);
        if (trades) {
            return order.postOnly() ? Reason.POST_ONLY_WOULD_TRADE : Reason.NONE;
        }
        BookSide own = side(order.side());
        BookLevel target = own.find(newPrice);
        long leaves = newQuantity - order.cumulativeQuantity();
        boolean room;
        if (target == null) {
            boolean leavesItsLevelEmpty = order.level.quantity() == order.leavesQuantity();
            room = own.depth() - (leavesItsLevelEmpty ? 1 : 0) < maxLevels;
        } else {
            long inTarget = target == order.level ? order.leavesQuantity() : 0;
            room = target.hasRoomFor(leaves - inTarget);
        }
        return room ? Reason.NONE : Reason.LEVEL_LIMIT;
    }

    /** Whether the whole order can trade at once. */
    private Reason fillOrKill(BookOrder order) {
        BookSide opposite = opposite(order.side());
        long missing = order.quantity();
        int trades = 0;
        for (int rank = 0; rank < opposite.depth(); rank++) {
            BookLevel level = opposite.level(rank);
            if (!order.reaches(level.price())) {
                break;
            }
            for (BookOrder resting = level.first(); resting != null; resting = resting.next) {
                if (order.mayNotTradeWith(resting)) {
                    if (order.selfTradePrevention() != SelfTradePrevention.CANCEL_OLDEST) {
                        return Reason.SELF_TRADE;
                    }
                    trades++;
                } else if (resting.available() > 0) {
                    missing -= resting.available();
                    trades++;
                }
                if (missing <= 0) {
                    return trades <= MAX_TRADES ? Reason.NONE : Reason.FOK_NOT_FILLABLE;
                }
            }
        }
        return Reason.FOK_NOT_FILLABLE;
    }

    private void trade(BookOrder order) {
        Reason ended = match(order);
        if (ended == Reason.NONE && order.leavesQuantity() > 0) {
            ended = rest(order);
        }
        if (ended != Reason.NONE) {
            listener.canceled(order, ended);
        }
        if (order.level == null) {
            orders.release(order);
        }
    }

    /** Trades as far as the order goes; the reason to stop, when it is not that nothing is left to do. */
    private Reason match(BookOrder incoming) {
        BookSide opposite = opposite(incoming.side());
        tradesLeft = MAX_TRADES;
        int rank = 0;
        while (incoming.leavesQuantity() > 0 && rank < opposite.depth()) {
            BookLevel level = opposite.level(rank);
            if (!incoming.reaches(level.price())) {
                break;
            }
            long before = level.quantity();
            Reason stopped = match(incoming, level);
            rank += level.isEmpty() ? 0 : 1;
            if (level.quantity() != before) {
                settle(opposite, level);
            }
            if (stopped != Reason.NONE) {
                return stopped;
            }
        }
        return Reason.NONE;
    }

    private Reason match(BookOrder incoming, BookLevel level) {
        BookOrder next;
        for (BookOrder resting = level.first(); resting != null && incoming.leavesQuantity() > 0; resting = next) {
            next = resting.next;
            if (incoming.mayNotTradeWith(resting)) {
                if (incoming.selfTradePrevention() == SelfTradePrevention.CANCEL_NEWEST) {
                    return Reason.SELF_TRADE;
                }
                if (tradesLeft == 0) {
                    return Reason.IOC_REMAINDER;
                }
                tradesLeft--;
                cancelOwn(resting);
                if (incoming.selfTradePrevention() == SelfTradePrevention.CANCEL_BOTH) {
                    return Reason.SELF_TRADE;
                }
                continue;
            }
            long quantity = Math.min(incoming.leavesQuantity(), resting.available());
            if (quantity == 0) {
                continue;
            }
            if (tradesLeft == 0) {
                return Reason.IOC_REMAINDER;
            }
            tradesLeft--;
            trade(resting, incoming, level.price(), quantity);
        }
        return Reason.NONE;
    }

    /** Its level stays in the book even if nothing is left in it. */
    private void cancelOwn(BookOrder resting) {
        listener.canceled(resting, Reason.SELF_TRADE);
        left(resting);
        resting.level.remove(resting);
        orders.release(resting);
    }

    /** Both orders trade; the level of the resting one stays in the book even if nothing is left in it. */
    void trade(BookOrder resting, BookOrder incoming, long price, long quantity) {
        incoming.fill(quantity);
        if (resting.isRecorded()) {
            resting.take(quantity);
            listener.traded(resting, incoming, price, quantity);
            return;
        }
        resting.fill(quantity);
        resting.level.reduce(quantity);
        listener.traded(resting, incoming, price, quantity);
        if (resting.leavesQuantity() == 0) {
            resting.level.remove(resting);
            left(resting);
            orders.release(resting);
        }
    }

    /** Tells of a level after its orders have changed, and takes it out when it is empty. */
    void settle(BookSide side, BookLevel level) {
        if (level.isEmpty()) {
            side.remove(level);
        }
        levelChanged(side.side(), level);
    }

    private Reason rest(BookOrder order) {
        if (!order.mayRest()) {
            return Reason.IOC_REMAINDER;
        }
        if (!hasRoomFor(order)) {
            return Reason.LEVEL_LIMIT;
        }
        BookLevel level = side(order.side()).findOrInsert(order.price());
        level.append(order);
        restingOrders++;
        orders.rests(order);
        levelChanged(order.side(), level);
        return Reason.NONE;
    }

    private void left(BookOrder order) {
        restingOrders--;
        orders.left(order);
    }

    private void takeOut(BookOrder order) {
        BookLevel level = order.level;
        level.remove(order);
        if (level.isEmpty()) {
            side(order.side()).remove(level);
        }
        levelChanged(order.side(), level);
    }

    private boolean hasRoomFor(BookOrder order) {
        BookSide own = side(order.side());
        BookLevel level = own.find(order.price());
        return level == null ? own.depth() < maxLevels : level.hasRoomFor(order.leavesQuantity());
    }

    void levelChanged(Side side, BookLevel level) {
        listener.levelChanged(symbolId, side, level.price(), level.quantity());
    }

    private static boolean isOff(long value, long step) {
        return value <= 0 || value % step != 0;
    }
}
