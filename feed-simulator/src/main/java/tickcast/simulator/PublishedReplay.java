package tickcast.simulator;

import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.TradingStatus;

/** Replays into an exchange: into its engine's books, its executions and its feed. Confined to the exchange's thread. */
final class PublishedReplay implements ReplayOutput {
    private final Listings listings;
    private final MatchingEngine engine;
    private final TransactionRouter router;
    private final FeedPublisher feed;
    private ClientRequest cause;
    private long plannedNanos;
    /** While books are built that nobody is to see yet, nothing is published and nothing trades. */
    private boolean silent;

    PublishedReplay(Listings listings, MatchingEngine engine, TransactionRouter router, FeedPublisher feed) {
        this.listings = listings;
        this.engine = engine;
        this.router = router;
        this.feed = feed;
    }

    /** What is told from now on is published at that time, and caused by that. */
    void begin(long newPlannedNanos, ClientRequest newCause) {
        plannedNanos = newPlannedNanos;
        cause = newCause;
        router.begin(cause);
    }

    void silent(boolean newSilent) {
        silent = newSilent;
    }

    @Override
    public void at(long eventNanos) {
        feed.venueTime(eventNanos);
    }

    @Override
    public OrderBook list(String symbol, long tickSize, long lotSize) {
        Instrument instrument = listings.list(symbol, tickSize, lotSize, 0);
        int symbolId = instrument.symbolId();
        if (engine.book(symbolId) == null) {
            engine.addSymbol(symbolId, tickSize, lotSize);
        }
        OrderBook book = engine.book(symbolId);
        book.steps(tickSize, lotSize);
        if (silent) {
            engine.status(symbolId, TradingStatus.HALTED);
        }
        feed.list(symbolId, book.status());
        feed.define(instrument, plannedNanos);
        return book;
    }

    @Override
    public boolean status(OrderBook book, TradingStatus status) {
        if (silent) {
            return false;
        }
        if (book.status() != status) {
            book.status(status);
            feed.status(book.symbolId(), status, plannedNanos);
        }
        return true;
    }

    @Override
    public void bookReplaced() {
        feed.replaceBook();
    }

    @Override
    public void flush(OrderBook book) {
        if (silent) {
            feed.discard();
        } else {
            router.about(book.symbolId());
            router.publish(plannedNanos);
            router.begin(cause);
        }
    }
}
