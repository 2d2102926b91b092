package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** A symbol as one of the recordings tells of it. */
final class RecordedListing {
    final ReplaySymbol symbol;

    private TradingStatus venueStatus = TradingStatus.OPEN;
    private boolean bookKnown = true;

    RecordedListing(ReplaySymbol symbol) {
        this.symbol = symbol;
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
