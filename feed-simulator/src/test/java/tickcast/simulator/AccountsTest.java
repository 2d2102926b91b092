package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickcast.journal.RollInterval;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** What an exchange owes accounts beyond matching: one outcome of a clientOrderId, days, sweeps, positions. */
class AccountsTest extends ExchangeJournals {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final TradingDays days = new TradingDays(LocalTime.of(17, 0), ZONE, 100, 10);
    private RollInterval roll = RollInterval.DAILY;
    private int retainCycles = 1_000;

    AccountsTest() {
        now = nanos("2026-03-02T16:00:00-05:00");
    }

    @Test
    void repeatedClientOrderIdReturnsTheOutcomeOfTheFirst() {
        try (Exchange exchange = open()) {
            orders.limit("alice", "open", 1, Side.BUY, 40, 5);
            orders.limit("alice", "refused", 99, Side.BUY, 40, 5);
            orders.limit("alice", "gone", 1, Side.BUY, 41, 5);
            orders.cancel("alice", 0, "gone");
            orders.limit("bob", "open", 1, Side.SELL, 40, 2);
            exchange.doWork();
            reports.take();
            for (String id : List.of("open", "refused", "gone")) {
                orders.limit("alice", id, 2, Side.SELL, 50, 1);
            }
            orders.limit("bob", "open", 1, Side.SELL, 40, 2);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 RESTATED PARTIALLY_FILLED, leaves 3 repeated for 6",
                            "alice 2 REJECTED REJECTED UNKNOWN_SYMBOL, leaves 0 repeated for 7",
                            "alice 3 RESTATED CANCELED CLIENT_REQUEST, leaves 0 repeated for 8",
                            "bob 5 RESTATED FILLED, leaves 0 repeated for 9"),
                    reports.takeSummaries());
            assertEquals(1, exchange.engine().restingOrders());
        }
    }

    @Test
    void outcomeIsRememberedOverRestartsAndCycles() {
        roll = RollInterval.MINUTELY;
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("bob", "", 1, Side.SELL, 40, 5);
            exchange.doWork();
            now += 2 * MINUTE_NANOS;
            exchange.doWork();
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
        }
        now += 2 * MINUTE_NANOS;
        open().close();
        now += 2 * MINUTE_NANOS;
        try (Exchange exchange = open()) {
            reports.take();
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 RESTATED FILLED, leaves 0 repeated for 4",
                            "alice 3 RESTATED CANCELED EXCHANGE_RESTART, leaves 0 repeated for 5"),
                    reports.takeSummaries());
        }
    }

    @Test
    void executionsOfTheDayAreKeptWhateverTheyAreAllowed() {
        roll = RollInterval.MINUTELY;
        retainCycles = 2;
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("bob", "", 1, Side.SELL, 40, 5);
            pass(exchange, 6);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
        }
        open().close();
        try (Exchange exchange = open()) {
            reports.take();
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 RESTATED FILLED, leaves 0 repeated for 4",
                            "alice 3 RESTATED CANCELED EXCHANGE_RESTART, leaves 0 repeated for 5"),
                    reports.takeSummaries());
            assertEquals(7, executionsFiles().size());
            now = nanos("2026-03-02T17:00:00-05:00");
            pass(exchange, 3);
        }
        assertEquals(5, executionsFiles().size(), "the file in which the new day began and four more");
    }

    @Test
    void dayThatIsNotWholeIsNotGoneOnWith() throws IOException {
        roll = RollInterval.MINUTELY;
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            pass(exchange, 3);
        }
        List<Path> files = executionsFiles();
        for (Path lost : files.subList(0, files.size() - 1)) {
            Path aside = data.resolve(lost.getFileName());
            Files.move(lost, aside);
            String told =
                    assertThrows(LostExecutionsException.class, this::open).getMessage();
            assertTrue(told.contains("2026-03-02") && told.contains("are missing"), told);
            Files.move(aside, lost);
        }
        Files.delete(files.get(0));
        now = nanos("2026-03-02T17:00:00-05:00");
        open().close();
    }

    @Test
    void ordersAreNotCarriedOutAgainWhenTheExecutionsAreGone() throws IOException {
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            exchange.doWork();
        }
        for (Path file : executionsFiles()) {
            Files.delete(file);
        }
        String told = assertThrows(LostExecutionsException.class, this::open).getMessage();
        assertTrue(told.contains("are gone"), told);
    }

    @Test
    void dayOrdersExpireAndClientOrderIdsMayBeUsedAgain() {
        try (Exchange exchange = open()) {
            assertEquals(List.of("day 2026-03-02 from 1"), others());
            orders.limit("alice", "stays", 1, Side.BUY, 40, 5);
            for (int symbolId = 2; symbolId > 0; symbolId--) {
                orders.order(
                        "alice",
                        "day" + symbolId,
                        symbolId,
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.DAY,
                        40 * OrderTape.UNIT,
                        5 * OrderTape.UNIT);
            }
            exchange.doWork();
            now = nanos("2026-03-02T16:59:59.999-05:00");
            exchange.doWork();
            reports.take();
            now = nanos("2026-03-02T17:00:00-05:00");
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 3 EXPIRED EXPIRED DAY_ENDED, leaves 0",
                            "alice 2 EXPIRED EXPIRED DAY_ENDED, leaves 0",
                            "alice 1 RESTATED NEW, leaves 5"),
                    reports.takeSummaries());
            assertEquals(List.of("day 2026-03-03 from 7"), reports.takeOthers());
            feed.readAll().assertEqualTo(exchange.engine(), 1);
            feed.assertEqualTo(exchange.engine(), 2);
            orders.limit("alice", "day1", 1, Side.BUY, 40, 5);
            orders.limit("alice", "stays", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of("alice 4 NEW NEW, leaves 5 answers 4", "alice 1 RESTATED NEW, leaves 5 repeated for 5"),
                    reports.takeSummaries());
        }
    }

    @Test
    void dayThatEndedWhileTheExchangeWasDown() {
        try (Exchange exchange = open()) {
            orders.order(
                    "alice",
                    "a1",
                    1,
                    Side.BUY,
                    OrderType.LIMIT,
                    TimeInForce.DAY,
                    40 * OrderTape.UNIT,
                    5 * OrderTape.UNIT);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
        }
        now = nanos("2026-03-04T09:00:00-05:00");
        reports.take();
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 EXPIRED EXPIRED DAY_ENDED, leaves 0",
                            "alice 2 CANCELED CANCELED EXCHANGE_RESTART, leaves 0",
                            "alice 0 RESTATED CANCELED, leaves 0",
                            "alice 3 NEW NEW, leaves 5 answers 3"),
                    reports.takeSummaries());
            assertEquals(List.of("day 2026-03-02 from 1", "day 2026-03-04 from 6"), reports.takeOthers());
        }
    }

    @Test
    void clientOrderIdsBeyondTheBoundAreRefusedByName() {
        try (Exchange exchange = open()) {
            for (int i = 0; i < 11; i++) {
                orders.limit("alice", "a" + i, 1, Side.BUY, 40, 5);
            }
            orders.limit("alice", "a10", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a9", 1, Side.BUY, 40, 5);
            orders.limit("alice", "", 1, Side.BUY, 40, 5);
            orders.limit("bob", "a0", 1, Side.BUY, 40, 5);
            exchange.doWork();
            List<String> all = reports.takeSummaries();
            assertEquals(
                    List.of(
                            "alice 11 REJECTED REJECTED CLIENT_ORDER_ID_LIMIT, leaves 0 answers 11",
                            "alice 12 REJECTED REJECTED CLIENT_ORDER_ID_LIMIT, leaves 0 answers 12",
                            "alice 10 RESTATED NEW, leaves 5 repeated for 13",
                            "alice 14 NEW NEW, leaves 5 answers 14",
                            "bob 15 NEW NEW, leaves 5 answers 15"),
                    all.subList(10, all.size()));
        }
    }

    @Test
    void requestsThatComeTooLate() {
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.validUntil(now - 1);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            orders.cancel("alice", 1, "");
            orders.cancel("bob", 1, "");
            orders.replace("alice", 0, "a1", 41, 5);
            orders.validUntil(now);
            orders.replace("alice", 0, "a1", 41, 4);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 NEW NEW, leaves 5 answers 1",
                            "alice 2 REJECTED REJECTED TOO_LATE, leaves 0 answers 2",
                            "alice 2 REJECTED REJECTED TOO_LATE, leaves 0 repeated for 3",
                            "alice 1 CANCEL_REJECTED NEW TOO_LATE, leaves 5 answers 4",
                            "bob 1 CANCEL_REJECTED REJECTED UNKNOWN_ORDER, leaves 0 answers 5",
                            "alice 1 CANCEL_REJECTED NEW TOO_LATE, leaves 5 answers 6",
                            "alice 1 REPLACED NEW, leaves 4 answers 7"),
                    reports.takeSummaries());
        }
    }

    @Test
    void whatWasLateWhenItCameUsesNoClientOrderId() {
        try (Exchange exchange = open()) {
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.validUntil(1);
            orders.limit("alice", "a1", 1, Side.BUY, 40, 5);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            orders.validUntil(0);
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 1 NEW NEW, leaves 5 answers 1",
                            "alice 1 RESTATED NEW, leaves 5 repeated for 2",
                            "alice 3 REJECTED REJECTED TOO_LATE, leaves 0 answers 3",
                            "alice 4 NEW NEW, leaves 5 answers 4"),
                    reports.takeSummaries());
        }
        try (Exchange exchange = open()) {
            orders.limit("alice", "a2", 1, Side.BUY, 40, 5);
            exchange.doWork();
            assertEquals(
                    "alice 4 RESTATED CANCELED EXCHANGE_RESTART, leaves 0 repeated for 5",
                    reports.takeSummaries().stream()
                            .reduce((first, last) -> last)
                            .orElseThrow());
        }
    }

    @Test
    void massCancelTakesWhatMatches() {
        try (Exchange exchange = open()) {
            others();
            orders.session(1);
            orders.limit("alice", "", 2, Side.BUY, 40, 5);
            orders.limit("alice", "", 1, Side.SELL, 50, 5);
            orders.session(2);
            orders.limit("alice", "", 1, Side.BUY, 40, 5);
            orders.limit("alice", "", 1, Side.BUY, 39, 5);
            orders.limit("bob", "", 1, Side.BUY, 40, 5);
            exchange.doWork();
            reports.take();
            orders.massCancel("alice", 0, null, Reason.SESSION_DISCONNECTED, 1);
            orders.massCancel("alice", 1, Side.SELL, Reason.NONE, 0);
            orders.massCancel("alice", 0, Side.BUY, Reason.NONE, 0);
            orders.massCancel("nobody", 0, null, Reason.NONE, 0);
            exchange.doWork();
            assertEquals(
                    List.of(
                            "alice 2 CANCELED CANCELED SESSION_DISCONNECTED, leaves 0",
                            "alice 1 CANCELED CANCELED SESSION_DISCONNECTED, leaves 0",
                            "alice 3 CANCELED CANCELED CLIENT_REQUEST, leaves 0",
                            "alice 4 CANCELED CANCELED CLIENT_REQUEST, leaves 0"),
                    reports.takeSummaries());
            assertEquals(
                    List.of(
                            "cancelled 2 of alice for 6",
                            "cancelled 0 of alice for 7",
                            "cancelled 2 of alice for 8",
                            "cancelled 0 of nobody for 9"),
                    reports.takeOthers());
            feed.readAll().assertEqualTo(exchange.engine(), 1);
            feed.assertEqualTo(exchange.engine(), 2);
        }
    }

    @Test
    void massCancelThatDiesInTheMiddleIsDoneByTheNextStart() {
        int count = ExecutionPublisher.MAX_REPORTS * 2 + 5;
        // Of the mass cancel, one document, its delta, and one more document are written.
        var journals = new CrashingJournals(Integer.MAX_VALUE);
        try (Exchange exchange = Exchange.open(settings(), () -> now, () -> {}, journals)) {
            for (int i = 0; i < count; i++) {
                orders.limit("alice", "", 1, Side.BUY, 40 + i % 7, 5);
            }
            while (exchange.counters().clientRequests() < count) {
                exchange.doWork();
            }
            reports.take();
            reports.takeOthers();
            orders.massCancel("alice", 0, null, Reason.NONE, 0);
            journals.appendsLeft(3);
            exchange.doWork();
        } catch (CrashingJournals.Crash e) {
            assertEquals(0, journals.appendsLeft());
        }
        assertEquals(2 * ExecutionPublisher.MAX_REPORTS, reports.take().size());
        try (Exchange exchange = open()) {
            exchange.doWork();
            List<ReportLog.Line> lines = reports.take();
            assertEquals(
                    5,
                    lines.stream()
                            .filter(line -> line.reason() == Reason.EXCHANGE_RESTART)
                            .count());
            assertTrue(reports.takeOthers().contains("cancelled 0 of alice for " + (count + 1)));
        }
    }

    @Test
    void selfTradePreventionOfTheIncomingOrder() {
        var seen = new ArrayList<String>();
        try (Exchange exchange = open()) {
            for (var mode : List.of(
                    SelfTradePrevention.CANCEL_NEWEST,
                    SelfTradePrevention.CANCEL_OLDEST,
                    SelfTradePrevention.CANCEL_BOTH,
                    SelfTradePrevention.NONE)) {
                orders.preventSelfTrade(SelfTradePrevention.CANCEL_NEWEST);
                orders.limit("alice", "", 1, Side.SELL, 40, 2);
                orders.limit("bob", "", 1, Side.SELL, 40, 3);
                exchange.doWork();
                reports.take();
                orders.preventSelfTrade(mode);
                orders.limit("alice", "", 1, Side.BUY, 40, 4);
                exchange.doWork();
                reports.take().stream()
                        .map(line -> line.account() + " " + line.execType() + " " + line.lastQuantity() + " leaves "
                                + line.leaves())
                        .forEach(seen::add);
                seen.add("");
                orders.massCancel("alice", 0, null, Reason.NONE, 0);
                orders.massCancel("bob", 0, null, Reason.NONE, 0);
                exchange.doWork();
                feed.readAll().assertEqualTo(exchange.engine(), 1);
            }
        }
        assertEquals(
                List.of(
                        "alice NEW 0 leaves 4",
                        "alice CANCELED 0 leaves 0",
                        "",
                        "alice NEW 0 leaves 4",
                        "alice CANCELED 0 leaves 0",
                        "alice TRADE 3 leaves 1",
                        "bob TRADE 3 leaves 0",
                        "",
                        "alice NEW 0 leaves 4",
                        "alice CANCELED 0 leaves 0",
                        "alice CANCELED 0 leaves 0",
                        "",
                        "alice NEW 0 leaves 4",
                        "alice TRADE 2 leaves 2",
                        "alice TRADE 2 leaves 0",
                        "alice TRADE 2 leaves 0",
                        "bob TRADE 2 leaves 1",
                        ""),
                seen);
    }

    @Test
    void positionsOutliveRestartsAndCycles() {
        roll = RollInterval.MINUTELY;
        try (Exchange exchange = open()) {
            orders.limit("alice", "", 1, Side.BUY, 40, 5);
            orders.limit("bob", "", 1, Side.SELL, 40, 3);
            exchange.doWork();
            now += 2 * MINUTE_NANOS;
            exchange.doWork();
            orders.limit("bob", "", 1, Side.SELL, 40, 1);
            exchange.doWork();
        }
        now += 2 * MINUTE_NANOS;
        try (Exchange exchange = open()) {
            reports.take();
            assertEquals(4 * Decimal8.ONE, reports.positions().find("alice", 1).netQuantity());
            assertEquals(-4 * Decimal8.ONE, reports.positions().find("bob", 1).netQuantity());
            orders.limit("carol", "", 1, Side.BUY, 39, 4);
            orders.limit("alice", "", 1, Side.SELL, 39, 4);
            exchange.doWork();
            now += 2 * MINUTE_NANOS;
            exchange.doWork();
            assertTrue(reports.take().stream().anyMatch(line -> line.execType() == ExecType.RESTATED));
            assertEquals(
                    "-4",
                    Decimal16.toBigDecimal(reports.positions().find("alice", 1).realisedProfit())
                            .toPlainString());
        }
    }

    /** So many minutes, each with its cycle. */
    private void pass(Exchange exchange, int minutes) {
        exchange.doWork();
        for (int i = 0; i < minutes; i++) {
            now += MINUTE_NANOS;
            exchange.doWork();
            reports.take();
        }
    }

    /** Oldest first. */
    private List<Path> executionsFiles() {
        try (var files = Files.list(data.resolve("executions"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> others() {
        reports.take();
        return reports.takeOthers();
    }

    private Exchange open() {
        return open(settings());
    }

    private ExchangeSettings settings() {
        return ExchangeSettings.of(data)
                .withEventsPerSecond(0)
                .withInstruments(Instruments.numbered(2))
                .withTradingDays(days)
                .withFeed(feedSettings().withRoll(roll))
                .withExecutions(
                        executionSettings().withRetainCycles(retainCycles).withRoll(roll));
    }

    private static long nanos(String time) {
        var instant = OffsetDateTime.parse(time).toInstant();
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
