package tickcast.simulator;

import tickcast.protocol.sbe.Side;

/**
 * Recorded orders in the book of their symbol, as the venue had them: nothing that users do changes them. Users' orders
 * stand between them in price-time priority. Confined to a thread; allocates nothing once it has seen its busiest moment.
 */
final class RecordedBook implements RecordedOrders {
    /** Of orders that are known by their total only. */
    static final long NO_ID = 0;

    private final OrderBook book;
    private final OrderPool pool;
    private final UserFills fills;
    private final TradePrinter trades;
    private final OrderIndex orders;
    private int orderCount;

    /**
     * @param orders of all books of the replay
     * @param pool the objects that orders are made of
     */
    RecordedBook(OrderBook book, OrderIndex orders, OrderPool pool, UserFills fills, TradePrinter trades) {
        this.book = book;
        this.orders = orders;
        this.pool = pool;
        this.fills = fills;
        this.trades = trades;
    }

    /** The order of that id, null when there is none; valid until the next call. */
    BookOrder order(long orderId) {
        return orders.get(book.symbolId(), orderId);
    }

    /** How many orders rest that have ids. */
    int orderCount() {
        return orderCount;
    }

    /** What rests at a price of orders that are known by their total only. */
    long anonymousQuantity(Side side, long price) {
        BookLevel level = book.side(side).find(price);
        long sum = 0;
        for (BookOrder order = level == null ? null : level.first(); order != null; order = order.next) {
            if (order.isRecorded() && order.orderId() == NO_ID) {
                sum += order.leavesQuantity();
            }
        }
        return sum;
    }

    @Override
    public boolean add(long orderId, Side side, long price, long quantity) {
        return enter(orderId, side, price, quantity, 0);
    }

    @Override
    public boolean execute(long orderId, long quantity, long price, boolean printed) {
        BookOrder order = order(orderId);
        if (order == null) {
            return false;
        }
        long traded = Math.min(quantity, order.leavesQuantity());
        Side side = order.side();
        if (printed) {
            long tradePrice = price == 0 ? order.price() : price;
            trades.trade(book.symbolId(), tradePrice, traded, opposite(side));
            fills.traded(book, side, order.price(), traded, true);
        }
        shrink(order, traded);
        return traded == quantity;
    }

    @Override
    public boolean reduce(long orderId, long quantity) {
        BookOrder order = order(orderId);
        if (order == null) {
            return false;
        }
        long less = Math.min(quantity, order.leavesQuantity());
        shrink(order, less);
        return less == quantity;
    }

    @Override
    public boolean delete(long orderId) {
        BookOrder order = order(orderId);
        if (order == null) {
            return false;
        }
        shrink(order, order.leavesQuantity());
        return true;
    }

    @Override
    public boolean replace(long orderId, long newOrderId, long price, long quantity) {
        BookOrder order = order(orderId);
        if (order == null) {
            return false;
        }
        Side side = order.side();
        long taken = Math.min(order.takenQuantity(), quantity);
        shrink(order, order.leavesQuantity());
        return enter(newOrderId, side, price, quantity, taken);
    }

    @Override
    public boolean executeLevel(Side side, long price, long quantity) {
        trades.trade(book.symbolId(), price, quantity, opposite(side));
        fills.traded(book, side, price, quantity, true);
        BookLevel level = book.side(side).find(price);
        long there = level == null ? 0 : level.recordedQuantity();
        long traded = Math.min(quantity, there);
        if (traded > 0) {
            long left = shrinkFromFront(level, traded, false);
            shrinkFromFront(level, left, true);
            book.settle(book.side(side), level);
        }
        return traded == quantity;
    }

    @Override
    public boolean level(Side side, long price, long quantity) {
        BookLevel level = book.side(side).find(price);
        long there = level == null ? 0 : level.recordedQuantity();
        if (quantity > there) {
            return growAtBack(side, price, level, quantity - there);
        }
        if (quantity < there) {
            shrinkFromBack(side, level, there - quantity);
        }
        return true;
    }

