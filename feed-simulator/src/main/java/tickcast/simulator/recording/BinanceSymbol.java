package tickcast.simulator.recording;

import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;
import tickcast.simulator.recording.BinanceCounts.Counted;

/**
 * A symbol of a recording: tells what its records say. Its book is that of the depth updates while a snapshot is joined with
 * them, else the best bid and ask of its tickers, else unknown.
 */
final class BinanceSymbol {
    static final int MAX_LEVELS = 100_000;

    private enum Shown {
        NOTHING,
        TICKERS,
        DEPTH
    }

    private static final String NO_SNAPSHOT = "no snapshot yet";

    private final int key;
    private final String symbol;
    private final RecordedFile file;
    private final BinanceCounts counts;
    private final DepthJoin join;
    private final DepthBook book = new DepthBook();
    private final BinanceTicker ticker;
    private final TickerCheck check = new TickerCheck();
    private boolean announced;
    private boolean everJoined;
    private boolean warnedOfRoom;
    private boolean tradesOneByOne;
    private long lastAggregatedTrade = -1;
    private Shown shown = Shown.NOTHING;

    /** @param file where its depth updates and tickers stand */
    BinanceSymbol(int key, String symbol, RecordedFile file, BinanceCounts counts, DepthJoin join) {
        this.key = key;
        this.symbol = symbol;
        this.file = file;
        this.counts = counts;
        this.join = join;
        this.ticker = new BinanceTicker(key);
    }

    String symbol() {
        return symbol;
    }

    /** The venue's time of the newest depth update in the book, 0 while there is none. */
    long bookNanos() {
        return shown == Shown.DEPTH ? join.lastEventNanos() : 0;
    }

    void depth(DepthDiff diff, BinanceLines line, RecordedEvents events) {
        if (!announced) {
            announce(new StepSizes().addAll(diff.bids()).addAll(diff.asks()), events);
            events.bookUnknown(key, NO_SNAPSHOT);
        }
        long lastId = join.lastId();
        switch (join.diff(diff)) {
            case APPLY -> apply(diff, line, events);
            case WAIT_AFTER_GAP -> counts.add(Counted.GAP);
            case BOOK_LOST -> lose(diff, lastId, line, events);
            case OLD, WAIT -> {}
        }
        joinSnapshots(line, events);
    }

    /** It waits, untold, for the depth update that proves where it belongs. */
    void snapshot(DepthSnapshot snapshot, BinanceLines line, RecordedEvents events) {
        if (!join.snapshot(snapshot) && !warnedOfRoom) {
            warnedOfRoom = true;
            events.warning(snapshot.place() + ": too many snapshots wait to be joined with the depth updates of "
                    + symbol + "; this one is left out");
        }
        joinSnapshots(line, events);
    }

    /** @param receiveNanos tells ids that begin anew from records that come late */
    void ticker(BestPrices best, long receiveNanos, RecordedEvents events) {
        if (!announced) {
            announce(
                    new StepSizes().add(best.bidPrice(), best.bidQuantity()).add(best.askPrice(), best.askQuantity()),
                    events);
        }
        if (!ticker.take(best, receiveNanos)) {
            return;
        }
        check.ticker(best);
        if (shown == Shown.DEPTH) {
            compare(false, events);
        } else if (ticker.show(shown == Shown.NOTHING, events)) {
            shown = Shown.TICKERS;
        }
    }

    /** Whether the trade is told here: it may be part of an aggregate that was told. */
    boolean trade(long id, long price, long quantity, Side aggressor, RecordedEvents events) {
        tradesOneByOne = true;
        if (id <= lastAggregatedTrade) {
            return false;
        }
        tellTrade(price, quantity, aggressor, events);
        return true;
    }

    /** Whether the trades are told here: those that are recorded one by one are told so. */
    boolean aggregateTrade(long lastId, long price, long quantity, Side aggressor, RecordedEvents events) {
        if (tradesOneByOne) {
            return false;
        }
        lastAggregatedTrade = lastId;
        tellTrade(price, quantity, aggressor, events);
        return true;
    }

