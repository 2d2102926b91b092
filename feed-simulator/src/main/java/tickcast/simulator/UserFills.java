package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * What happens to resting orders of users when a recording tells of a trade or of an incoming order: they trade as if
 * they had been there, and the recorded orders do not notice. No recorded quantity serves users twice. One trade, or one
 * incoming order, meets at most {@link OrderBook#MAX_TRADES} of them. Confined to a thread.
 */
final class UserFills {
    /** The other party: whoever traded in the recording. */
    private final BookOrder counterparty = new BookOrder();

    private int tradesLeft;

    /**
     * Resting orders of that side traded at that price. Users with a better price were traded through; of those with the
     * same price trade only those that nothing recorded stands before.
     *
     * @param atPriceToo false when only better prices are certain to have been traded through
     */
    void traded(OrderBook book, Side side, long price, long quantity, boolean atPriceToo) {
        if (!book.hasOrders() || book.status() != TradingStatus.OPEN) {
            return;
        }
        arrive(book, side, price, quantity);
        BookSide resting = book.side(side);
        int rank = 0;
        while (trades() && rank < resting.depth()) {
            BookLevel level = resting.level(rank);
            boolean through = level.price() != price;
            if (!counterparty.reaches(level.price()) || !through && !atPriceToo) {
                return;
            }
            rank += fill(book, resting, level, level.price(), !through) ? 0 : 1;
        }
    }

    /** A recorded order came that the orders of users on the other side meet: they trade at their own prices. */
    void entered(OrderBook book, BookOrder recorded) {
        if (!book.hasOrders() || book.status() != TradingStatus.OPEN) {
            return;
        }
        BookSide resting = book.opposite(recorded.side());
        arrive(book, resting.side(), recorded.price(), recorded.available());
        int rank = 0;
        while (trades() && rank < resting.depth()) {
            BookLevel level = resting.level(rank);
            if (!counterparty.reaches(level.price())) {
                break;
            }
            rank += fill(book, resting, level, level.price(), false) ? 0 : 1;
        }
        recorded.take(counterparty.cumulativeQuantity());
    }

    /** The symbol opens: users' orders trade with the recorded ones that they meet and that came when it was not open. */
    void opened(OrderBook book) {
        opened(book, Side.BUY);
        opened(book, Side.SELL);
    }

    private void opened(OrderBook book, Side side) {
        BookSide levels = book.side(side);
        int rank = 0;
        while (book.hasOrders()
                && rank < levels.depth()
                && book.opposite(side).isCrossedBy(levels.level(rank).price())) {
            for (BookOrder order = levels.level(rank).first(); order != null; order = order.next) {
                if (order.isRecorded()) {
                    entered(book, order);
                }
            }
            rank++;
        }
    }

    /** An auction at one price: all with a better price take part, at that price. */
    void auctioned(OrderBook book, long price, long quantity) {
        if (!book.hasOrders() || book.status() != TradingStatus.OPEN) {
            return;
        }
        auctioned(book, Side.BUY, price, quantity);
        auctioned(book, Side.SELL, price, quantity);
    }

    private void auctioned(OrderBook book, Side side, long price, long quantity) {
        arrive(book, side, price, quantity);
        BookSide resting = book.side(side);
        int rank = 0;
        while (trades() && rank < resting.depth()) {
            BookLevel level = resting.level(rank);
            if (level.price() == price || !counterparty.reaches(level.price())) {
                return;
            }
            rank += fill(book, resting, level, price, false) ? 0 : 1;
        }
    }

    private void arrive(OrderBook book, Side restingSide, long price, long quantity) {
        counterparty.enter(
                0,
                BookOrder.EXEMPT_ACCOUNT,
                book.symbolId(),
                restingSide == Side.BUY ? Side.SELL : Side.BUY,
                OrderType.LIMIT,
                TimeInForce.IOC,
                false,
                price,
                quantity);
        tradesLeft = OrderBook.MAX_TRADES;
    }

    /** Whether the counterparty has something left to trade. */
    private boolean trades() {
        return counterparty.leavesQuantity() > 0 && tradesLeft > 0;
    }

    /** Fills the users' orders of a level; whether it is gone by that. */
    private boolean fill(OrderBook book, BookSide side, BookLevel level, long price, boolean onlyBeforeRecorded) {
        long before = level.quantity();
        BookOrder next;
        for (BookOrder order = level.first(); order != null && trades(); order = next) {
            next = order.next;
            if (!order.isRecorded()) {
                long quantity = Math.min(order.leavesQuantity(), counterparty.leavesQuantity());
                tradesLeft--;
                book.trade(order, counterparty, price, quantity);
            } else if (onlyBeforeRecorded) {
                break;
            }
        }
        boolean gone = level.isEmpty();
        if (level.quantity() != before) {
            book.settle(side, level);
        }
        return gone;
    }
}
