package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.HeartbeatDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** Reads a feed from its start and checks every promise on the way: no hole, unbroken chains, right checksums. */
final class FeedFollower implements AutoCloseable {
    private final JournalReader reader;
    private final Map<Integer, DepthBook> books = new HashMap<>();
    private final Map<Integer, Long> chains = new HashMap<>();
    private final List<byte[]> messages = new ArrayList<>();
    private final TreeSet<Long> tradeIds = new TreeSet<>();
    private long seq;

    FeedFollower(Path directory) {
        reader = JournalReader.open(directory);
    }

    FeedFollower readAll() {
        int read = 1;
        while (read > 0) {
            read = reader.poll(this::onMessage, 1_000);
        }
        return this;
    }

    DepthBook book(int symbolId) {
        return books.get(symbolId);
    }

    List<byte[]> messages() {
        return messages;
    }

    TreeSet<Long> tradeIds() {
        return tradeIds;
    }

    /** The messages by the names of their templates, in order; of those after that sequence. */
    List<String> namesAfter(long afterSeq) {
        return messages.subList((int) afterSeq, messages.size()).stream()
                .map(message -> name(FeedHeader.templateId(new UnsafeBuffer(message), 0)))
                .toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void onMessage(DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        messages.add(copy);
        seq++;
        assertEquals(seq, FeedHeader.seq(buffer, offset));
        int symbolId = FeedHeader.symbolId(buffer, offset);
        long before = chains.getOrDefault(symbolId, 0L);
        assertEquals(before, FeedHeader.prevSeq(buffer, offset), () -> "chain of symbol " + symbolId + " at " + seq);
        chains.put(symbolId, seq);
        if (symbolId != 0) {
            DepthBook book = books.computeIfAbsent(symbolId, id -> new DepthBook());
            assertEquals(DepthBook.Update.APPLIED, book.apply(buffer, offset), () -> "message " + seq);
        }
        if (FeedHeader.templateId(buffer, offset) == TradeDecoder.TEMPLATE_ID) {
            long tradeId = new TradeDecoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                    .tradeId();
            assertEquals(true, tradeIds.isEmpty() || tradeId > tradeIds.last(), "trade ids do not count up");
            tradeIds.add(tradeId);
        }
    }

    /** The levels of the engine's book must be those of the feed's. */
    void assertEqualTo(MatchingEngine engine, int symbolId) {
        for (Side side : new Side[] {Side.BUY, Side.SELL}) {
            BookSide expected = engine.book(symbolId).side(side);
            DepthBook book = book(symbolId);
            assertEquals(expected.depth(), book.depth(side));
            for (int rank = 0; rank < expected.depth(); rank++) {
                assertEquals(expected.level(rank).price(), book.price(side, rank));
                assertEquals(expected.level(rank).quantity(), book.quantity(side, rank));
            }
        }
    }

    private static String name(int templateId) {
        return switch (templateId) {
            case SymbolDefinitionDecoder.TEMPLATE_ID -> "definition";
            case SymbolStatusDecoder.TEMPLATE_ID -> "status";
            case BookSnapshotDecoder.TEMPLATE_ID -> "snapshot";
            case TradeDecoder.TEMPLATE_ID -> "trade";
            case HeartbeatDecoder.TEMPLATE_ID -> "heartbeat";
            default -> "delta";
        };
    }
}
