package tickcast.simulator;

import java.util.Arrays;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Matches orders in price-time priority, for many symbols. Every call is one transaction, and all that comes of it goes
 * to the listener before the call returns. Confined to a thread; allocates nothing once it has seen its busiest moment.
 *
 * <ul>
 *   <li>A market order, and an IOC order, trades what it can; the rest is cancelled with {@code IOC_REMAINDER}.
 *   <li>A FOK order trades wholly or is rejected.
 *   <li>A post-only order is rejected if it would trade.
 *   <li>An incoming order that meets one of its own account stops: its remainder is cancelled with {@code SELF_TRADE}
 *       and the resting order stays. By its {@link SelfTradePrevention} the resting one is cancelled instead, or both, or
 *       they trade. {@link BookOrder#EXEMPT_ACCOUNT} may trade with itself.
 *   <li>A FOK order is rejected with {@code SELF_TRADE} if it would meet one of its own account, unless that is cancelled
 *       for it, and then does not count.
 *   <li>A replace to less quantity at the same price keeps its place; every other loses it, and may trade at once.
 *   <li>An order that would need the 1,001st price level of its side, or make the total of a level exceed a long, is
 *       refused with {@code LEVEL_LIMIT}; if it has traded before, its remainder is cancelled with that reason.
 *   <li>An incoming order trades with, or cancels, at most 1,000 others; what is left then is cancelled with {@code IOC_REMAINDER}.
 *   <li>A symbol that is not open takes cancels only.
 * </ul>
 */
final class MatchingEngine {
    private final OrderPool orders = new OrderPool();
    private final EngineListener listener;
    private final int maxLevels;
    /** Indexed by symbolId. */
    private OrderBook[] books = new OrderBook[0];

    MatchingEngine(EngineListener listener) {
        this(listener, OrderBook.MAX_LEVELS);
    }

    /** @param maxLevels price levels of a side, instead of 1,000 */
    MatchingEngine(EngineListener listener, int maxLevels) {
        this.listener = listener;
        this.maxLevels = maxLevels;
    }

    void addSymbol(int symbolId, long tickSize, long lotSize) {
        if (symbolId >= books.length) {
            books = Arrays.copyOf(books, symbolId + 1);
        }
        books[symbolId] = new OrderBook(symbolId, tickSize, lotSize, maxLevels, orders, listener);
    }

    /** The book of a symbol, null when the symbol is unknown. */
    OrderBook book(int symbolId) {
        return symbolId >= 0 && symbolId < books.length ? books[symbolId] : null;
    }

    /** The resting order of that id, null when there is none; valid until the next call. */
    BookOrder order(long orderId) {
        return orders.find(orderId);
    }

    int restingOrders() {
        return orders.restingCount();
    }

    void status(int symbolId, TradingStatus status) {
        book(symbolId).status(status);
    }

    /** Takes a new order. Ids are the caller's and must be unique among the resting orders. */
    void submit(
            long orderId,
            int account,
            int symbolId,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity) {
        submit(
                orderId,
                account,
                symbolId,
                side,
                orderType,
                timeInForce,
                postOnly,
                price,
                quantity,
                SelfTradePrevention.CANCEL_NEWEST);
    }

    void submit(
            long orderId,
            int account,
            int symbolId,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity,
            SelfTradePrevention selfTradePrevention) {
        BookOrder order = orders.take();
        order.enter(orderId, account, symbolId, side, orderType, timeInForce, postOnly, price, quantity);
        order.preventSelfTrade(selfTradePrevention);
        OrderBook book = book(symbolId);
        if (book == null) {
            listener.rejected(order, Reason.UNKNOWN_SYMBOL);
            orders.release(order);
        } else {
            book.enter(order);
        }
    }

    /** Cancels a resting order of that account. */
    void cancel(long orderId, int account, Reason reason) {
        BookOrder order = ownOrder(orderId, account);
        if (order != null) {
            book(order.symbolId()).cancel(order, reason);
        }
    }

    /** Gives a resting order of that account a new price and total quantity, what has traded included. */
    void replace(long orderId, int account, long newPrice, long newQuantity) {
        BookOrder order = ownOrder(orderId, account);
        if (order != null) {
            book(order.symbolId()).replace(order, newPrice, newQuantity);
        }
    }

    private BookOrder ownOrder(long orderId, int account) {
        BookOrder order = orders.find(orderId);
        if (order == null || order.account() != account) {
            listener.unknownOrder(orderId, account);
            return null;
        }
        return order;
    }
}
