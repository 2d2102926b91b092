package tickcast.orderentry.risk;

import java.util.Arrays;

/**
 * What the checks of orders need to know of the market: each symbol's text and the price that its orders are measured by, the
 * last trade's or, before one, the reference price. One thread writes, any thread reads, nobody waits.
 */
public final class MarketBoard {
    private volatile Entry[] entries = {};
    private volatile int generation;

    /** Forgets all: another feed may give other symbols these ids. */
    public void clear() {
        entries = new Entry[0];
        generation++;
    }

    /** @param referencePrice mantissa, 0 = not known */
    public void define(int symbolId, String symbol, long referencePrice) {
        var known = entry(symbolId);
        if (known != null && known.symbol.equals(symbol)) {
            known.referencePrice = referencePrice;
            return;
        }
        var all = entries;
        if (symbolId >= all.length) {
            all = Arrays.copyOf(all, Math.max(symbolId + 1, 2 * all.length));
        }
        all[symbolId] = new Entry(symbol, referencePrice);
        entries = all;
        generation++;
    }

    /** The symbol has traded. */
    public void traded(int symbolId, long price) {
        var entry = entry(symbolId);
        if (entry != null && entry.lastPrice != price) {
            entry.lastPrice = price;
        }
    }

    /** Null when it is not known. */
    public String symbol(int symbolId) {
        var entry = entry(symbolId);
        return entry == null ? null : entry.symbol;
    }

    /** The id of a symbol, 0 when there is none. */
    public int symbolId(String symbol) {
        var all = entries;
        for (int id = 1; id < all.length; id++) {
            if (all[id] != null && all[id].symbol.equals(symbol)) {
                return id;
            }
        }
        return 0;
    }

    /** Whether no symbol is known. */
    public boolean isEmpty() {
        return entries.length == 0;
    }

    /** Mantissa of the last trade's price, else of the reference price; 0 when neither is known. */
    public long price(int symbolId) {
        var entry = entry(symbolId);
        if (entry == null) {
            return 0;
        }
        long last = entry.lastPrice;
        return last == 0 ? entry.referencePrice : last;
    }

    /** Grows when a symbol's text may be another than before. */
    int generation() {
        return generation;
    }

    private Entry entry(int symbolId) {
        var all = entries;
        return symbolId >= 0 && symbolId < all.length ? all[symbolId] : null;
    }

    private static final class Entry {
        private final String symbol;
        private volatile long referencePrice;
        private volatile long lastPrice;

        Entry(String symbol, long referencePrice) {
            this.symbol = symbol;
            this.referencePrice = referencePrice;
        }
    }
}