    @Override
    public void trade(long price, long quantity, Side aggressor) {
        trades.trade(book.symbolId(), price, quantity, aggressor);
        if (aggressor == Side.NULL_VAL) {
            fills.traded(book, Side.BUY, price, quantity, false);
            fills.traded(book, Side.SELL, price, quantity, false);
        } else {
            fills.traded(book, opposite(aggressor), price, quantity, true);
        }
    }

    @Override
    public void cross(long price, long quantity) {
        trades.trade(book.symbolId(), price, quantity, Side.NULL_VAL);
        fills.auctioned(book, price, quantity);
    }

    @Override
    public void clear() {
        clear(Side.BUY);
        clear(Side.SELL);
    }

    @Override
    public void opened() {
        fills.opened(book);
    }

    private void clear(Side side) {
        BookSide levels = book.side(side);
        for (int rank = levels.depth() - 1; rank >= 0; rank--) {
            BookLevel level = levels.level(rank);
            if (level.recordedQuantity() > 0) {
                shrinkFromBack(side, level, level.recordedQuantity());
            }
        }
    }

    private boolean enter(long orderId, Side side, long price, long quantity, long taken) {
        BookLevel found = book.side(side).find(price);
        boolean agrees = orderId != NO_ID && order(orderId) == null && price > 0 && quantity > 0;
        if (!agrees || found != null && !found.hasRoomFor(quantity)) {
            return false;
        }
        BookLevel level = found == null ? book.side(side).findOrInsert(price) : found;
        BookOrder order = append(level, orderId, side, quantity);
        orders.put(order);
        orderCount++;
        order.take(taken);
        fills.entered(book, order);
        book.levelChanged(side, level);
        return true;
    }

    private BookOrder append(BookLevel level, long orderId, Side side, long quantity) {
        BookOrder order = pool.take();
        order.enterRecorded(orderId, book.symbolId(), side, level.price(), quantity);
        level.append(order);
        return order;
    }

    private boolean growAtBack(Side side, long price, BookLevel found, long by) {
        BookLevel level = found == null ? book.side(side).findOrInsert(price) : found;
        if (!level.hasRoomFor(by)) {
            return false;
        }
        BookOrder last = level.last();
        BookOrder order;
        if (last != null && last.isRecorded() && last.orderId() == NO_ID) {
            order = last;
            order.grow(by);
            level.changeRecorded(by);
        } else {
            order = append(level, NO_ID, side, by);
        }
        fills.entered(book, order);
        book.levelChanged(side, level);
        return true;
    }

    /** Takes from the newest orders first, of those that are not known by id before the others. */
    private void shrinkFromBack(Side side, BookLevel level, long by) {
        long left = shrinkFromBack(level, by, false);
        shrinkFromBack(level, left, true);
        book.settle(book.side(side), level);
    }

    private long shrinkFromBack(BookLevel level, long by, boolean knownToo) {
        long left = by;
        BookOrder previous;
        for (BookOrder order = level.last(); order != null && left > 0; order = previous) {
            previous = order.previous;
            if (order.isRecorded() && (knownToo || order.orderId() == NO_ID)) {
                long less = Math.min(left, order.leavesQuantity());
                left -= less;
                take(order, less);
            }
        }
        return left;
    }

    private long shrinkFromFront(BookLevel level, long by, boolean knownToo) {
        long left = by;
        BookOrder next;
        for (BookOrder order = level.first(); order != null && left > 0; order = next) {
            next = order.next;
            if (order.isRecorded() && (knownToo || order.orderId() == NO_ID)) {
                long less = Math.min(left, order.leavesQuantity());
                left -= less;
                take(order, less);
            }
        }
        return left;
    }

    private void shrink(BookOrder order, long by) {
        Side side = order.side();
        BookLevel level = order.level;
        take(order, by);
        book.settle(book.side(side), level);
    }

    /** There is that much less of the order; of none that is left the object is used again. */
    private void take(BookOrder order, long by) {
        BookLevel level = order.level;
        level.changeRecorded(-by);
        order.grow(-by);
        if (order.leavesQuantity() == 0) {
            level.remove(order);
            if (order.orderId() != NO_ID) {
                orders.remove(order);
                orderCount--;
            }
            pool.release(order);
        }
    }

    static Side opposite(Side side) {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }
}
