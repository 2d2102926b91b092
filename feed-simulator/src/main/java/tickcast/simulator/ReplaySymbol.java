package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** A symbol of a replay. */
final class ReplaySymbol {
    final String symbol;
    final OrderBook book;
    final RecordedOrders orders;
    /** Whose events make the book now; null while nothing has told of the symbol. */
    RecordedListing listing;
    /** The status that was told last, null before the first; someone else may have changed it since. */
    TradingStatus toldStatus;

    ReplaySymbol(String symbol, OrderBook book, RecordedOrders orders) {
        this.symbol = symbol;
        this.book = book;
        this.orders = orders;
    }

    TradingStatus status() {
        return listing == null ? TradingStatus.HALTED : listing.status();
    }
}
