package tickcast.simulator;

import org.agrona.collections.Long2LongHashMap;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Recorded orders that meet users' orders in the engine as any others do: what users take is gone for those who took it
 * in the recording, and from then on the market is no longer the recorded one. Executions of the recording are
 * aggressors here, which trade with whatever stands first. Confined to a thread.
 */
final class InteractiveOrders implements RecordedOrders {
    private static final long NO_ORDER = 0;

    private final MatchingEngine engine;
    private final OrderBook live;
    private final TradePrinter trades;
    /** The book as it was recorded. */
    private final OrderBook recordedBook;

    private final RecordedBook recorded;
    /** Ids in the engine, by ids of the recording. */
    private final Long2LongHashMap liveIds = new Long2LongHashMap(NO_ORDER);

    private long orderCount;
    private boolean ordersWait;

    InteractiveOrders(MatchingEngine engine, OrderBook live, OrderIndex orders, OrderPool pool, TradePrinter trades) {
        this.engine = engine;
        this.live = live;
        this.trades = trades;
        recordedBook = new OrderBook(live.symbolId(), 1, 1, Integer.MAX_VALUE, pool, UnheardEvents.INSTANCE);
        recorded = new RecordedBook(recordedBook, orders, pool, new UserFills(), UnheardEvents.INSTANCE);
    }

    @Override
    public boolean add(long orderId, Side side, long price, long quantity) {
        boolean agrees = recorded.add(orderId, side, price, quantity);
        if (agrees) {
            enter(orderId, side, price, quantity);
        }
        return agrees;
    }

    @Override
    public boolean execute(long orderId, long quantity, long price, boolean printed) {
        BookOrder order = recorded.order(orderId);
        if (order == null) {
            return false;
        }
        Side side = order.side();
        long ownPrice = order.price();
        boolean agrees = recorded.execute(orderId, quantity, price, printed);
        if (printed) {
            take(side, ownPrice, quantity);
        } else {
            shrink(orderId, quantity);
        }
        forgetIfGone(orderId);
        return agrees;
    }

    @Override
    public boolean reduce(long orderId, long quantity) {
        boolean agrees = recorded.reduce(orderId, quantity);
        shrink(orderId, quantity);
        forgetIfGone(orderId);
        return agrees;
    }

    @Override
    public boolean delete(long orderId) {
        boolean agrees = recorded.delete(orderId);
        shrink(orderId, Long.MAX_VALUE);
        forgetIfGone(orderId);
        return agrees;
    }

    @Override
    public boolean replace(long orderId, long newOrderId, long price, long quantity) {
        BookOrder order = recorded.order(orderId);
        if (order == null) {
            return false;
        }
        Side side = order.side();
        boolean agrees = recorded.replace(orderId, newOrderId, price, quantity);
        shrink(orderId, Long.MAX_VALUE);
        forgetIfGone(orderId);
        if (agrees) {
            enter(newOrderId, side, price, quantity);
        }
        return agrees;
    }

    @Override
    public boolean executeLevel(Side side, long price, long quantity) {
        boolean agrees = recorded.executeLevel(side, price, quantity);
        take(side, price, quantity);
        return agrees;
    }

    @Override
    public boolean level(Side side, long price, long quantity) {
        BookLevel level = recordedBook.side(side).find(price);
        long before = level == null ? 0 : level.quantity();
        boolean agrees = recorded.level(side, price, quantity);
        if (quantity > before) {
            submit(nextOrderId(), side, TimeInForce.GTC, price, quantity - before);
        } else if (quantity < before) {
            shrinkLevel(side, price, before - quantity);
        }
        return agrees;
    }

    @Override
    public void trade(long price, long quantity, Side aggressor) {
        trades.trade(live.symbolId(), price, quantity, aggressor);
    }

    @Override
    public void cross(long price, long quantity) {
        trades.trade(live.symbolId(), price, quantity, Side.NULL_VAL);
    }

    @Override
    public void clear() {
        recorded.clear();
        liveIds.clear();
        ordersWait = false;
        clear(Side.BUY);
        clear(Side.SELL);
    }

    private void clear(Side side) {
        BookSide levels = live.side(side);
        for (int rank = levels.depth() - 1; rank >= 0; rank--) {
            shrinkLevel(side, levels.level(rank).price(), Long.MAX_VALUE);
        }
    }

    /** A symbol that is not open takes no orders; those that came wait until it is. */
    private void enter(long orderId, Side side, long price, long quantity) {
        if (live.status() != TradingStatus.OPEN) {
            ordersWait = true;
            return;
        }
        if (ordersWait) {
            ordersWait = false;
            enterWaiting(recordedBook.side(Side.BUY), orderId);
            enterWaiting(recordedBook.side(Side.SELL), orderId);
        }
        long liveId = nextOrderId();
        liveIds.put(orderId, liveId);
        submit(liveId, side, TimeInForce.GTC, price, quantity);
    }

    private void enterWaiting(BookSide side, long exceptId) {
        for (int rank = 0; rank < side.depth(); rank++) {
            for (BookOrder order = side.level(rank).first(); order != null; order = order.next) {
                if (order.orderId() != exceptId && !liveIds.containsKey(order.orderId())) {
                    long liveId = nextOrderId();
                    liveIds.put(order.orderId(), liveId);
                    submit(liveId, side.side(), TimeInForce.GTC, order.price(), order.leavesQuantity());
                }
            }
        }
    }

    /** Whoever traded with an order of that side comes again. */
    private void take(Side restingSide, long price, long quantity) {
        Side side = restingSide == Side.BUY ? Side.SELL : Side.BUY;
        submit(nextOrderId(), side, TimeInForce.IOC, price, quantity);
    }

    private void submit(long liveId, Side side, TimeInForce timeInForce, long price, long quantity) {
        engine.submit(
                liveId,
                BookOrder.EXEMPT_ACCOUNT,
                live.symbolId(),
                side,
                OrderType.LIMIT,
                timeInForce,
                false,
                price,
                quantity);
    }

    private void shrink(long orderId, long by) {
        BookOrder order = engine.order(liveIds.get(orderId));
        if (order != null) {
            shrink(order, by);
        }
    }

    /** Returns by how much it could. */
    private long shrink(BookOrder order, long by) {
        long less = Math.min(by, order.leavesQuantity());
        if (less == order.leavesQuantity()) {
            engine.cancel(order.orderId(), BookOrder.EXEMPT_ACCOUNT, Reason.CLIENT_REQUEST);
        } else {
            engine.replace(order.orderId(), BookOrder.EXEMPT_ACCOUNT, order.price(), order.quantity() - less);
        }
        return less;
    }

    /** Takes from the newest recorded orders at that price first. */
    private void shrinkLevel(Side side, long price, long by) {
        BookLevel level = live.side(side).find(price);
        long left = by;
        BookOrder previous;
        for (BookOrder order = level == null ? null : level.last(); order != null && left > 0; order = previous) {
            previous = order.previous;
            if (order.account() == BookOrder.EXEMPT_ACCOUNT) {
                left -= shrink(order, left);
            }
        }
    }

    private void forgetIfGone(long orderId) {
        if (recorded.order(orderId) == null) {
            liveIds.remove(orderId);
        }
    }

    /** As those of the simulated flow: negative, so that they never meet those of clients. */
    private long nextOrderId() {
        orderCount = orderCount + 1 & 0xFFFF_FFFFL;
        return Long.MIN_VALUE | (long) live.symbolId() << 32 | orderCount;
    }
}
