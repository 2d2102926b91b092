package tickcast.simulator;

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
    private final Instruments instruments;
    private final DocumentSink feed;
    private final long checkpointInterval;
    private final DepthBook[] books;
    private final TradingStatus[] statuses;
    /** The newest sequence about each symbol; of heartbeats at 0. */
    private final long[] lastSeqs;

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

    /** @param checkpointInterval most messages from one checkpoint to the next, within reason of its own size */
    FeedPublisher(Instruments instruments, DocumentSink feed, int checkpointInterval) {
        this.instruments = instruments;
        this.feed = feed;
        this.checkpointInterval = Math.max(checkpointInterval, 20L * 2 * instruments.size());
        books = new DepthBook[instruments.size() + 1];
        statuses = new TradingStatus[instruments.size() + 1];
        lastSeqs = new long[instruments.size() + 1];
        for (Instrument instrument : instruments.all()) {
            books[instrument.symbolId()] = new DepthBook();
            statuses[instrument.symbolId()] = TradingStatus.OPEN;
        }
        lastTradeId = feed.lastSeq();
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

    /** Writes the transaction. */
    void publish(int symbolId, long timeNanos) {
        for (int i = 0; i < trades.count(); i++) {
            publishTrade(symbolId, timeNanos, i);
        }
        tradeCount += trades.count();
        trades.clear();
        if (levels.count() > 0) {
            publishDelta(symbolId, timeNanos);
            levels.clear();
        }
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
        return feed.lastSeq() - checkpointSeq >= checkpointInterval;
    }

    /** Whether a checkpoint is due because the journal begins a new cycle. */
    boolean cycleBegins() {
        return feed.newCycle();
    }

    void checkpoint(long timeNanos) {
        long firstSeq = feed.lastSeq() + 1;
        for (Instrument instrument : instruments.all()) {
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
        FeedHeader.put(buffer, 0, timeNanos, seq, lastSeqs[symbolId], symbolId, timeNanos);
        feed.append(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
        lastSeqs[symbolId] = seq;
        lastTimeNanos = Math.max(lastTimeNanos, timeNanos);
    }
}
