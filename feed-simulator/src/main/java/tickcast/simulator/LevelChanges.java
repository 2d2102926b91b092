package tickcast.simulator;

import java.util.Arrays;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/** The price levels that one transaction changed, each once, with its newest quantity. */
final class LevelChanges {
    private Side[] sides = new Side[16];
    private long[] prices = new long[16];
    private long[] quantities = new long[16];
    private int count;

    void put(Side side, long price, long quantity) {
        for (int i = 0; i < count; i++) {
            if (prices[i] == price && sides[i] == side) {
                quantities[i] = quantity;
                return;
            }
        }
        if (count == prices.length) {
            sides = Arrays.copyOf(sides, 2 * count);
            prices = Arrays.copyOf(prices, 2 * count);
            quantities = Arrays.copyOf(quantities, 2 * count);
        }
        sides[count] = side;
        prices[count] = price;
        quantities[count] = quantity;
        count++;
    }

    /** Forgets what the book says already. */
    void keepDifferent(DepthBook book) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (book.quantityAt(sides[i], prices[i]) != quantities[i]) {
                sides[kept] = sides[i];
                prices[kept] = prices[i];
                quantities[kept] = quantities[i];
                kept++;
            }
        }
        count = kept;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    Side side(int index) {
        return sides[index];
    }

    long price(int index) {
        return prices[index];
    }

    long quantity(int index) {
        return quantities[index];
    }
}
