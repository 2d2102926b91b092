package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.journal.JournalLockedException;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.RollInterval;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/** An exchange stepped by hand, over real journals. */
class ExchangeTest extends ExchangeJournals {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SYMBOLS = 5;

    @Test
    void feedTellsTheBooks() {
        try (Exchange exchange = open(settings(10_000))) {
            for (int i = 0; i < 50; i++) {
                run(exchange, 20 * MILLI_NANOS);
                feed.readAll();
                for (int symbolId = 1; symbolId <= SYMBOLS; symbolId++) {
                    feed.assertEqualTo(exchange.engine(), symbolId);
                }
            }
            assertTrue(
                    feed.messages().size() > 9_000,
                    () -> "only " + feed.messages().size());
            assertTrue(
                    feed.tradeIds().size() > 500,
                    () -> "only " + feed.tradeIds().size());
            assertEquals(feed.messages().size(), exchange.counters().messages());
            assertEquals(feed.tradeIds().size(), exchange.counters().trades());
        }
    }

    @Test
    void sameSeedSameFeedAtAnyPace() {
        List<byte[]> slow = feedOf(data.resolve("slow"), 1_000, 7 * MILLI_NANOS);
        List<byte[]> fast = feedOf(data.resolve("fast"), ExchangeSettings.UNLIMITED, 1);
        int common = Math.min(slow.size(), fast.size());
        assertTrue(common > 5_000);
        for (int i = 0; i < common; i++) {
            assertArrayEquals(withoutTimes(slow.get(i)), withoutTimes(fast.get(i)), "message " + (i + 1));
        }
    }

    @Test
    void checkpointsComeEverySoManyMessages() {
        try (Exchange exchange = open(settings(10_000).withCheckpointInterval(300))) {
            run(exchange, SECOND_NANOS);
        }
        List<String> names = feed.readAll().namesAfter(0);
        long definitions = Collections.frequency(names, "definition");
        assertTrue(definitions > 5 * names.size() / 350 * 9 / 10, () -> definitions + " of " + names.size());
        assertEquals("definition", names.get(0));
        assertEquals("snapshot", names.get(1));
    }

