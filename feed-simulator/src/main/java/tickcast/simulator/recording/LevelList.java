package tickcast.simulator.recording;

import java.util.Arrays;

/** Prices and quantities (mantissas) in the order in which a record tells them. */
final class LevelList {
    private long[] pairs = new long[16];
    private int size;

    int size() {
        return size;
    }

    long price(int index) {
        return pairs[2 * index];
    }

    long quantity(int index) {
        return pairs[2 * index + 1];
    }

    void add(long price, long quantity) {
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        pairs[2 * size] = price;
        pairs[2 * size + 1] = quantity;
        size++;
    }

    void clear() {
        size = 0;
    }

    /** One of just the size, which this list's changes leave alone. */
    LevelList copy() {
        var copy = new LevelList();
        copy.pairs = Arrays.copyOf(pairs, Math.max(2, 2 * size));
        copy.size = size;
        return copy;
    }
}
