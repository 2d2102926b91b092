package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickcast.journal.IdleMode;
import tickcast.protocol.Decimal8;

class FeedWatcherTest {
    @TempDir
    Path data;

    private TestFeed feed;
    /** The watcher looks at its end only. */
    private TestFeed executions;

    @BeforeEach
    void begin() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD");
        executions = new TestFeed(data.resolve("executions"), "BTC/USD");
    }

    @AfterEach
    void end() {
        executions.close();
        feed.close();
    }

    @ParameterizedTest
    @EnumSource
    void wakesWhatSleepsBeforeTheEndOfTheFeedAndNothingElse(IdleMode idle) {
        try (var watcher = watcher(idle)) {
            var behind = new Reader(0, 0);
            var current = new Reader(Long.MAX_VALUE, Long.MAX_VALUE);
            watcher.add(behind);
            watcher.add(current);
            watcher.start();
            for (int i = 1; i <= 5; i++) {
                int before = behind.wakes.get();
                feed.bid("BTC/USD", Decimal8.ONE * i, TestFeed.LOT);
                RunningGateway.awaitThat("woken", () -> behind.wakes.get() > before);
            }
            assertEquals(0, current.wakes.get());
        }
    }

    @Test
    void wakesWhatSleepsBeforeTheEndOfTheExecutions() {
        try (var watcher = watcher(IdleMode.PARK)) {
            var behind = new Reader(Long.MAX_VALUE, executions.lastSeq());
            watcher.add(behind);
            watcher.start();
            RunningGateway.awaitThat("looked at", () -> behind.looks.get() > 0);
            assertEquals(0, behind.wakes.get());
            executions.bid("BTC/USD", Decimal8.ONE, TestFeed.LOT);
            RunningGateway.awaitThat("woken", () -> behind.wakes.get() > 0);
        }
    }

    @Test
    void looksOftenWhileNothingElseWakesWhatReadsTheFeed() {
        try (var watcher = watcher(IdleMode.PARK)) {
            var deaf = new Reader(feed.lastSeq(), Long.MAX_VALUE);
            watcher.add(deaf);
            watcher.start();
            assertFalse(watcher.looksOften());
            readUntil(deaf, watcher::looksOften);
            deaf.rings.incrementAndGet();
            readUntil(deaf, () -> !watcher.looksOften());
        }
    }

    @Test
    void looksNowAndThenWhenAWriterWokeAnyoneMeanwhile() {
        try (var watcher = watcher(IdleMode.PARK)) {
            var reader = new Reader(feed.lastSeq(), Long.MAX_VALUE);
            watcher.add(reader);
            watcher.start();
            readUntil(reader, () -> {
                assertFalse(watcher.looksOften());
                return reader.rings.incrementAndGet() > 60;
            });
        }
    }

    private void readUntil(Reader reader, BooleanSupplier reached) {
        for (int i = 1; !reached.getAsBoolean() && i <= 200; i++) {
            feed.bid("BTC/USD", Decimal8.ONE * i, TestFeed.LOT * (1 + i % 2));
            RunningGateway.awaitThat("read", () -> reader.feedSeq == feed.lastSeq());
        }
        RunningGateway.awaitThat("reached", reached);
    }

    @Test
    void wakesAllWhenTheFeedIsAnother() {
        try (var watcher = new FeedWatcher(data.resolve("later"), data.resolve("executions"), IdleMode.PARK)) {
            var current = new Reader(Long.MAX_VALUE, Long.MAX_VALUE);
            watcher.add(current);
            watcher.start();
            assertFalse(watcher.feedWritten());
            try (var later = new TestFeed(data.resolve("later"), "BTC/USD")) {
                RunningGateway.awaitThat("woken", () -> current.wakes.get() > 0);
                assertEquals(later.epoch(), watcher.feedEpoch());
            }
        }
    }

    private FeedWatcher watcher(IdleMode idle) {
        return new FeedWatcher(data.resolve("feed"), data.resolve("executions"), idle);
    }

    /** Sleeps always, and reads on when it is woken. */
    private static final class Reader implements FeedWatcher.Sleeper {
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger wakes = new AtomicInteger();
        private final AtomicInteger rings = new AtomicInteger();
        private volatile long feedSeq;
        private volatile long executionsSeq;
        private volatile long feedEnd;
        private volatile long executionsEnd;

        Reader(long feedSeq, long executionsSeq) {
            this.feedSeq = feedSeq;
            this.executionsSeq = executionsSeq;
        }

        @Override
        public boolean sleepsBefore(long toFeedSeq, long toExecutionsSeq) {
            feedEnd = toFeedSeq;
            executionsEnd = toExecutionsSeq;
            looks.incrementAndGet();
            return feedSeq < toFeedSeq || executionsSeq < toExecutionsSeq;
        }

        @Override
        public void wake() {
            feedSeq = Math.max(feedSeq, feedEnd);
            executionsSeq = Math.max(executionsSeq, executionsEnd);
            wakes.incrementAndGet();
        }

        @Override
        public long rings() {
            return rings.get();
        }
    }
}
