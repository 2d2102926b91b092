package tickcast.simulator.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tickcast.protocol.sbe.Side;
import tickcast.simulator.recording.BinanceCounts.Counted;

/** A capture of a venue's streams, and files of snapshots that belong to it, merged by their receive times. */
final class BinanceRecording implements Recording {
    private final List<BinanceSource> sources = new ArrayList<>();
    private final BinanceParser parser = new BinanceParser();
    private final BinanceCounts counts = new BinanceCounts();
    private final BinanceSymbols symbols;
    private final long bytesTotal;
    private long bytesRead;
    private long clockNanos = OPENING;
    private long eventNanos;
    private long records;
    private BinanceLines newest;
    private boolean ended;

    /** @param snapshots files that hold nothing else */
    BinanceRecording(RecordedFile stream, List<SnapshotFile> snapshots, RecordingOptions options) throws IOException {
        symbols = new BinanceSymbols(stream, options, counts);
        long total = stream.size();
        boolean opened = false;
        try {
            for (SnapshotFile each : snapshots) {
                total += each.file().size();
                sources.add(new BinanceSource(new BinanceLines(each.file(), each.document(), this::read), true));
            }
            sources.add(new BinanceSource(new BinanceLines(stream, false, this::read), false));
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
        bytesTotal = total;
    }

    @Override
    public long nextNanos() {
        BinanceSource source = nextSource();
        if (source != null) {
            return Math.max(clockNanos, source.receiveNanos());
        }
        return ended ? END : clockNanos;
    }

    @Override
    public void next(RecordedEvents events) {
        BinanceSource source = nextSource();
        if (source == null) {
            ended = true;
            symbols.end(events);
            return;
        }
        clockNanos = Math.max(clockNanos, source.receiveNanos());
        BinanceLines line = source.take();
        newest = line;
        records++;
        BinanceMessage message = parser.parse(line);
        BinanceMessage.Kind kind = message.kind();
        if (line.receiveNanos() == OPENING && kind != BinanceMessage.Kind.SNAPSHOT) {
            throw line.fault("is no depth snapshot and has no receive time; expected \"<receive ns> <json>\"");
        }
        switch (kind) {
            case DEPTH_UPDATE -> depthUpdate(line, message, events);
            case TRADE -> trade(line, message, message.tradeId, events);
            case AGGREGATE_TRADE -> trade(line, message, message.lastTradeId, events);
            case BOOK_TICKER -> bookTicker(line, message, events);
            case SNAPSHOT -> snapshot(line, message, source.beside(), events);
            case OTHER -> counts.add(Counted.OTHER);
        }
    }

    @Override
    public long eventNanos() {
        return eventNanos;
    }

    @Override
    public String place() {
        return newest.place();
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public Map<String, Long> counts() {
        return counts.shown();
    }

    @Override
    public void close() {
        sources.forEach(BinanceSource::close);
    }

    private void read(long bytes) {
        bytesRead += bytes;
    }

    /** The source of the record that was received first; null when there is none. */
    private BinanceSource nextSource() {
        BinanceSource first = null;
        for (BinanceSource source : sources) {
            if (source.hasNext() && (first == null || source.receiveNanos() < first.receiveNanos())) {
                first = source;
            }
        }
        return first;
    }

    private void depthUpdate(BinanceLines line, BinanceMessage message, RecordedEvents events) {
        BinanceSymbol symbol = symbols.of(line, message.symbol(), events);
        if (symbol == null) {
            return;
        }
        long venueNanos = message.eventTime.time(line);
        long firstId = message.firstId.integer(line);
        long lastId = message.lastId.integer(line);
        long baseId = message.previousId.isPresent() ? message.previousId.integer(line) : firstId - 1;
        LevelList bids = message.bid.levels(line);
        LevelList asks = message.ask.levels(line);
        if (lastId < firstId || baseId > lastId) {
            throw line.fault("has the ids U %d, u %d%s; expected u not below U%s"
                    .formatted(
                            firstId,
                            lastId,
                            message.previousId.isPresent() ? ", pu " + baseId : "",
                            message.previousId.isPresent() ? ", pu not above u" : ""));
        }
        counts.add(Counted.DEPTH_UPDATE);
        eventNanos = venueNanos;
        var diff = new DepthDiff(line.number(), firstId, baseId, lastId, venueNanos, bids.copy(), asks.copy());
        symbol.depth(diff, line, events);
    }

    private void trade(BinanceLines line, BinanceMessage message, BinanceField id, RecordedEvents events) {
        BinanceSymbol symbol = symbols.of(line, message.symbol(), events);
        if (symbol == null) {
            return;
        }
        long price = message.price.positive(line);
        long quantity = message.quantity.positive(line);
        long tradeNanos = message.tradeTime.time(line);
        Side aggressor = message.buyerIsMaker.truth(line) ? Side.SELL : Side.BUY;
        long tradeId = id.integer(line);
        boolean told = id == message.tradeId
                ? symbol.trade(tradeId, price, quantity, aggressor, events)
                : symbol.aggregateTrade(tradeId, price, quantity, aggressor, events);
        counts.add(told ? Counted.TRADE : Counted.OTHER);
        eventNanos = told ? tradeNanos : eventNanos;
    }

    private void bookTicker(BinanceLines line, BinanceMessage message, RecordedEvents events) {
        BinanceSymbol symbol = symbols.of(line, message.symbol(), events);
        if (symbol == null) {
            return;
        }
        long id = message.lastId.integer(line);
        long bidQuantity = message.bidQuantity.decimal(line);
        long bidPrice = bidQuantity == 0 ? 0 : message.bid.positive(line);
        long askQuantity = message.askQuantity.decimal(line);
        long askPrice = askQuantity == 0 ? 0 : message.ask.positive(line);
        long venueNanos = message.eventTime.isPresent() ? message.eventTime.time(line) : 0;
        counts.add(Counted.BOOK_TICKER);
        eventNanos = venueNanos;
        var best = new BestPrices(line.number(), id, bidPrice, bidQuantity, askPrice, askQuantity);
        symbol.ticker(best, clockNanos, events);
    }

    private void snapshot(BinanceLines line, BinanceMessage message, boolean beside, RecordedEvents events) {
        String name = message.symbol() == null ? line.urlSymbol() : message.symbol();
        BinanceSymbol symbol = name == null ? null : symbols.of(line, name, events);
        if (name != null && symbol == null) {
            return;
        }
        long lastId = message.lastUpdateId.integer(line);
        LevelList bids = message.bids.levels(line);
        LevelList asks = message.asks.levels(line);
        long venueNanos = message.eventTime.isPresent() ? message.eventTime.time(line) : 0;
        counts.add(Counted.SNAPSHOT);
        eventNanos = venueNanos;
        var snapshot = new DepthSnapshot(line.place(), lastId, venueNanos, bids.copy(), asks.copy());
        List<BinanceSymbol> owners =
                symbol == null ? symbols.ownersOf(snapshot, line, beside, events) : List.of(symbol);
        for (BinanceSymbol owner : owners) {
            owner.snapshot(snapshot, line, events);
            eventNanos = Math.max(eventNanos, owner.bookNanos());
        }
    }
}
