package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.protocol.DepthBook;
import tickcast.protocol.DepthBook.Update;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.V1;
import tickcast.protocol.sbe.TradeDecoder;

/** What {@code bench/fanout} publishes is a feed as an exchange writes it, and can be measured with in v1. */
class PacedFeedTest {
    private static final int SYMBOLS = 3;
    private static final int PER_SECOND = 10_000;

    @TempDir
    private Path directory;

    @Test
    void symbolsTradeInTurnOnAPlanThatV1Tells() {
        long baseNanos = now();
        try (var feed = new PacedFeed(directory, SYMBOLS)) {
            long sent = feed.run(PER_SECOND, SYMBOLS, 0.05, baseNanos, false);

            var ids = new ArrayList<Integer>();
            var steps = new ArrayList<Long>();
            var stamp = new UnsafeBuffer(new byte[V1.PRICE_LENGTH]);
            long[] lastStamp = {0};
            read((message, offset, length) -> {
                if (FeedHeader.templateId(message, offset) == TradeDecoder.TEMPLATE_ID) {
                    ids.add(FeedHeader.symbolId(message, offset));
                    V1.encodePrice(stamp, 0, 1, 1, FeedHeader.eventTime(message, offset));
                    long planned = stamp.getLong(13);
                    assertEquals(FeedHeader.publishTime(message, offset), baseNanos + planned);
                    steps.add(planned - lastStamp[0]);
                    lastStamp[0] = planned;
                }
            });
            assertEquals(sent, ids.size());
            assertEquals(List.of(1, 2, 3, 1, 2, 3), ids.subList(0, 6));
            long step = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            assertEquals(List.of(step), steps.stream().skip(1).distinct().toList());
        }
    }

    @Test
    void chainHoldsThroughRunsAndCheckpoints() {
        var book = new DepthBook();
        var updates = new ArrayList<Update>();
        try (var feed = new PacedFeed(directory, SYMBOLS)) {
            feed.run(PER_SECOND, SYMBOLS, 0.01, now(), false);
            feed.run(PER_SECOND, 1, 0.01, now(), false);
            feed.run(PER_SECOND, SYMBOLS, 0.01, now(), true);
            read((message, offset, length) -> {
                if (FeedHeader.symbolId(message, offset) == 2) {
                    updates.add(book.apply(message, offset));
                }
            });
        }
        assertEquals(
                List.of(Update.APPLIED),
                updates.stream().skip(1).distinct().toList(),
                "the first one is the definition before the first snapshot");
    }

    @Test
    void onlyANewFeedIsWritten() {
        try (var feed = new PacedFeed(directory, 1)) {
            feed.run(PER_SECOND, 1, 0.001, now(), false);
        }
        assertThrows(IllegalArgumentException.class, () -> new PacedFeed(directory, 1));
    }

    private static long now() {
        return SystemEpochNanoClock.INSTANCE.nanoTime();
    }

    private void read(RecordHandler handler) {
        try (var reader = JournalReader.open(directory)) {
            reader.seekStart();
            while (reader.poll(handler, Integer.MAX_VALUE) > 0) {}
        }
    }
}
