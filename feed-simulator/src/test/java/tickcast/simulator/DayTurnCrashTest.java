package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalSettings;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** An exchange that dies before any append of a trading day's end, and again when it starts. */
class DayTurnCrashTest {
    private static final int SYMBOLS = 3;
    private static final List<String> ACCOUNTS = List.of("alice", "bob");

    @TempDir
    private Path data;

    private long now;

    @Test
    void theDayEndsOnceWhereverItDies() {
        int crashes = 0;
        for (int survived = 0; crashes == survived; survived++) {
            now = TimeUnit.DAYS.toNanos(20_000);
            var directory = data.resolve("after" + survived);
            try (var orders = new OrderTape(directory.resolve("orders"));
                    var reports = new ReportLog(directory.resolve("executions"))) {
                place(orders, "old");
                boolean crashed = dieInTheTurn(directory, survived);
                crashes += crashed ? 1 : 0;
                if (crashed) {
                    run(directory, survived % 7);
                }
                place(orders, "old");
                run(directory, Integer.MAX_VALUE);
                run(directory, Integer.MAX_VALUE);
                String text = "after " + survived;
                check(reports, text);
                place(orders, "old");
                run(directory, Integer.MAX_VALUE);
                assertTrue(reports.take().stream().noneMatch(line -> line.execType() == ExecType.NEW), text);
            }
        }
        assertTrue(crashes > 10, "only " + crashes + " places to die");
    }

    /** Of each account and symbol a DAY order and one that stays; one of each account trades. */
    private static void place(OrderTape orders, String name) {
        for (String account : ACCOUNTS) {
            for (int symbolId = 1; symbolId <= SYMBOLS; symbolId++) {
                place(orders, account, name + "-day-" + symbolId, symbolId, 50, TimeInForce.DAY);
                place(orders, account, name + "-stays-" + symbolId, symbolId, 51, TimeInForce.GTC);
            }
        }
        place(orders, "alice", name + "-sold", 1, 200, TimeInForce.GTC);
        place(orders, "bob", name + "-bought", 1, 200, TimeInForce.IOC);
    }

    private static void place(
            OrderTape orders, String account, String name, int symbolId, long price, TimeInForce timeInForce) {
        var side = name.endsWith("sold") ? Side.SELL : Side.BUY;
        orders.order(
                account,
                name,
                symbolId,
                side,
                OrderType.LIMIT,
                timeInForce,
                price * OrderTape.UNIT,
                10 * OrderTape.UNIT);
    }

    /** The exchange takes what there is; then the day ends. Whether it died in that. */
    private boolean dieInTheTurn(Path directory, int appends) {
        var journals = new CrashingJournals(Integer.MAX_VALUE);
        try (var exchange = open(directory, journals)) {
            doAll(exchange);
            journals.appendsLeft(appends);
            now += TimeUnit.DAYS.toNanos(1);
            doAll(exchange);
            return false;
        } catch (CrashingJournals.Crash e) {
            return true;
        }
    }

    private void run(Path directory, int appends) {
        try (var exchange = open(directory, new CrashingJournals(appends))) {
            doAll(exchange);
        } catch (CrashingJournals.Crash e) {
            assertTrue(appends < Integer.MAX_VALUE);
        }
    }

    private Exchange open(Path directory, CrashingJournals journals) {
        return Exchange.open(settings(directory), () -> now, () -> {}, journals);
    }

    private void doAll(Exchange exchange) {
        while (exchange.doWork() > 0) {
            now++;
        }
    }

    /** The orders of the first day have ended as they should, and each name was used once more and no oftener. */
    private static void check(ReportLog reports, String text) {
        Map<String, Integer> placed = new HashMap<>();
        Map<Long, String> ends = new HashMap<>();
        for (var line : reports.take()) {
            String name = line.account() + " " + line.clientOrderId();
            if (line.execType() == ExecType.NEW) {
                placed.merge(name, 1, Integer::sum);
            } else if (line.leaves() == 0 && line.orderId() != 0 && !line.duplicate()) {
                assertEquals(null, ends.put(line.orderId(), line.execType() + " " + line.reason()), text);
            }
        }
        int orders = ACCOUNTS.size() * SYMBOLS * 2 + 2;
        assertEquals(orders, placed.size(), text);
        placed.forEach((name, times) ->
                assertTrue(times == 2 || name.contains("stays") && times == 1, () -> text + ": " + times + " " + name));
        for (long orderId = 1; orderId <= ACCOUNTS.size() * SYMBOLS * 2; orderId++) {
            String end = ends.get(orderId);
            boolean isDay = orderId % 2 == 1;
            assertEquals(isDay ? "EXPIRED DAY_ENDED" : "CANCELED EXCHANGE_RESTART", end, text + ": order " + orderId);
        }
        for (String account : ACCOUNTS) {
            long held = reports.positions().find(account, 1).netQuantity();
            assertEquals((account.equals("bob") ? 20 : -20) * OrderTape.UNIT, held, text);
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