    /** No more records come. */
    void end(RecordedEvents events) {
        compare(true, events);
        if (announced && !everJoined) {
            String instead = ticker.isKnown() ? "its book was the bookTicker's best bid and ask" : "it had no book";
            events.warning(symbol + ": the recording has no depth snapshot that joins its depth updates; " + instead);
        }
    }

    private void announce(StepSizes steps, RecordedEvents events) {
        announced = true;
        events.instrument(key, symbol, steps.tickSize(), steps.lotSize());
    }

    private void tellTrade(long price, long quantity, Side aggressor, RecordedEvents events) {
        if (!announced) {
            announce(new StepSizes().add(price, quantity), events);
            events.bookUnknown(key, NO_SNAPSHOT);
        }
        events.trade(key, price, quantity, aggressor);
    }

    private void lose(DepthDiff found, long lastId, BinanceLines line, RecordedEvents events) {
        counts.add(Counted.GAP);
        String reason = found.baseId() == found.firstId() - 1
                ? "expected U %d, found %d".formatted(lastId + 1, found.firstId())
                : "expected pu %d, found %d".formatted(lastId, found.baseId());
        events.warning("%s: depth updates of %s are missing: %s; its book is not known until the next snapshot"
                .formatted(line.place(), symbol, reason));
        events.bookUnknown(key, "depth updates are missing: " + reason);
        shown = Shown.NOTHING;
        book.clear();
        ticker.bookEnded(lastId, found.lastId());
    }

    private void joinSnapshots(BinanceLines line, RecordedEvents events) {
        for (var attempt = join.attempt(); attempt != null; attempt = join.attempt()) {
            DepthSnapshot snapshot = attempt.snapshot();
            if (attempt.tooOld()) {
                events.warning(("%s: the snapshot of %s is too old to be used: its lastUpdateId is %d, and the depth"
                                + " updates that can follow it begin with U %d; expected U %d or less")
                        .formatted(
                                snapshot.place(), symbol, snapshot.lastId(), attempt.firstId(), snapshot.lastId() + 1));
            } else {
                everJoined = true;
                shown = Shown.DEPTH;
                book.clear();
                events.clear(key);
                set(snapshot.bids(), Side.BUY, line, events);
                set(snapshot.asks(), Side.SELL, line, events);
                attempt.diffs().forEach(diff -> apply(diff, line, events));
            }
        }
    }

    private void apply(DepthDiff diff, BinanceLines line, RecordedEvents events) {
        set(diff.bids(), Side.BUY, line, events);
        set(diff.asks(), Side.SELL, line, events);
        check.book(diff.baseId(), BestPrices.of(book, diff.line(), diff.lastId()));
        compare(false, events);
    }

    private void set(LevelList levels, Side side, BinanceLines line, RecordedEvents events) {
        for (int i = 0; i < levels.size(); i++) {
            book.set(side, levels.price(i), levels.quantity(i));
            events.level(key, side, levels.price(i), levels.quantity(i));
            if (book.depth(side) > MAX_LEVELS) {
                throw line.fault("makes the book of %s deeper than %,d price levels a side; no book is so deep"
                        .formatted(symbol, MAX_LEVELS));
            }
        }
    }

    private void compare(boolean ended, RecordedEvents events) {
        for (var found = check.next(ended); found != null; found = check.next(ended)) {
            counts.add(found.agrees() ? Counted.AGREEMENT : Counted.DISAGREEMENT);
            if (!found.agrees()) {
                BestPrices expected = found.ticker();
                BestPrices there = found.book();
                events.disagreement("%s, line %d: %s after u %d has %s; expected by the bookTicker of line %d, u %d: %s"
                        .formatted(
                                file.path(),
                                there.line(),
                                symbol,
                                there.id(),
                                there.shown(),
                                expected.line(),
                                expected.id(),
                                expected.shown()));
            }
        }
    }
}
