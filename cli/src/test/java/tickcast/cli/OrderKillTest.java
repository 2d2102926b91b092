package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ServerMessage;

/**
 * Exchange or gateway is killed, or the line broken, at random points under order load: in the end each client has been told every report of its
 * account once and in order, no order was lost or done twice, and what it is told of orders and positions is what the
 * exchange has. With {@code -Dtickcast.kills=500} on the command line of Maven as often as one likes.
 */
final class OrderKillTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("tickcast.kills", 4);
    private static final int REQUESTS_OF_DESK = 150;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(Long.getLong("tickcast.seed", 20_260_301));
    private int port;
    private int started;
    private TickcastProcess exchange;
    private TickcastProcess gateway;

    @Test
    void everyClientKnowsInTheEndWhatTheExchangeKnows() throws Exception {
        port = freePort();
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
        try (var line = new BreakingLine(port);
                var first = new KilledDesk("first", line.port(), random.nextLong(), KilledDesk.PATIENT);
                var second = new KilledDesk("second", line.port(), random.nextLong(), KilledDesk.PATIENT);
                var third = new KilledDesk("third", line.port(), random.nextLong(), Duration.ofMillis(20))) {
            var desks = List.of(first, second, third);
            for (var desk : desks) {
                desk.connect();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                breakUnderLoad(desks, line, random.nextInt(5));
                for (var desk : desks) {
                    Await.until(LIMIT, desk::text, desk::settled);
                }
            }
            for (var desk : desks) {
                assertState(desk);
            }
            assertEquals(0, exchange.stop(), exchange.output());
            assertReports(desks);
            assertTrue(desks.stream().mapToInt(KilledDesk::repeated).sum() > 0, "no outcome was asked for twice");
            assertTrue(third.abandoned() > 0, "nothing was cancelled for a client that came back too late");
        }
        JournalAudit.of(data());
        assertEquals(0, gateway.stop(), gateway.output());
    }

    private void breakUnderLoad(List<KilledDesk> desks, BreakingLine line, int what) throws IOException {
        for (var desk : desks) {
            Await.until(LIMIT, () -> desk.account() + " is connected", desk::isConnected);
        }
        int answers = answered(desks);
        for (int i = 0; i < REQUESTS_OF_DESK; i++) {
            desks.forEach(KilledDesk::send);
        }
        int enough = answers + random.nextInt(desks.size() * REQUESTS_OF_DESK / 2);
        Await.until(
                LIMIT,
                () -> "enough answers: " + text(desks),
                () -> answered(desks) >= enough || desks.stream().noneMatch(KilledDesk::waits));
        switch (what) {
            case 0, 1 -> {
                exchange.kill();
                exchange = startExchange();
            }
            case 2, 3 -> {
                gateway.kill();
                gateway = startGateway();
            }
            default -> line.breakAll();
        }
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
        Await.until(LIMIT, () -> desk.account() + " was told all: " + desk.accountSeq(), () -> {
            long newest = desk.client().positions().join().accountSeq();
            return desk.accountSeq() == newest;
        });
        var open = new HashMap<Long, BigDecimal>();
        for (var order : desk.client().orders().join()) {
            open.put(order.orderId(), order.leavesQuantity());
        }
        assertEquals(desk.openLeaves(), open, desk.account());
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
            assertEquals(String.join("\n", told.reports.get(account)), String.join("\n", desk.reports()), account);
            assertEquals(told.openLeaves.get(account), desk.openLeaves(), account);
            Map<String, Set<Long>> accepted = told.accepted.get(account);
            accepted.forEach((id, orders) -> assertEquals(1, orders.size(), account + " " + id));
            desk.outcomes()
                    .forEach((id, outcome) -> assertEquals(
                            outcome.accepted() ? Set.of(outcome.ack().orderId()) : null,
                            accepted.get(id),
                            account + " " + id + " " + outcome));
        }
    }

    private TickcastProcess startExchange() throws IOException {
        return TickcastProcess.start(output("exchange"), "exchange", "--data", data().toString(), "--rate", "500")
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
