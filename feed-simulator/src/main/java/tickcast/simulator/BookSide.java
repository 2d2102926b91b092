package tickcast.simulator;

import java.util.Arrays;
import tickcast.protocol.sbe.Side;

/** The price levels of one side, sorted in an array with the best one last, where most of the changes are. */
final class BookSide {
    private final Side side;
    /** Ascending; the price of a bid, the negated price of an ask. */
    private long[] keys = new long[64];
    /** Parallel to keys; beyond count lie levels to use again. */
    private BookLevel[] levels = new BookLevel[64];

    private int count;

    BookSide(Side side) {
        this.side = side;
    }

    Side side() {
        return side;
    }

    int depth() {
        return count;
    }

    /** The level of that rank, 0 = best. */
    BookLevel level(int rank) {
        return levels[count - 1 - rank];
    }

    /** Whether an incoming order with that limit trades with the best level. */
    boolean isCrossedBy(long limit) {
        if (count == 0) {
            return false;
        }
        long best = level(0).price();
        return side == Side.BUY ? limit <= best : limit >= best;
    }

    /** The level of that price, null when there is none. */
    BookLevel find(long price) {
        int index = search(price);
        return index >= 0 ? levels[index] : null;
    }

    /** The level of that price, made if necessary; the caller has checked that there is room. */
    BookLevel findOrInsert(long price) {
        int index = search(price);
        return index >= 0 ? levels[index] : insert(-index - 1, price);
    }

    void remove(BookLevel level) {
        int index = search(level.price());
        int after = count - 1 - index;
        System.arraycopy(keys, index + 1, keys, index, after);
        System.arraycopy(levels, index + 1, levels, index, after);
        count--;
        levels[count] = level;
    }

    private BookLevel insert(int index, long price) {
        if (count == levels.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            levels = Arrays.copyOf(levels, 2 * count);
        }
        BookLevel level = levels[count] == null ? new BookLevel() : levels[count];
        System.arraycopy(keys, index, keys, index + 1, count - index);
        System.arraycopy(levels, index, levels, index + 1, count - index);
        level.start(price);
        keys[index] = key(price);
        levels[index] = level;
        count++;
        return level;
    }

    private int search(long price) {
        return Arrays.binarySearch(keys, 0, count, key(price));
    }

    private long key(long price) {
        return side == Side.BUY ? price : -price;
    }
}
