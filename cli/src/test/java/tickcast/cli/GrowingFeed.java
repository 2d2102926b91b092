package tickcast.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.HeartbeatEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.TradingStatus;

/** A feed that lists nothing at first and symbols as it goes, named S1, S2 and so on. */
final class GrowingFeed implements AutoCloseable {
    private final JournalWriter writer;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<DepthBook> books = new ArrayList<>(List.of(new DepthBook()));
    private final List<Long> lastSeqs = new ArrayList<>(List.of(0L));

    GrowingFeed(Path directory) {
        writer = JournalWriter.open(JournalSettings.of(directory));
        append(0, new HeartbeatEncoder().wrapAndApplyHeader(buffer, 0, header).encodedLength());
        writer.checkpointWritten(1);
    }

    int symbols() {
        return books.size() - 1;
    }

    void list() {
        int symbolId = books.size();
        books.add(new DepthBook());
        lastSeqs.add(0L);
        append(
                symbolId,
                new SymbolDefinitionEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .tickSize(Decimal8.ONE)
                        .lotSize(Decimal8.ONE)
                        .referencePrice(0)
                        .status(TradingStatus.OPEN)
                        .symbolText("S" + symbolId)
                        .encodedLength());
        int length = books.get(symbolId).encodeSnapshot(buffer, 0, symbolId, 0, 0, 0, 0, 0);
        append(symbolId, length - MessageHeaderEncoder.ENCODED_LENGTH);
    }

    /** A new quantity of the only bid of every symbol. */
    void bids(long quantity) {
        for (int symbolId = 1; symbolId < books.size(); symbolId++) {
            var book = books.get(symbolId);
            book.set(Side.BUY, Decimal8.ONE, quantity);
            var delta =
                    new BookDeltaEncoder().wrapAndApplyHeader(buffer, 0, header).checksum(book.checksum());
            delta.levelsCount(1).next().side(Side.BUY).price(Decimal8.ONE).quantity(quantity);
            append(symbolId, delta.encodedLength());
        }
    }

    private void append(int symbolId, int bodyLength) {
        long seq = writer.lastSeq() + 1;
        long nowNanos = SystemEpochNanoClock.INSTANCE.nanoTime();
        FeedHeader.put(buffer, 0, nowNanos, seq, lastSeqs.get(symbolId), symbolId, nowNanos);
        lastSeqs.set(symbolId, seq);
        if (!writer.append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength)) {
            throw new IllegalStateException("The disk is full");
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
