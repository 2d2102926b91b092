package tickcast.simulator;

import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.HeartbeatEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.SymbolStatusEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Writes the feed. A transaction is told by {@link #trade} and {@link #level} and written by {@link #publish}: first its
 * trades, in order, then one delta with every level that it changed. Confined to a thread; allocates nothing in steady
 * state.
 *
 * <p>Trade ids count up. None is ever greater than the sequence of the message that tells it, so that after a restart
 * they go on from the newest sequence.
 */
final class FeedPublisher {
    private static final int CHECKPOINT_SHARE = 20;
    private static final int MESSAGES_OF_SYMBOL = 2;
    /** A delta with more levels would be longer than a snapshot, and might not fit a packet. */
    private static final int MAX_DELTA_LEVELS = 2 * OrderBook.MAX_LEVELS;

    private final Listings listings;
    private final DocumentSink feed;
    private final int checkpointInterval;
    private DepthBook[] books = new DepthBook[1];
    private TradingStatus[] statuses = new TradingStatus[1];
    /** The newest sequence about each symbol; of heartbeats at 0. */
    private long[] lastSeqs = new long[1];
    /** What of the books is shown; null = all. */
    private DisplayedDepth displayed;

    private final TradeList trades = new TradeList();
    private final LevelChanges levels = new LevelChanges();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SymbolDefinitionEncoder definition = new SymbolDefinitionEncoder();
    private final SymbolStatusEncoder statusChange = new SymbolStatusEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();

    private long lastTradeId;
    private long tradeCount;
    private long lastTimeNanos;
    private long checkpointSeq;
    /** The venue's time of what is published; 0 = it happens when it is published. */
    private long venueNanos;

    private boolean replaced;

    /**
     * @param listings what is listed, in checkpoints too
     * @param checkpointInterval most messages from one checkpoint to the next, within reason of its own size
     */
    FeedPublisher(Listings listings, DocumentSink feed, int checkpointInterval) {
        this.listings = listings;
        this.feed = feed;
        this.checkpointInterval = checkpointInterval;
        lastTradeId = feed.lastSeq();
    }

    /** Shows of the books only what that lets through. */
    void show(DisplayedDepth newDisplayed) {
        displayed = newDisplayed;
    }

    /** A symbol is listed or has another status, as the next checkpoint or definition will tell. */
    void list(int symbolId, TradingStatus status) {
        if (symbolId >= books.length) {
            int length = Math.max(symbolId + 1, 2 * books.length);
            books = Arrays.copyOf(books, length);
            statuses = Arrays.copyOf(statuses, length);
            lastSeqs = Arrays.copyOf(lastSeqs, length);
        }
        if (books[symbolId] == null) {
            books[symbolId] = new DepthBook();
        }
        statuses[symbolId] = status;
    }

    /** Tells of a symbol that is new, or has new terms. */
    void define(Instrument instrument, long timeNanos) {
        boolean isNew = lastSeqs[instrument.symbolId()] == 0;
        publishDefinition(instrument, timeNanos);
        if (isNew) {
            publishSnapshot(instrument.symbolId(), timeNanos);
        }
    }

    /** What follows happened at the venue at that time, or, when it is 0, at the time at which it is published. */
    void venueTime(long nanos) {
        venueNanos = nanos;
    }

    /** Goes on where the run before stopped; for use before anything is written. */
    void resume(int symbolId, long lastSeq, long lastPrice) {
        lastSeqs[symbolId] = lastSeq;
        if (symbolId != 0) {
            books[symbolId].lastPrice(lastPrice);
        }
    }

    /** A trade of the transaction; returns its id. */
    long trade(long price, long quantity, Side aggressor) {
        lastTradeId++;
        trades.add(lastTradeId, price, quantity, aggressor);
        return lastTradeId;
    }

    /** A trade of the run before that was reported to its parties and never published. */
    void publishMissing(HistoricTrade missing, long timeNanos) {
        trades.add(missing.tradeId(), missing.price(), missing.quantity(), missing.aggressor());
        lastTradeId = Math.max(lastTradeId, missing.tradeId());
        publish(missing.symbolId(), timeNanos);
    }

    /** A level that the transaction changed. */
    void level(Side side, long price, long quantity) {
        levels.put(side, price, quantity);
    }

    /** The transaction made the book anew: the whole of it is published. */
    void replaceBook() {
        replaced = true;
    }

    /** Forgets the transaction; the book is not what is published any more. */
    void discard() {
        lastTradeId -= trades.count();
        trades.clear();
        levels.clear();
        replaced = false;
    }

    /** Writes the transaction. */
    void publish(int symbolId, long timeNanos) {
        for (int i = 0; i < trades.count(); i++) {
            publishTrade(symbolId, timeNanos, i);
        }
        tradeCount += trades.count();
        trades.clear();
        if (displayed != null && !replaced && levels.count() > 0) {
            displayed.complete(symbolId, books[symbolId], levels);
            replaced = levels.count() > MAX_DELTA_LEVELS;
        }
        if (replaced) {
            displayed.replace(symbolId, books[symbolId]);
            publishSnapshot(symbolId, timeNanos);
            replaced = false;
        } else if (levels.count() > 0) {
            publishDelta(symbolId, timeNanos);
        }
        levels.clear();
    }

    void status(int symbolId, TradingStatus status, long timeNanos) {
        statuses[symbolId] = status;
        statusChange.wrapAndApplyHeader(buffer, 0, header).status(status);
        append(symbolId, timeNanos, statusChange.encodedLength());
    }

    void heartbeat(long timeNanos) {
        heartbeat.wrapAndApplyHeader(buffer, 0, header);
        append(0, timeNanos, heartbeat.encodedLength());
    }

    /** Brings the newest sequence up to the newest trade id, where trades were lost that nobody had been told of. */
    void coverTradeIds(long timeNanos) {
        while (feed.lastSeq() < lastTradeId) {
            heartbeat(timeNanos);
        }
        lastTradeId = feed.lastSeq();
    }

    /** Whether a checkpoint is due because of how much was written since the last. */
    boolean checkpointIsDue() {
        long own = (long) MESSAGES_OF_SYMBOL * listings.size();
        return feed.lastSeq() - checkpointSeq >= Math.max(checkpointInterval, CHECKPOINT_SHARE * own);
    }

    /** Whether a checkpoint is due because the journal begins a new cycle. */
    boolean cycleBegins() {
        return feed.newCycle();
    }

    void checkpoint(long timeNanos) {
        long firstSeq = feed.lastSeq() + 1;
        if (listings.size() == 0) {
            heartbeat(timeNanos);
        }
        for (Instrument instrument : listings.all()) {
            publishDefinition(instrument, timeNanos);
            publishSnapshot(instrument.symbolId(), timeNanos);
        }
        feed.checkpointWritten(firstSeq);
        checkpointSeq = feed.lastSeq();
    }

    /** Time of the newest message. */
    long lastTimeNanos() {
        return lastTimeNanos;
    }

    long lastSeq() {
        return feed.lastSeq();
    }

    long tradeCount() {
        return tradeCount;
    }

    private void publishTrade(int symbolId, long timeNanos, int index) {
        trade.wrapAndApplyHeader(buffer, 0, header)
                .tradeId(trades.tradeId(index))
                .price(trades.price(index))
                .quantity(trades.quantity(index))
                .aggressor(trades.aggressor(index));
        books[symbolId].lastPrice(trades.price(index));
        append(symbolId, timeNanos, trade.encodedLength());
    }

    private void publishDelta(int symbolId, long timeNanos) {
        DepthBook book = books[symbolId];
        delta.wrapAndApplyHeader(buffer, 0, header);
        BookDeltaEncoder.LevelsEncoder level = delta.levelsCount(levels.count());
        for (int i = 0; i < levels.count(); i++) {
            book.set(levels.side(i), levels.price(i), levels.quantity(i));
            level.next().side(levels.side(i)).price(levels.price(i)).quantity(levels.quantity(i));
        }
        delta.checksum(book.checksum());
        append(symbolId, timeNanos, delta.encodedLength());
    }

    private void publishDefinition(Instrument instrument, long timeNanos) {
        definition
                .wrapAndApplyHeader(buffer, 0, header)
                .tickSize(instrument.tickSize())
                .lotSize(instrument.lotSize())
                .referencePrice(instrument.referencePrice())
                .status(statuses[instrument.symbolId()])
                .symbolText(instrument.symbol());
        append(instrument.symbolId(), timeNanos, definition.encodedLength());
    }

    private void publishSnapshot(int symbolId, long timeNanos) {
        int length = books[symbolId].encodeSnapshot(buffer, 0, symbolId, 0, 0, 0, 0, 0);
        append(symbolId, timeNanos, length - MessageHeaderEncoder.ENCODED_LENGTH);
    }

    /** Completes the message at the buffer's start with the common fields, and writes it. */
    private void append(int symbolId, long timeNanos, int bodyLength) {
        long seq = feed.lastSeq() + 1;
        long eventNanos = venueNanos == 0 ? timeNanos : venueNanos;
        FeedHeader.put(buffer, 0, timeNanos, seq, lastSeqs[symbolId], symbolId, eventNanos);
        feed.append(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
        lastSeqs[symbolId] = seq;
        lastTimeNanos = Math.max(lastTimeNanos, timeNanos);
    }
}
