package tickcast.simulator;

import java.util.Arrays;
import tickcast.protocol.sbe.Side;

/** The trades of one transaction, in order. */
final class TradeList {
    private long[] tradeIds = new long[16];
    private long[] prices = new long[16];
    private long[] quantities = new long[16];
    private Side[] aggressors = new Side[16];
    private int count;

    void add(long tradeId, long price, long quantity, Side aggressor) {
        if (count == tradeIds.length) {
            tradeIds = Arrays.copyOf(tradeIds, 2 * count);
            prices = Arrays.copyOf(prices, 2 * count);
            quantities = Arrays.copyOf(quantities, 2 * count);
            aggressors = Arrays.copyOf(aggressors, 2 * count);
        }
        tradeIds[count] = tradeId;
        prices[count] = price;
        quantities[count] = quantity;
        aggressors[count] = aggressor;
        count++;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    long tradeId(int index) {
        return tradeIds[index];
    }

    long price(int index) {
        return prices[index];
    }

    long quantity(int index) {
        return quantities[index];
    }

    Side aggressor(int index) {
        return aggressors[index];
    }
}
