package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/** Orders of a recording in the engine, in the book of one symbol, as those of everybody. Confined to a thread. */
final class LiveOrders {
    private static final long ORDER_NUMBERS = 0x7FFF_FFFFL;
    /** In the id of an order that the recording tells only as a part of a level's total. */
    private static final long ANONYMOUS = 1L << 31;

    private final MatchingEngine engine;
    private final OrderBook book;
    private long orderCount;

    LiveOrders(MatchingEngine engine, OrderBook book) {
        this.engine = engine;
        this.book = book;
    }

    boolean isOpen() {
        return book.status() == TradingStatus.OPEN;
    }

    /** Returns the order's id in the engine. */
    long enter(Side side, long price, long quantity) {
        long orderId = nextOrderId();
        submit(orderId, side, TimeInForce.GTC, price, quantity);
        return orderId;
    }

    void enterAnonymous(Side side, long price, long quantity) {
        submit(nextOrderId() | ANONYMOUS, side, TimeInForce.GTC, price, quantity);
    }

    /** Whoever traded with an order of that side comes again. */
    void take(Side restingSide, long price, long quantity) {
        submit(nextOrderId(), RecordedBook.opposite(restingSide), TimeInForce.IOC, price, quantity);
    }

    /** Takes so much out of an order, if that much of it is still there. */
    void shrink(long orderId, long by) {
        BookOrder order = engine.order(orderId);
        if (order != null) {
            shrink(order, by);
        }
    }

    /** Takes from the newest anonymous orders at that price first. */
    void shrinkAnonymous(Side side, long price, long by) {
        long left = by;
        BookLevel level = book.side(side).find(price);
        BookOrder previous;
        for (BookOrder order = level == null ? null : level.last(); order != null && left > 0; order = previous) {
            previous = order.previous;
            if (order.account() == BookOrder.EXEMPT_ACCOUNT && (order.orderId() & ANONYMOUS) != 0) {
                left -= shrink(order, left);
            }
        }
    }

    /** Takes all of them out. */
    void clear() {
        clear(book.side(Side.BUY));
        clear(book.side(Side.SELL));
    }

    private void clear(BookSide levels) {
        for (int rank = levels.depth() - 1; rank >= 0; rank--) {
            BookOrder previous;
            for (BookOrder order = levels.level(rank).last(); order != null; order = previous) {
                previous = order.previous;
                if (order.account() == BookOrder.EXEMPT_ACCOUNT) {
                    shrink(order, order.leavesQuantity());
                }
            }
        }
    }

    /** Returns by how much it could. Other than a replace it is possible while the symbol is not open. */
    private long shrink(BookOrder order, long by) {
        long less = Math.min(by, order.leavesQuantity());
        if (less == order.leavesQuantity()) {
            engine.cancel(order.orderId(), BookOrder.EXEMPT_ACCOUNT, Reason.CLIENT_REQUEST);
        } else {
            book.reduce(order, order.quantity() - less);
        }
        return less;
    }

    private void submit(long orderId, Side side, TimeInForce timeInForce, long price, long quantity) {
        engine.submit(
                orderId,
                BookOrder.EXEMPT_ACCOUNT,
                book.symbolId(),
                side,
                OrderType.LIMIT,
                timeInForce,
                false,
                price,
                quantity);
    }

    /** As those of the simulated flow: negative, so that they never meet those of clients. */
    private long nextOrderId() {
        orderCount = orderCount + 1 & ORDER_NUMBERS;
        return Long.MIN_VALUE | (long) book.symbolId() << 32 | orderCount;
    }
}
