package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** A symbol as one of the recordings tells of it. */
final class RecordedListing {
    final ReplaySymbol symbol;

    private TradingStatus venueStatus = TradingStatus.OPEN;
    private boolean bookKnown = true;
    private boolean hadBook;

    RecordedListing(ReplaySymbol symbol) {
        this.symbol = symbol;
    }

    /** The book is that of this listing from now on; whether that is so for the first time. */
    boolean takeBook() {
        boolean first = !hadBook;
        hadBook = true;
        return first;
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
