package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.RequestRefusedException;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ServerMessage;

/**
 * Exchange or gateway is killed, or the line broken, at random points under order load, and every second time the trading day
 * ends among the requests, just before that, or before what was killed is back: in the end each client has been told every report of its
 * account once and in order, no order was lost or done twice, and what it is told of orders and positions is what the
 * exchange has. With {@code -Dtickcast.kills=500} on the command line of Maven as often as one likes.
 */
final class OrderKillTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("tickcast.kills", 4);
    private static final int REQUESTS_OF_DESK = 150;
    private static final int NAMES = 12;
    private static final long MOST_NANOS_TO_BREAK = 4_000_000;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(Long.getLong("tickcast.seed", 20_260_301));
    private int port;
    private int started;
    private MovableDays days;
    private TickcastProcess exchange;
    private TickcastProcess gateway;

    /** When the trading day ends. */
    private enum DayEnd {
        NOT,
        AMONG_REQUESTS,
        AT_THE_BREAK,
        WHILE_BROKEN
    }

    @Test
    void everyClientKnowsInTheEndWhatTheExchangeKnows() throws Exception {
        port = freePort();
        days = MovableDays.open(directory.resolve("days"));
        // Behind the gateway's clock in one half of the run, and before it in the other.
        days.move(-KILLS / 4);
        try {
            exchange = startExchange();
            gateway = startGateway();
            run();
        } finally {
            exchange.close();
            gateway.close();
        }
    }

    private void run() throws Exception {
        try (var ledger = new DayLedger(data().resolve("executions"));
                var line = new BreakingLine(port);
                var first = new KilledDesk("first", line.port(), random.nextLong(), KilledDesk.PATIENT);
                var second = new KilledDesk("second", line.port(), random.nextLong(), KilledDesk.PATIENT);
                var third = new KilledDesk("third", line.port(), random.nextLong(), Duration.ofMillis(20))) {
            var desks = List.of(first, second, third);
            for (var desk : desks) {
                desk.connect();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                var dayEnd = kill % 2 == 0 ? DayEnd.NOT : DayEnd.values()[1 + random.nextInt(3)];
                ledger.follow();
                desks.forEach(desk -> desk.placesOn(dayEnd == DayEnd.NOT ? ledger.day() : 0));
                breakUnderLoad(desks, line, random.nextInt(5), dayEnd);
                for (var desk : desks) {
                    Await.until(LIMIT, desk::text, desk::settled);
                }
                assertDay(ledger, desks);
            }
            for (var desk : desks) {
                assertState(desk);
            }
            assertEquals(0, exchange.stop(), exchange.output());
            assertReports(desks);
            assertNames(ledger, desks);
            assertTrue(desks.stream().mapToInt(KilledDesk::repeated).sum() > 0, "no outcome was asked for twice");
            assertTrue(third.abandoned() > 0, "nothing was cancelled for a client that came back too late");
        }
        JournalAudit.of(data());
        assertEquals(0, gateway.stop(), gateway.output());
    }

    private void breakUnderLoad(List<KilledDesk> desks, BreakingLine line, int what, DayEnd dayEnd) throws IOException {
        for (var desk : desks) {
            Await.until(LIMIT, () -> desk.account() + " is connected", desk::isConnected);
        }
        int answers = answered(desks);
        int last = dayEnd == DayEnd.AMONG_REQUESTS ? random.nextInt(REQUESTS_OF_DESK) : REQUESTS_OF_DESK;
        for (int i = 0; i < REQUESTS_OF_DESK; i++) {
            if (i == last) {
                endDay(desks);
            }
            desks.forEach(KilledDesk::send);
        }
        int enough = answers + random.nextInt(desks.size() * REQUESTS_OF_DESK / 2);
        Await.until(
                LIMIT,
                () -> "enough answers: " + text(desks),
                () -> answered(desks) >= enough || desks.stream().noneMatch(KilledDesk::waits));
        if (dayEnd == DayEnd.AT_THE_BREAK) {
            endDay(desks);
            LockSupport.parkNanos(random.nextLong(MOST_NANOS_TO_BREAK));
        }
        switch (what) {
            case 0, 1 -> exchange.kill();
            case 2, 3 -> gateway.kill();
            default -> line.breakAll();
        }
        if (dayEnd == DayEnd.WHILE_BROKEN) {
            endDay(desks);
        }
        if (what < 2) {
            exchange = startExchange();
        } else if (what < 4) {
            gateway = startGateway();
        }
    }

    private void endDay(List<KilledDesk> desks) {
        days.move(1);
        desks.forEach(KilledDesk::dayEnds);
    }

    /** The trading day is that of the exchange's clock, and each name is that of the order that has it now, or free. */
    private void assertDay(DayLedger ledger, List<KilledDesk> desks) {
        long day = TimeUnit.NANOSECONDS.toDays(days.getAsLong());
        for (var desk : desks) {
            Await.until(LIMIT, () -> desk.account() + " is connected", desk::isConnected);
            Await.until(
                    LIMIT,
                    () -> "day " + day + " for " + desk.account(),
                    () -> LocalDate.ofEpochDay(day)
                            .toString()
                            .equals(desk.client().account().join().tradingDay()));
            ledger.follow();
            for (int i = 0; i < NAMES; i++) {
                String name = desk.someName();
                var order = ledger.order(desk.account(), name);
                assertEquals(order == null ? "UNKNOWN_ORDER" : order.toString(), asked(desk, name), name);
            }
        }
        assertEquals(day, ledger.day());
    }

    /** The order of that name, or why there is none. */
    private static String asked(KilledDesk desk, String name) {
        try {
            var told = desk.client().order(name).join();
            var lines = told.history().stream().map(HeardReports::line).toList();
            long newest = told.history().get(told.history().size() - 1).accountSeq();
            Await.until(
                    LIMIT,
                    () -> desk.account() + " was told " + newest,
                    () -> desk.heard().accountSeq() >= newest);
            assertEquals(desk.heard().ofOrder(told.order().orderId(), newest), lines);
            return String.valueOf(told.order().orderId());
        } catch (CompletionException e) {
            return ((RequestRefusedException) e.getCause()).code();
        }
    }

    /** Each outcome is that of the order which has the name, and no other was accepted. */
    private static void assertNames(DayLedger ledger, List<KilledDesk> desks) {
        ledger.follow();
        for (var desk : desks) {
            desk.outcomes().forEach((placement, outcome) -> {
                var name = new DayLedger.Name(desk.account(), placement.clientOrderId());
                Long orderId = outcome.accepted()
                        ? outcome.ack().orderId()
                        : outcome.nack().orderId();
                var owner = orderId == null ? null : ledger.owner(orderId);
                String text = desk.account() + " " + placement + " " + outcome + " of " + owner;
                assertTrue(owner == null ? !outcome.accepted() : owner.name().equals(name), text);
                if (placement.day() != 0) {
                    var today = new DayLedger.Owner(name, placement.day());
                    assertTrue(!outcome.accepted() || outcome.duplicate() || owner.equals(today), text);
                    assertEquals(
                            outcome.accepted() && owner.equals(today) ? orderId : null, ledger.accepted(today), text);
                }
            });
        }
        assertEquals(KILLS / 2, ledger.daysEnded());
        assertTrue(ledger.expired() > 0, "no order has expired");
        assertTrue(ledger.usedAgain() > 0, "no name was used on another day");
    }

    private static String text(List<KilledDesk> desks) {
        return desks.stream().map(KilledDesk::text).toList().toString();
    }

    private static int answered(List<KilledDesk> desks) {
        return desks.stream().mapToInt(KilledDesk::answered).sum();
    }

    /** What the gateway says now is what the desk has been told, report by report. */
    private void assertState(KilledDesk desk) {
        Await.until(LIMIT, () -> desk.account() + " is connected", desk::isConnected);
        Await.until(
                LIMIT, () -> desk.account() + " was told all: " + desk.heard().accountSeq(), () -> {
                    long newest = desk.client().positions().join().accountSeq();
                    return desk.heard().accountSeq() == newest;
                });
        var open = new HashMap<Long, BigDecimal>();
        for (var order : desk.client().orders().join()) {
            open.put(order.orderId(), order.leavesQuantity());
        }
        assertEquals(desk.heard().openLeaves(), open, desk.account());
        assertPositions(desk, desk.client().positions().join());
    }

    private void assertPositions(KilledDesk desk, ServerMessage.PositionList told) {
        var book = ReportedAccounts.of(data().resolve("executions")).positions;
        assertEquals(book.of(desk.account()).size(), told.positions().size());
        for (var position : told.positions()) {
            var own = book.of(desk.account()).iterator().next();
            assertEquals(0, Decimal8.toBigDecimal(own.netQuantity()).compareTo(position.quantity()));
            assertEquals(0, Decimal16.toBigDecimal(own.realisedProfit()).compareTo(position.realisedProfit()));
        }
    }

    private void assertReports(List<KilledDesk> desks) {
        var told = ReportedAccounts.of(data().resolve("executions"));
        for (var desk : desks) {
            String account = desk.account();
            assertEquals(List.of(), desk.errors(), account);
            assertEquals(
                    String.join("\n", told.reports.get(account)),
                    String.join("\n", desk.heard().lines()),
                    account);
            assertEquals(told.openLeaves.get(account), desk.heard().openLeaves(), account);
        }
    }

    private TickcastProcess startExchange() throws IOException {
        return TickcastProcess.start(
                        output("exchange"),
                        DatedExchange.class,
                        data().toString(),
                        directory.resolve("days").toString(),
                        "500")
                .awaitOutput("exchange ready");
    }

    private TickcastProcess startGateway() throws IOException {
        return TickcastProcess.start(
                        output("gateway"), "gateway", "--data", data().toString(), "--port", String.valueOf(port))
                .awaitOutput("gateway ready");
    }

    private Path output(String name) {
        return directory.resolve(name + "-" + ++started + ".txt");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
