package tickcast.simulator;

import java.util.Arrays;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/**
 * What the feed shows of books with recorded orders in them: the 1,000 best levels of a side, and no level at which the
 * market would be crossed because users' orders alone stand at it, at or beyond the best recorded price of the other
 * side. Confined to a thread.
 */
final class DisplayedDepth {
    /** No recorded order stands on the other side, so that nothing is hidden. */
    private static final long NO_BOUND = 0;

    private final MatchingEngine engine;
    /** The best recorded asks when the books were shown last, by symbolId: bids of users there and beyond are hidden. */
    private long[] bidBounds = new long[64];
    /** The best recorded bids, likewise. */
    private long[] askBounds = new long[64];

    DisplayedDepth(MatchingEngine engine) {
        this.engine = engine;
    }

    /** Turns the levels that changed in the book into those that change in what is published. */
    void complete(int symbolId, DepthBook published, LevelChanges changes) {
        OrderBook book = engine.book(symbolId);
        complete(book, book.side(Side.BUY), published, changes);
        complete(book, book.side(Side.SELL), published, changes);
        changes.keepDifferent(published);
    }

    private void complete(OrderBook book, BookSide side, DepthBook published, LevelChanges changes) {
        // Before the transaction the side had at most that many levels.
        if (side.depth() + changes.count() >= OrderBook.MAX_LEVELS) {
            showBest(side, published, changes);
        }
        long before = bound(side.side(), book.symbolId());
        long bound = newBound(book, side.side());
        int shown = Math.min(OrderBook.MAX_LEVELS, side.depth());
        for (int rank = 0; rank < shown; rank++) {
            BookLevel level = side.level(rank);
            boolean hidden = isBeyond(side.side(), level.price(), bound);
            if (!hidden && !isBeyond(side.side(), level.price(), before)) {
                return;
            }
            if (level.recordedQuantity() == 0) {
                changes.put(side.side(), level.price(), hidden ? 0 : level.quantity());
            }
        }
    }

    /** Makes {@code published} what is to be shown of the book. */
    void replace(int symbolId, DepthBook published) {
        OrderBook book = engine.book(symbolId);
        published.clearLevels();
        replace(book, book.side(Side.BUY), published);
        replace(book, book.side(Side.SELL), published);
    }

    private void replace(OrderBook book, BookSide side, DepthBook published) {
        long bound = newBound(book, side.side());
        int shown = Math.min(OrderBook.MAX_LEVELS, side.depth());
        for (int rank = 0; rank < shown; rank++) {
            BookLevel level = side.level(rank);
            if (level.recordedQuantity() > 0 || !isBeyond(side.side(), level.price(), bound)) {
                published.set(side.side(), level.price(), level.quantity());
            }
        }
    }

    private long bound(Side side, int symbolId) {
        long[] bounds = side == Side.BUY ? bidBounds : askBounds;
        return symbolId < bounds.length ? bounds[symbolId] : NO_BOUND;
    }

    /** The bound of a side from now on; without users' orders it does not matter. */
    private long newBound(OrderBook book, Side side) {
        int symbolId = book.symbolId();
        if (symbolId >= bidBounds.length) {
            int length = Math.max(symbolId + 1, 2 * bidBounds.length);
            bidBounds = Arrays.copyOf(bidBounds, length);
            askBounds = Arrays.copyOf(askBounds, length);
        }
        long bound = book.hasOrders() ? bestRecorded(book.opposite(side)) : NO_BOUND;
        (side == Side.BUY ? bidBounds : askBounds)[symbolId] = bound;
        return bound;
    }

    private static long bestRecorded(BookSide side) {
        for (int rank = 0; rank < side.depth(); rank++) {
            if (side.level(rank).recordedQuantity() > 0) {
                return side.level(rank).price();
            }
        }
        return NO_BOUND;
    }

    private static boolean isBeyond(Side side, long price, long bound) {
        return bound != NO_BOUND && (side == Side.BUY ? price >= bound : price <= bound);
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
