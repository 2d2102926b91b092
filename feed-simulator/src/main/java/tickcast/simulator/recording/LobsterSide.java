package tickcast.simulator.recording;

import java.util.Arrays;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/**
 * One side of the visible book, best level first: what was told so far. It tells of levels that come and go, and knows
 * when one that was hidden may have come into view. Prices and sizes are those of the file. Confined to a thread.
 */
final class LobsterSide {
    private final Side side;
    private final LobsterOrders orders;

    /** All level objects: those of the book first. */
    private final LobsterLevel[] levels;

    private int depth;

    /** Whether a level emptied while the view was full, so that one from behind {@link #floor} may come into view. */
    private boolean opened;

    private long floor;

    LobsterSide(Side side, int levels, LobsterOrders orders) {
        this.side = side;
        this.orders = orders;
        this.levels = new LobsterLevel[levels];
        Arrays.setAll(this.levels, rank -> new LobsterLevel());
    }

    /** The level at the price, null when there is none. */
    LobsterLevel at(long price) {
        int rank = rank(price);
        return holds(rank, price) ? levels[rank] : null;
    }

    /** Whether a level at the price would be in view. */
    boolean sees(long price) {
        return depth < levels.length || !LobsterRow.isWorse(side, price, levels[depth - 1].price);
    }

    /** A level that has come up: it is there without a word to the listener, except for one that it pushes out of view. */
    LobsterLevel insert(long price, RecordedEvents events) {
        if (depth == levels.length) {
            remove(depth - 1, events);
        }
        int rank = rank(price);
        LobsterLevel level = levels[depth];
        System.arraycopy(levels, rank, levels, rank + 1, depth - rank);
        levels[rank] = level;
        depth++;
        level.begin(price, 0);
        return level;
    }

    /** A level has become empty. */
    void emptied(LobsterLevel level) {
        if (depth == levels.length) {
            opened = true;
            floor = levels[depth - 1].price;
        }
        drop(rank(level.price));
    }

    /** A level's orders become anonymous. */
    void forgetOrders(LobsterLevel level, RecordedEvents events) {
        if (level.known() > 0) {
            forget(level);
            tell(level.price, 0, events);
            tell(level.price, level.total, events);
        }
    }

    /** An order becomes anonymous. */
    void forgetOrder(LobsterOrder order, RecordedEvents events) {
        LobsterLevel level = order.level;
        events.delete(LobsterBook.KEY, order.id);
        level.detach(order);
        orders.remove(order);
        tell(level.price, level.total, events);
    }

    /** Tells what rests at a price in total. */
    void tell(long price, long total, RecordedEvents events) {
        events.level(LobsterBook.KEY, side, price * LobsterMessages.PRICE_UNIT, total * Decimal8.ONE);
    }

    /**
     * Takes a row as the truth.
     *
     * @return the first level that does not follow from what was told before, null when all do
     */
    String settle(LobsterRow row, RecordedEvents events) {
        int same = 0;
        while (same < depth && same < row.depth() && equal(same, row)) {
            same++;
        }
        String difference = null;
        if (same < depth || same < row.depth()) {
            if (!hasComeIntoView(same, row)) {
                difference = "level %d of the %s is %s, expected is %s"
                        .formatted(
                                same + 1,
                                side == Side.BUY ? "bids" : "asks",
                                row.level(same),
                                same < depth
                                        ? LobsterRow.text(true, levels[same].price, levels[same].total)
                                        : expectedBelow());
            }
            replaceBy(row, same, events);
        }
        opened = false;
        return difference;
    }

    private boolean hasComeIntoView(int rank, LobsterRow row) {
        return opened && rank == depth && rank == levels.length - 1 && LobsterRow.isWorse(side, row.price(rank), floor);
    }

    private String expectedBelow() {
        return opened ? "one behind " + floor + " or nothing" : "nothing";
    }

    private boolean equal(int rank, LobsterRow row) {
        return levels[rank].price == row.price(rank) && levels[rank].total == row.size(rank);
    }

    private void replaceBy(LobsterRow row, int from, RecordedEvents events) {
        for (int rank = depth - 1, i = row.depth() - 1; rank >= from; rank--) {
            while (i >= from && LobsterRow.isWorse(side, row.price(i), levels[rank].price)) {
                i--;
            }
            if (i < from || row.price(i) != levels[rank].price) {
                remove(rank, events);
            }
        }
        for (int rank = from; rank < row.depth(); rank++) {
            LobsterLevel level = holds(rank, row.price(rank)) ? levels[rank] : insert(row.price(rank), events);
            if (level.total != row.size(rank)) {
                level.total = row.size(rank);
                if (level.anonymous() < 0) {
                    forgetOrders(level, events);
                } else {
                    tell(level.price, level.total, events);
                }
            }
        }
    }

    private boolean holds(int rank, long price) {
        return rank < depth && levels[rank].price == price;
    }

    /** How many levels are better than the price. */
    private int rank(long price) {
        int rank = 0;
        while (rank < depth && LobsterRow.isWorse(side, price, levels[rank].price)) {
            rank++;
        }
        return rank;
    }

    private void remove(int rank, RecordedEvents events) {
        forget(levels[rank]);
        tell(levels[rank].price, 0, events);
        drop(rank);
    }

    private void drop(int rank) {
        LobsterLevel level = levels[rank];
        System.arraycopy(levels, rank + 1, levels, rank, depth - rank - 1);
        depth--;
        levels[depth] = level;
    }

    private void forget(LobsterLevel level) {
        for (LobsterOrder order = level.first(); order != null; order = level.first()) {
            level.detach(order);
            orders.remove(order);
        }
    }
}
