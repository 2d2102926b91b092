package tickcast.simulator.recording;

import tickcast.protocol.sbe.Side;

/** The newest best bid and ask of a symbol's tickers, and what was told of them where they are its book. */
final class BinanceTicker {
    /** A ticker whose id is older though it came that much later belongs to new ids. */
    private static final long NEW_IDS_NANOS = 10_000_000_000L;

    private final int key;
    private BestPrices newest;
    private BestPrices told;
    private long receiveNanos;
    private long bookId;

    BinanceTicker(int key) {
        this.key = key;
    }

    boolean isKnown() {
        return newest != null;
    }

    /** Takes a ticker; false when it is older than the newest. */
    boolean take(BestPrices ticker, long tickerReceiveNanos) {
        if (newest != null && ticker.id() <= newest.id() && tickerReceiveNanos - receiveNanos <= NEW_IDS_NANOS) {
            return false;
        }
        newest = ticker;
        receiveNanos = tickerReceiveNanos;
        return true;
    }

    /**
     * The depth book is not known any more. Tickers that it has already are no better.
     *
     * @param lastId its last update
     * @param newId the last update that is known now, which may belong to new ids
     */
    void bookEnded(long lastId, long newId) {
        bookId = newId <= lastId ? 0 : lastId;
    }

    /** Tells the newest as the book, or what it changes in it; false when the depth book was newer. */
    boolean show(boolean fromNothing, RecordedEvents events) {
        if (newest.id() <= bookId) {
            return false;
        }
        if (fromNothing) {
            events.clear(key);
            told = new BestPrices(0, 0, 0, 0, 0, 0);
        }
        show(Side.BUY, told.bidPrice(), told.bidQuantity(), newest.bidPrice(), newest.bidQuantity(), events);
        show(Side.SELL, told.askPrice(), told.askQuantity(), newest.askPrice(), newest.askQuantity(), events);
        told = newest;
        return true;
    }

    private void show(Side side, long oldPrice, long oldQuantity, long price, long quantity, RecordedEvents events) {
        if (oldQuantity != 0 && oldPrice != price) {
            events.level(key, side, oldPrice, 0);
        }
        if (quantity != 0 && (oldPrice != price || oldQuantity != quantity)) {
            events.level(key, side, price, quantity);
        }
    }
}
