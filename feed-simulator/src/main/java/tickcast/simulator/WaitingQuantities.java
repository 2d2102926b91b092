package tickcast.simulator;

import org.agrona.collections.Long2LongHashMap;
import tickcast.protocol.sbe.Side;

/** Quantities by price that wait to enter a book. Confined to a thread. */
final class WaitingQuantities {
    private final Long2LongHashMap bids = new Long2LongHashMap(0);
    private final Long2LongHashMap asks = new Long2LongHashMap(0);

    long at(Side side, long price) {
        return of(side).get(price);
    }

    void add(Side side, long price, long quantity) {
        of(side).put(price, at(side, price) + quantity);
    }

    /** Returns by how much it could. */
    long reduce(Side side, long price, long by) {
        long there = at(side, price);
        if (by >= there) {
            of(side).remove(price);
            return there;
        }
        of(side).put(price, there - by);
        return by;
    }

    void clear() {
        bids.clear();
        asks.clear();
    }

    private Long2LongHashMap of(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
