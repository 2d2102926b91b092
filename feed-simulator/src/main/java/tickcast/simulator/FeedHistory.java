package tickcast.simulator;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.journal.JournalReader;
import tickcast.journal.Seek;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.HeartbeatDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** What the feed tells of the run before: where each symbol's chain ends, from the newest checkpoint on. */
final class FeedHistory {
    private static final int POLL_LIMIT = 1_000;

    private final Path directory;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final Int2ObjectHashMap<DepthBook> books = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<String> symbols = new Int2ObjectHashMap<>();
    private long heartbeatSeq;

    private FeedHistory(Path directory) {
        this.directory = directory;
    }

    static FeedHistory read(Path directory) {
        FeedHistory history = new FeedHistory(directory);
        try (JournalReader reader = JournalReader.open(directory)) {
            if (reader.seekCheckpoint() == 0) {
                reader.seekStart();
            }
            int read = POLL_LIMIT;
            while (read > 0) {
                read = reader.poll((buffer, offset, length) -> history.onMessage(buffer, offset), POLL_LIMIT);
            }
        }
        return history;
    }

    /** @throws IllegalArgumentException when an instrument of the feed has another id now, or none */
    void requireSame(Instruments instruments) {
        for (int symbolId : symbols.keySet()) {
            String symbol = symbols.get(symbolId);
            String now =
                    symbolId <= instruments.size() ? instruments.byId(symbolId).symbol() : "missing";
            if (!symbol.equals(now)) {
                throw new IllegalArgumentException(
                        ("instruments: number %d is %s, but in the feed %s it is %s; new instruments go to the end,"
                                        + " others need another data directory")
                                .formatted(symbolId, now, directory, symbol));
            }
        }
    }

    void resume(FeedPublisher publisher, Instruments instruments) {
        publisher.resume(0, heartbeatSeq, 0);
        for (Instrument instrument : instruments.all()) {
            DepthBook book = books.get(instrument.symbolId());
            if (book != null) {
                publisher.resume(instrument.symbolId(), book.lastSeq(), book.lastPrice());
            }
        }
    }

    /**
     * Ids of the trades that were published after that sequence; empty when not all of them are there any more, because
     * so much was published since.
     */
    Optional<Set<Long>> tradeIdsAfter(long seq) {
        Set<Long> tradeIds = new HashSet<>();
        try (JournalReader reader = JournalReader.open(directory)) {
            if (reader.seek(seq + 1) == Seek.TOO_OLD) {
                return Optional.empty();
            }
            int read = POLL_LIMIT;
            while (read > 0) {
                read = reader.poll((buffer, offset, length) -> collectTradeId(buffer, offset, tradeIds), POLL_LIMIT);
            }
        }
        return Optional.of(tradeIds);
    }

    private void collectTradeId(DirectBuffer buffer, int offset, Set<Long> tradeIds) {
        if (FeedHeader.templateId(buffer, offset) == TradeDecoder.TEMPLATE_ID) {
            tradeIds.add(trade.wrapAndApplyHeader(buffer, offset, header).tradeId());
        }
    }

    private void onMessage(DirectBuffer buffer, int offset) {
        int templateId = FeedHeader.templateId(buffer, offset);
        if (templateId == HeartbeatDecoder.TEMPLATE_ID) {
            heartbeatSeq = FeedHeader.seq(buffer, offset);
            return;
        }
        int symbolId = FeedHeader.symbolId(buffer, offset);
        if (templateId == SymbolDefinitionDecoder.TEMPLATE_ID) {
            definition.wrapAndApplyHeader(buffer, offset, header);
            symbols.put(symbolId, definition.symbolText());
        }
        books.computeIfAbsent(symbolId, id -> new DepthBook()).apply(buffer, offset);
    }
}
