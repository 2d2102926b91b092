package tickcast.simulator;

import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/**
 * What the feed shows of books with recorded orders in them: the 1,000 best levels of a side, and no level at which the
 * market would be crossed because users' orders alone stand at it, at or beyond the best recorded price of the other
 * side. Confined to a thread.
 */
final class DisplayedDepth {
    private final MatchingEngine engine;

    DisplayedDepth(MatchingEngine engine) {
        this.engine = engine;
    }

    /** Turns the levels that changed in the book into those that change in what is published. */
    void complete(int symbolId, DepthBook published, LevelChanges changes) {
        OrderBook book = engine.book(symbolId);
        for (int i = 0; i < 2; i++) {
            Side side = i == 0 ? Side.BUY : Side.SELL;
            if (book.hasOrders()) {
                showUncrossed(book, side, changes);
            }
            if (Math.max(book.side(side).depth(), published.depth(side)) >= OrderBook.MAX_LEVELS) {
                showBest(book.side(side), published, changes);
            }
        }
        changes.keepDifferent(published);
    }

    /** Makes {@code published} what is to be shown of the book. */
    void replace(int symbolId, DepthBook published, LevelChanges changes) {
        OrderBook book = engine.book(symbolId);
        published.clearLevels();
        changes.clear();
        for (int i = 0; i < 2; i++) {
            BookSide side = book.side(i == 0 ? Side.BUY : Side.SELL);
            int shown = Math.min(OrderBook.MAX_LEVELS, side.depth());
            for (int rank = 0; rank < shown; rank++) {
                published.set(
                        side.side(), side.level(rank).price(), side.level(rank).quantity());
            }
        }
        if (book.hasOrders()) {
            showUncrossed(book, Side.BUY, changes);
            showUncrossed(book, Side.SELL, changes);
            for (int i = 0; i < changes.count(); i++) {
                published.set(changes.side(i), changes.price(i), changes.quantity(i));
            }
            changes.clear();
        }
    }

    /** Levels of users alone are the best ones, if any are beyond the other side's recorded orders. */
    private static void showUncrossed(OrderBook book, Side side, LevelChanges changes) {
        BookSide levels = book.side(side);
        BookLevel recorded = bestRecorded(book.opposite(side));
        for (int rank = 0; rank < levels.depth(); rank++) {
            BookLevel level = levels.level(rank);
            if (level.recordedQuantity() > 0) {
                return;
            }
            boolean crossed = recorded != null
                    && (side == Side.BUY ? level.price() >= recorded.price() : level.price() <= recorded.price());
            changes.put(side, level.price(), crossed ? 0 : level.quantity());
        }
    }

    private static BookLevel bestRecorded(BookSide side) {
        for (int rank = 0; rank < side.depth(); rank++) {
            if (side.level(rank).recordedQuantity() > 0) {
                return side.level(rank);
            }
        }
        return null;
    }

    private static void showBest(BookSide side, DepthBook published, LevelChanges changes) {
        int shown = Math.min(OrderBook.MAX_LEVELS, side.depth());
        if (side.depth() > shown) {
            long worst = side.level(shown - 1).price();
            for (int i = 0; i < changes.count(); i++) {
                if (changes.side(i) == side.side() && isWorse(side.side(), changes.price(i), worst)) {
                    changes.put(side.side(), changes.price(i), 0);
                }
            }
            for (int rank = published.depth(side.side()) - 1; rank >= 0; rank--) {
                long price = published.price(side.side(), rank);
                if (!isWorse(side.side(), price, worst)) {
                    break;
                }
                changes.put(side.side(), price, 0);
            }
        }
        for (int rank = shown - 1; rank >= 0; rank--) {
            BookLevel level = side.level(rank);
            if (published.quantityAt(side.side(), level.price()) > 0) {
                break;
            }
            changes.put(side.side(), level.price(), level.quantity());
        }
    }

    private static boolean isWorse(Side side, long price, long than) {
        return side == Side.BUY ? price < than : price > than;
    }
}
