package tickcast.simulator;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(FeedHistory.class);
    private static final int POLL_LIMIT = 1_000;

    private final Path directory;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final Int2ObjectHashMap<DepthBook> books = new Int2ObjectHashMap<>();
    private final TreeMap<Integer, Instrument> instruments = new TreeMap<>();
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

    /** What the feed lists, by id. */
    Collection<Instrument> instruments() {
        return instruments.values();
    }

    /** Publishes what the run before reported and did not publish; all instruments are known to the publisher. */
    void complete(FeedPublisher feed, ExecutionHistory before, long now) {
        resume(feed);
        if (before.feedSeq() > feed.lastSeq()) {
            LOG.warn("The feed is not the one that the executions tell of; it was removed or is older");
            return;
        }
        if (!before.trades().isEmpty()) {
            tradeIdsAfter(before.feedSeq()).ifPresent(published -> publishMissing(feed, before, published, now));
        }
    }

    private static void publishMissing(FeedPublisher feed, ExecutionHistory before, Set<Long> published, long now) {
        before.trades().values().stream()
                .filter(trade -> !published.contains(trade.tradeId()))
                .forEach(trade -> feed.publishMissing(trade, now));
        feed.coverTradeIds(now);
    }

    private void resume(FeedPublisher publisher) {
        publisher.resume(0, heartbeatSeq, 0);
        for (int symbolId : instruments.keySet()) {
            DepthBook book = books.get(symbolId);
            publisher.resume(symbolId, book.lastSeq(), book.lastPrice());
        }
    }

    /**
     * Ids of the trades that were published after that sequence; empty when not all of them are there any more, because
     * so much was published since.
     */
    private Optional<Set<Long>> tradeIdsAfter(long seq) {
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
            String symbol = definition.symbolText();
            instruments.put(
                    symbolId,
                    new Instrument(
                            symbolId,
                            symbol,
                            definition.tickSize(),
                            definition.lotSize(),
                            definition.referencePrice()));
        }
        books.computeIfAbsent(symbolId, id -> new DepthBook()).apply(buffer, offset);
    }
}
