package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** A symbol of a recording. */
final class ReplaySymbol {
    /** The recording has not told of it yet. */
    static final int NO_KEY = -1;

    final String symbol;
    final OrderBook book;
    final RecordedOrders orders;
    /** Of the recording that is being read. */
    int key = NO_KEY;

    private TradingStatus venueStatus = TradingStatus.OPEN;
    private boolean bookKnown = true;

    ReplaySymbol(String symbol, OrderBook book, RecordedOrders orders) {
        this.symbol = symbol;
        this.book = book;
        this.orders = orders;
    }

    void venueStatus(TradingStatus newStatus) {
        venueStatus = newStatus;
    }

    void bookKnown(boolean known) {
        bookKnown = known;
    }

    /** As users are told: without a book there is no trading. */
    TradingStatus status() {
        return venueStatus == TradingStatus.OPEN && !bookKnown ? TradingStatus.HALTED : venueStatus;
    }
}
