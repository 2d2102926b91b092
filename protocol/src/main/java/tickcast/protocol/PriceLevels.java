package tickcast.protocol;

import java.util.Arrays;

/** One side of a book: price levels in order, best first. Allocates only to grow. */
final class PriceLevels {
    private final boolean highestFirst;
    private long[] prices = new long[64];
    private long[] quantities = new long[64];
    private int size;

    PriceLevels(boolean highestFirst) {
        this.highestFirst = highestFirst;
    }

    int size() {
        return size;
    }

    long price(int rank) {
        return prices[rank];
    }

    long quantity(int rank) {
        return quantities[rank];
    }

    /** 0 when there is no level of that price. */
    long quantityAt(long price) {
        int rank = search(price);
        return rank >= 0 ? quantities[rank] : 0;
    }

    void clear() {
        size = 0;
    }

    /** Sets, inserts or (quantity 0) removes a level; the rank that changed, −1 when nothing did. */
    int set(long price, long quantity) {
        int rank = search(price);
        if (rank >= 0) {
            return quantity == 0 ? remove(rank) : replace(rank, quantity);
        }
        return quantity == 0 ? -1 : insert(-rank - 1, price, quantity);
    }

    private int replace(int rank, long quantity) {
        if (quantities[rank] == quantity) {
            return -1;
        }
        quantities[rank] = quantity;
        return rank;
    }

    private int remove(int rank) {
        size--;
        System.arraycopy(prices, rank + 1, prices, rank, size - rank);
        System.arraycopy(quantities, rank + 1, quantities, rank, size - rank);
        return rank;
    }

    private int insert(int rank, long price, long quantity) {
        if (size == prices.length) {
            prices = Arrays.copyOf(prices, size * 2);
            quantities = Arrays.copyOf(quantities, size * 2);
        }
        System.arraycopy(prices, rank, prices, rank + 1, size - rank);
        System.arraycopy(quantities, rank, quantities, rank + 1, size - rank);
        prices[rank] = price;
        quantities[rank] = quantity;
        size++;
        return rank;
    }

    /** The rank of a price, or −(rank where it belongs) − 1. */
    private int search(long price) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = prices[middle];
            if (there == price) {
                return middle;
            }
            if (there > price == highestFirst) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
