package tickcast.simulator;

import org.agrona.collections.Long2LongHashMap;
import tickcast.protocol.sbe.Side;

/**
 * Recorded orders that meet users' orders in the engine as any others do: what users take is gone for those who took it
 * in the recording, and from then on the market is no longer the recorded one. Executions of the recording are
 * aggressors here, which trade with whatever stands first. A symbol that is not open takes no orders; those that come
 * then wait until it is. Confined to a thread.
 */
final class InteractiveOrders implements RecordedOrders {
    private static final long NONE = 0;

    private final int symbolId;
    private final LiveOrders live;
    private final TradePrinter trades;
    /** The book as it was recorded. */
    private final OrderBook recordedBook;

    private final RecordedBook recorded;
    /** Ids in the engine, by ids of the recording. */
    private final Long2LongHashMap liveIds = new Long2LongHashMap(NONE);
    /** Of what is known by its price only. */
    private final WaitingQuantities waiting = new WaitingQuantities();

    private boolean ordersWait;

    InteractiveOrders(MatchingEngine engine, OrderBook book, OrderIndex orders, OrderPool pool, TradePrinter trades) {
        symbolId = book.symbolId();
        live = new LiveOrders(engine, book);
        this.trades = trades;
        recordedBook = new OrderBook(symbolId, 1, 1, Integer.MAX_VALUE, pool, UnheardEvents.INSTANCE);
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
        long traded = Math.min(quantity, order.leavesQuantity());
        boolean agrees = recorded.execute(orderId, quantity, price, printed);
        if (printed && live.isOpen()) {
            live.take(side, ownPrice, traded);
        } else {
            if (printed) {
                trades.trade(symbolId, price == 0 ? ownPrice : price, traded, RecordedBook.opposite(side));
            }
            shrink(orderId, traded);
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
        liveIds.remove(orderId);
        if (agrees) {
            enter(newOrderId, side, price, quantity);
        }
        return agrees;
    }

    @Override
    public boolean executeLevel(Side side, long price, long quantity) {
        if (live.isOpen()) {
            live.take(side, price, quantity);
        } else {
            trades.trade(symbolId, price, quantity, RecordedBook.opposite(side));
            long anonymous = recorded.anonymousQuantity(side, price);
            shrinkAnonymous(side, price, Math.min(anonymous, quantity));
            shrinkKnown(recordedBook.side(side).find(price), quantity - anonymous, false);
        }
        boolean agrees = recorded.executeLevel(side, price, quantity);
        forgetGone();
        return agrees;
    }

    @Override
    public boolean level(Side side, long price, long quantity) {
        BookLevel level = recordedBook.side(side).find(price);
        long before = level == null ? 0 : level.quantity();
        if (quantity < before) {
            long less = before - quantity;
            long anonymous = recorded.anonymousQuantity(side, price);
            shrinkAnonymous(side, price, Math.min(anonymous, less));
            shrinkKnown(level, less - anonymous, true);
        }
        boolean agrees = recorded.level(side, price, quantity);
        forgetGone();
        if (quantity > before && agrees) {
            enterAnonymous(side, price, quantity - before);
        }
        return agrees;
    }

    @Override
    public void trade(long price, long quantity, Side aggressor) {
        trades.trade(symbolId, price, quantity, aggressor);
    }

    @Override
    public void cross(long price, long quantity) {
        trades.trade(symbolId, price, quantity, Side.NULL_VAL);
    }

    @Override
    public void clear() {
        recorded.clear();
        liveIds.clear();
        waiting.clear();
        ordersWait = false;
        live.clear();
    }

    @Override
    public void opened() {
        if (ordersWait && live.isOpen()) {
            ordersWait = false;
            enterWaiting(recordedBook.side(Side.BUY));
            enterWaiting(recordedBook.side(Side.SELL));
            waiting.clear();
        }
    }

    private void enter(long orderId, Side side, long price, long quantity) {
        if (!live.isOpen() || ordersWait) {
            ordersWait = true;
            opened();
            return;
        }
        liveIds.put(orderId, live.enter(side, price, quantity));
    }

    private void enterAnonymous(Side side, long price, long quantity) {
        if (!live.isOpen() || ordersWait) {
            ordersWait = true;
            waiting.add(side, price, quantity);
            opened();
            return;
        }
        live.enterAnonymous(side, price, quantity);
    }

    /** In the order in which they came. */
    private void enterWaiting(BookSide side) {
        for (int rank = 0; rank < side.depth(); rank++) {
            BookLevel level = side.level(rank);
            long price = level.price();
            // Of what is known by the price only, the oldest part does not wait.
            long entered = recorded.anonymousQuantity(side.side(), price) - waiting.at(side.side(), price);
            for (BookOrder order = level.first(); order != null; order = order.next) {
                if (order.orderId() != RecordedBook.NO_ID) {
                    enterIfWaiting(order);
                } else if (order.leavesQuantity() > entered) {
                    live.enterAnonymous(side.side(), price, order.leavesQuantity() - entered);
                    entered = 0;
                } else {
                    entered -= order.leavesQuantity();
                }
            }
        }
    }

    private void enterIfWaiting(BookOrder order) {
        if (!liveIds.containsKey(order.orderId())) {
            liveIds.put(order.orderId(), live.enter(order.side(), order.price(), order.leavesQuantity()));
        }
    }

    private void shrink(long orderId, long by) {
        long liveId = liveIds.get(orderId);
        if (liveId != NONE) {
            live.shrink(liveId, by);
        }
    }

    private void shrinkAnonymous(Side side, long price, long by) {
        live.shrinkAnonymous(side, price, by - waiting.reduce(side, price, by));
    }

    /** Takes from the recorded orders of a level that have ids, as will be done in the recorded book. */
    private void shrinkKnown(BookLevel level, long by, boolean newestFirst) {
        long left = by;
        BookOrder order = level == null ? null : newestFirst ? level.last() : level.first();
        for (; order != null && left > 0; order = newestFirst ? order.previous : order.next) {
            if (order.orderId() != RecordedBook.NO_ID) {
                long less = Math.min(left, order.leavesQuantity());
                shrink(order.orderId(), less);
                left -= less;
            }
        }
    }

    private void forgetIfGone(long orderId) {
        if (recorded.order(orderId) == null) {
            liveIds.remove(orderId);
        }
    }

    /** After orders were taken that were not named. */
    private void forgetGone() {
        if (liveIds.size() > recorded.orderCount()) {
            liveIds.keySet().removeIf(orderId -> recorded.order(orderId) == null);
        }
    }
}