    @Test
    void newCycleBeginsWithACheckpointAndARestatement() {
        ExchangeSettings settings = settings(0)
                .withFeed(feedSettings().withRoll(RollInterval.SECONDLY))
                .withExecutions(executionSettings().withRoll(RollInterval.SECONDLY));
        try (Exchange exchange = open(settings)) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 3);
            orders.limit("bob", "b1", 1, Side.SELL, 40, 1);
            exchange.doWork();
            reports.take();
            long before = feed.readAll().messages().size();
            now += 2 * SECOND_NANOS;
            exchange.doWork();
            assertEquals(
                    List.of("definition", "snapshot"),
                    feed.readAll().namesAfter(before).subList(0, 2));
            List<ReportLog.Line> restated = reports.take();
            assertEquals(
                    List.of("alice 1 RESTATED PARTIALLY_FILLED, leaves 2", "bob 0 RESTATED CANCELED, leaves 0"),
                    restated.stream().map(ReportLog.Line::summary).toList());
            assertEquals(2, restated.get(0).orderSeq());
            feed.assertEqualTo(exchange.engine(), 1);
        }
        try (JournalReader late = JournalReader.open(data.resolve("executions"))) {
            assertEquals(4, late.seekCheckpoint());
        }
    }

    @Test
    void lifeOfAnOrder() {
        try (Exchange exchange = open(settings(0))) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("bob", "", 1, Side.SELL, 40, 2);
            orders.replace("alice", 0, "a1", 41, 6);
            orders.cancel("alice", 1, "");
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 NEW NEW, leaves 5 answers 1",
                            "bob 2 NEW NEW, leaves 2 answers 2",
                            "bob 2 TRADE FILLED 2 @ 40 taking, leaves 0",
                            "alice 1 TRADE PARTIALLY_FILLED 2 @ 40 resting, leaves 3",
                            "alice 1 REPLACED PARTIALLY_FILLED, leaves 4 answers 3",
                            "alice 1 CANCELED CANCELED CLIENT_REQUEST, leaves 0 answers 4"),
                    reports.takeSummaries());
            assertEquals(
                    List.of("delta", "trade", "delta", "delta", "delta"),
                    feed.readAll().namesAfter(2L * SYMBOLS));
            assertEquals(4, exchange.counters().clientRequests());
        }
    }

    @Test
    void requestsThatCannotBe() {
        try (Exchange exchange = open(settings(0))) {
            orders.limit("alice", "a0", 99, Side.BUY, 40, 5);
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a1", 1, Side.BUY, 41, 5);
            orders.cancel("bob", 2, "");
            orders.cancel("bob", 0, "a1");
            orders.replace("alice", 0, "nothing", 40, 5);
            orders.replace("alice", 2, "", 40, 0);
            orders.order("bob", "", 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 1, OrderTape.UNIT);
            orders.order("bob", "", 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, OrderTape.UNIT, 1);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 REJECTED REJECTED UNKNOWN_SYMBOL, leaves 0 answers 1",
                            "alice 2 NEW NEW, leaves 5 answers 2",
                            "alice 2 RESTATED NEW, leaves 5 repeated for 3",
                            "bob 2 CANCEL_REJECTED REJECTED UNKNOWN_ORDER, leaves 0 answers 4",
                            "bob 0 CANCEL_REJECTED REJECTED UNKNOWN_ORDER, leaves 0 answers 5",
                            "alice 0 CANCEL_REJECTED REJECTED UNKNOWN_ORDER, leaves 0 answers 6",
                            "alice 2 CANCEL_REJECTED NEW QUANTITY_NOT_ON_LOT, leaves 5 answers 7",
                            "bob 8 REJECTED REJECTED PRICE_NOT_ON_TICK, leaves 0 answers 8",
                            "bob 9 REJECTED REJECTED QUANTITY_NOT_ON_LOT, leaves 0 answers 9"),
                    reports.takeSummaries());
        }
    }

    @Test
    void backgroundTradesWithARestingOrder() {
        try (Exchange exchange = open(settings(2_000))) {
            run(exchange, SECOND_NANOS);
            long best = exchange.engine().book(1).side(Side.BUY).level(0).price();
            orders.order("alice", "a1", 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, best, 500 * OrderTape.UNIT);
            run(exchange, 5 * SECOND_NANOS);
            List<ReportLog.Line> lines = reports.take();
            List<ReportLog.Line> fills = lines.stream()
                    .filter(line -> line.execType() == ExecType.TRADE && !line.aggressor())
                    .toList();
            assertFalse(fills.isEmpty());
            assertEquals(0, fills.get(0).requestId());
            assertTrue(feed.readAll().tradeIds().contains(fills.get(0).tradeId()));
            long traded = lines.stream().mapToLong(ReportLog.Line::lastQuantity).sum();
            assertEquals(traded, lines.get(lines.size() - 1).cumulative());
        }
    }

    @Test
    void haltedSymbolRejectsUntilItOpens() {
        try (Exchange exchange = open(settings(0))) {
            exchange.changeStatus(2, TradingStatus.HALTED);
            exchange.doWork();
            orders.limit("alice", "", 2, Side.BUY, 40, 5);
            exchange.doWork();
            exchange.changeStatus(2, TradingStatus.OPEN);
            exchange.changeStatus(2, TradingStatus.OPEN);
            exchange.doWork();
            orders.limit("alice", "", 2, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 REJECTED REJECTED SYMBOL_NOT_OPEN, leaves 0 answers 1",
                            "alice 2 NEW NEW, leaves 5 answers 2"),
                    reports.takeSummaries());
            assertEquals(List.of("status", "status", "delta"), feed.readAll().namesAfter(2L * SYMBOLS));
            assertThrows(
                    IllegalArgumentException.class, () -> exchange.changeStatus(SYMBOLS + 1, TradingStatus.HALTED));
        }
    }

    @Test
    void heartbeatEachSecondOfSilence() {
        try (Exchange exchange = open(settings(0))) {
            run(exchange, 3 * SECOND_NANOS + MILLI_NANOS);
        }
        assertEquals(
                List.of("heartbeat", "heartbeat", "heartbeat"), feed.readAll().namesAfter(2L * SYMBOLS));
        UnsafeBuffer last = new UnsafeBuffer(feed.messages().get(2 * SYMBOLS + 2));
        assertEquals(START_NANOS + 3 * SECOND_NANOS, FeedHeader.publishTime(last, 0));
    }

    @Test
    void restartGoesOnAndCancelsWhatWasOpen() {
        try (Exchange exchange = open(settings(5_000))) {
            run(exchange, SECOND_NANOS);
            orders.limit("alice", "a1", 1, Side.BUY, 1, 5);
            orders.limit("bob", "b1", 1, Side.BUY, 1, 5);
            orders.cancel("bob", 2, "");
            orders.cancel("bob", 1, "");
            exchange.doWork();
        }
        long before = feed.readAll().messages().size();
        reports.take();
        orders.limit("alice", "a2", 1, Side.BUY, 1, 7);
        now += SECOND_NANOS;
        try (Exchange exchange = open(settings(5_000))) {
            exchange.doWork();
            List<String> after = reports.takeSummaries();
            assertEquals(
                    List.of(
                            "alice 1 CANCELED CANCELED EXCHANGE_RESTART, leaves 0",
                            "bob 0 RESTATED CANCELED, leaves 0",
                            "alice 0 RESTATED CANCELED, leaves 0",
                            "alice 5 NEW NEW, leaves 7 answers 5"),
                    after);
            assertEquals(
                    List.of("definition", "snapshot"),
                    feed.readAll().namesAfter(before).subList(0, 2));
            run(exchange, SECOND_NANOS);
            feed.readAll().assertEqualTo(exchange.engine(), 1);
        }
    }

    @Test
    void tradesThatTheFeedNoLongerKeepsAreNotPublishedAgain() {
        ExchangeSettings settings = settings(0)
                .withFeed(feedSettings().withRoll(RollInterval.SECONDLY).withRetainCycles(2));
        try (Exchange exchange = open(settings)) {
            orders.limit("alice", "", 1, Side.BUY, 40, 3);
            orders.limit("bob", "", 1, Side.SELL, 40, 1);
            exchange.doWork();
            for (int i = 0; i < 5; i++) {
                run(exchange, SECOND_NANOS);
                feed.readAll();
            }
        }
        try (JournalReader reader = JournalReader.open(data.resolve("feed"))) {
            assertTrue(reader.firstSeq() > 2L * SYMBOLS + 3, "the trade is still there");
        }
        long before = feed.messages().size();
        open(settings).close();
        assertFalse(feed.readAll().namesAfter(before).contains("trade"));
    }

    @Test
    void accountsThatWereIdleLongestAreForgotten() {
        int requests = ExecutionCheckpoint.MAX_IDLE_ACCOUNTS + 3;
        try (Exchange exchange = open(settings(0))) {
            orders.limit("alice", "", 1, Side.BUY, 40, 5);
            orders.limit("bob", "", 99, Side.BUY, 40, 5);
            for (int i = 3; i < requests; i++) {
                orders.limit("session-" + i, "", 99, Side.BUY, 40, 5);
            }
            orders.limit("carol", "", 99, Side.BUY, 40, 5);
            while (exchange.counters().clientRequests() < requests) {
                exchange.doWork();
            }
        }
        reports.take();
        try (Exchange exchange = open(settings(0))) {
            exchange.doWork();
            List<ReportLog.Line> restated = reports.take().stream()
                    .filter(line -> line.execType() == ExecType.RESTATED)
                    .toList();
            assertEquals(ExecutionCheckpoint.MAX_IDLE_ACCOUNTS, restated.size());
            assertEquals("session-5", restated.get(0).account());
            assertEquals("carol", restated.get(restated.size() - 2).account());
            assertEquals("alice", restated.get(restated.size() - 1).account());
            assertEquals(2, restated.get(restated.size() - 1).accountSeq());
        }
    }

    @Test
    void secondExchangeIsRefused() {
        try (Exchange exchange = open(settings(0))) {
            exchange.doWork();
            assertThrows(JournalLockedException.class, () -> open(settings(0)));
        }
    }

    @Test
    void symbolsKeepTheirIdsAndWhatIsTradedNoLongerIsClosed() {
        open(settings(0)).close();
        try (Exchange exchange = open(settings(10_000).withInstruments(Instruments.standard()))) {
            int standard = Instruments.standard().size();
            assertEquals(SYMBOLS + standard, exchange.counters().symbols());
            assertEquals(TradingStatus.CLOSED, exchange.engine().book(SYMBOLS).status());
            assertEquals(TradingStatus.OPEN, exchange.engine().book(SYMBOLS + 1).status());
            run(exchange, SECOND_NANOS);
            feed.readAll();
            assertEquals(0, feed.book(SYMBOLS).depth(Side.BUY));
            assertTrue(feed.book(SYMBOLS + 1).depth(Side.BUY) > 0);
        }
        try (Exchange exchange = open(settings(0))) {
            assertEquals(TradingStatus.OPEN, exchange.engine().book(SYMBOLS).status());
            assertEquals(
                    TradingStatus.CLOSED, exchange.engine().book(SYMBOLS + 1).status());
        }
        feed.readAll();
    }

    @Test
    void fullDiskStopsTheExchangeAndLosesNothing() {
        int[] refusals = {0};
        JournalSettings full = feedSettings().withMinFreeBytes(Long.MAX_VALUE / 2);
        assertThrows(
                ExchangeStoppedException.class,
                () -> Exchange.open(
                                settings(0).withFeed(full),
                                () -> now,
                                () -> {
                                    refusals[0]++;
                                    if (refusals[0] == 3) {
                                        throw new ExchangeStoppedException();
                                    }
                                },
                                sink -> sink)
                        .close());
        assertEquals(3, refusals[0]);
        orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
        try (Exchange exchange = open(settings(0))) {
            exchange.doWork();
            assertEquals(List.of("alice 1 NEW NEW, leaves 5 answers 1"), reports.takeSummaries());
            feed.readAll().assertEqualTo(exchange.engine(), 1);
        }
    }

    private ExchangeSettings settings(long eventsPerSecond) {
        return settings(data, eventsPerSecond);
    }

    private static ExchangeSettings settings(Path data, long eventsPerSecond) {
        return ExchangeSettings.of(data)
                .withSeed(42)
                .withEventsPerSecond(eventsPerSecond)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withFeed(JournalSettings.of(data.resolve("feed")).withMinFreeBytes(0))
                .withExecutions(JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0));
    }

    /** Lets that much time pass, in steps of at most ten milliseconds. */
    private void run(Exchange exchange, long nanos) {
        long end = now + nanos;
        while (now < end) {
            now = Math.min(end, now + 10 * MILLI_NANOS);
            while (exchange.doWork() > 0) {
                assertTrue(exchange.nextDueNanos() > 0);
            }
        }
    }

    private List<byte[]> feedOf(Path directory, long eventsPerSecond, long stepNanos) {
        now = START_NANOS;
        try (Exchange exchange =
                        Exchange.open(settings(directory, eventsPerSecond).withCheckpointInterval(700), () -> now);
                FeedFollower follower = new FeedFollower(directory.resolve("feed"))) {
            while (follower.messages().size() < 6_000) {
                now += stepNanos;
                exchange.doWork();
                follower.readAll();
            }
            return follower.messages();
        }
    }

    private static byte[] withoutTimes(byte[] message) {
        byte[] copy = message.clone();
        UnsafeBuffer buffer = new UnsafeBuffer(copy);
        FeedHeader.put(
                buffer,
                0,
                0,
                FeedHeader.seq(buffer, 0),
                FeedHeader.prevSeq(buffer, 0),
                FeedHeader.symbolId(buffer, 0),
                0);
        return copy;
    }
}
