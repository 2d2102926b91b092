package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalSettings;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.Side;

/** An exchange that dies before, or right after, any of its appends, and then starts again. */
class CrashRecoveryTest {
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final int SYMBOLS = 2;

    @TempDir
    private Path data;

    private long now = START_NANOS;

    @Test
    void everyRequestExactlyOnceWhereverItDies() {
        int crashes = 0;
        for (int survived = 0; crashes == survived; survived++) {
            Path directory = data.resolve("after" + survived);
            try (OrderTape orders = new OrderTape(directory.resolve("orders"))) {
                writeRequests(orders);
            }
            boolean crashed = run(directory, survived);
            crashes += crashed ? 1 : 0;
            if (crashed) {
                // And dies again early in its recovery, which must not matter either.
                run(directory, survived % 7);
                run(directory, Integer.MAX_VALUE);
            }
            check(directory);
        }
        assertTrue(crashes > 25, "only " + crashes + " places to die");
    }

    @Test
    void reportedTradesBecomePublicBesideThoseOfTheBackground() {
        for (int survived = 1_500; survived < 2_500; survived += 31) {
            Path directory = data.resolve("after" + survived);
            try (OrderTape orders = new OrderTape(directory.resolve("orders"))) {
                sweepAgainAndAgain(directory, orders, survived);
                for (int again = 3; again < 50; again += 23) {
                    sweepAgainAndAgain(directory, orders, again);
                }
                sweepAgainAndAgain(directory, orders, 4_000);
            }
            try (FeedFollower feed = new FeedFollower(directory.resolve("feed"));
                    ReportLog reports = new ReportLog(directory.resolve("executions"))) {
                feed.readAll();
                List<Long> reported = reports.take().stream()
                        .filter(line -> line.execType() == ExecType.TRADE)
                        .map(ReportLog.Line::tradeId)
                        .toList();
                assertTrue(reported.size() > 100);
                assertTrue(feed.tradeIds().containsAll(reported), "a trade was never published in " + directory);
            }
        }
    }

    /** Orders that trade with much of the book, while the background goes on, until the exchange dies. */
    private void sweepAgainAndAgain(Path directory, OrderTape orders, int appends) {
        now += 1_000_000;
        ExchangeSettings settings =
                settings(directory).withEventsPerSecond(100_000).withCheckpointInterval(500);
        CrashingJournals journals = new CrashingJournals(appends);
        try (Exchange exchange = Exchange.open(settings, () -> now, () -> {}, journals)) {
            while (true) {
                orders.limit("taker", "", 1, Side.BUY, 60, 300);
                orders.limit("taker", "", 1, Side.SELL, 40, 300);
                exchange.doWork();
                now += 2_000_000;
            }
        } catch (CrashingJournals.Crash e) {
            assertEquals(0, journals.appendsLeft());
        }
    }

    /** Makers rest on both sides; then one order trades with several of them, one is replaced, one cancelled. */
    private static void writeRequests(OrderTape orders) {
        for (int i = 0; i < 5; i++) {
            orders.limit("maker" + i % 2, "m" + i, 1, Side.SELL, 100 + i / 2, 10);
        }
        orders.limit("taker", "t1", 1, Side.BUY, 101, 35);
        orders.replace("maker0", 0, "m4", 103, 4);
        orders.limit("taker", "t2", 1, Side.BUY, 103, 20);
        orders.cancel("taker", 0, "t2");
        orders.cancel("maker1", 0, "nothing");
    }

    /** Runs until nothing is left to do or the exchange dies; whether it died. */
    private boolean run(Path directory, int appends) {
        now += 1_000_000;
        try (Exchange exchange =
                Exchange.open(settings(directory), () -> now, () -> {}, new CrashingJournals(appends))) {
            while (exchange.doWork() > 0) {
                now += 1;
            }
            return false;
        } catch (CrashingJournals.Crash e) {
            return true;
        }
    }

    private static void check(Path directory) {
        try (FeedFollower feed = new FeedFollower(directory.resolve("feed"));
                ReportLog reports = new ReportLog(directory.resolve("executions"))) {
            feed.readAll();
            List<ReportLog.Line> lines = reports.take();
            Map<Long, Integer> answers = new HashMap<>();
            Set<Long> tradeIds = new HashSet<>();
            Set<Long> open = new HashSet<>();
            for (ReportLog.Line line : lines) {
                if (line.requestId() != 0) {
                    answers.merge(line.requestId(), 1, Integer::sum);
                }
                if (line.execType() == ExecType.TRADE) {
                    tradeIds.add(line.tradeId());
                }
                if (line.execType() == ExecType.NEW) {
                    open.add(line.orderId());
                } else if (line.leaves() == 0) {
                    open.remove(line.orderId());
                }
            }
            for (long requestId = 1; requestId <= 10; requestId++) {
                assertEquals(1, answers.get(requestId), "answers to request " + requestId + " in " + directory);
            }
            assertEquals(tradeIds, feed.tradeIds(), "reported and public trades in " + directory);
        }
    }

    private static ExchangeSettings settings(Path data) {
        return ExchangeSettings.of(data)
                .withEventsPerSecond(0)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withFeed(JournalSettings.of(data.resolve("feed")).withMinFreeBytes(0))
                .withExecutions(JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0));
    }
}
