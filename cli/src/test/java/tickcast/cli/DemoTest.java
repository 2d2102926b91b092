package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DemoTest {
    @TempDir
    private static Path data;

    private static RunningServer demo;

    @BeforeAll
    static void start() {
        demo = RunningServer.start("demo", "--port", "0", "--data", data.toString(), "--rate", "500");
    }

    @AfterAll
    static void stop() {
        assertEquals(ExitStatus.OK, demo.stop(), demo.err());
        assertTrue(demo.out().contains("feed.published-flushed"), demo.out());
        var report = CommandRun.of("report", data.resolve("latency/demo.hlog").toString());
        assertTrue(report.out().contains("order.received-sent"), report.out());
        assertTrue(report.out().contains("command: tickcast demo"), report.out());
    }

    @Test
    void symbols() {
        var run = client("symbols");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(11, run.out().lines().count(), run.out());
        assertTrue(run.out().contains("BTC/USD"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbe", "json"})
    void subscribeAndVerify(String encoding) {
        var run = client("subscribe", "*", "--encoding", encoding, "--verify", "--count", "200");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(200, run.out().lines().count());
        assertTrue(run.err().contains("verify: right"), run.err());
        assertTrue(run.err().contains("10 symbols, 0 gaps, 0 checksum mismatches"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbe", "json"})
    void subscribeFromThePast(String encoding) {
        var part =
                client("subscribe", "AAPL", "BTC/USD", "--encoding", encoding, "--verify", "--from", "1", "--to", "30");
        assertEquals(ExitStatus.OK, part.status(), part.err());
        assertTrue(part.err().contains("replay: The replay has sent everything up to its end"), part.err());
        assertTrue(part.err().contains("verify: right"), part.err());
        var live = client("subscribe", "*", "--encoding", encoding, "--verify", "--from", "1", "--count", "200");
        assertEquals(ExitStatus.OK, live.status(), live.err());
        assertTrue(live.err().contains("0 gaps, 0 checksum mismatches"), live.err());
        var never = client("subscribe", "AAPL", "--from", "1", "--to", "1000000000");
        assertEquals(ExitStatus.FAILED, never.status(), never.err());
        assertTrue(never.err().contains("The feed has not come so far"), never.err());
    }

    @Test
    void subscribeCompact() {
        var run = client("subscribe", "*", "--encoding", "v1", "--count", "100");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(100, run.out().lines().count());
        assertTrue(run.out().contains("book   bid "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "sbe", "json"})
    void subscribeAsJsonLines(String encoding) {
        var run = client("subscribe", "AAPL", "--encoding", encoding, "--format", "json", "--count", "10");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(
                10,
                run.out().lines().filter(line -> line.startsWith("{\"type\":")).count(),
                run.out());
    }

    @Test
    void subscribeRaw() {
        var run = client("subscribe", "AAPL", "--format", "raw", "--count", "4");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().startsWith("{\"type\":\"welcome\""), run.out());
        assertTrue(run.out().lines().toList().get(3).matches("[0-9a-f]+"), run.out());
    }

    @Test
    void unknownSymbol() {
        var run = client("subscribe", "NOPE");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("NOPE"), run.err());
    }

    @Test
    void orderRestsAndIsCancelled() {
        var placed = client("order", "buy", "AAPL", "3", "@", "0.01", "--wait", "0s");
        assertEquals(ExitStatus.OK, placed.status(), placed.err());
        var orderId = Pattern.compile("ack   order (\\d+)").matcher(placed.out());
        assertTrue(orderId.find(), placed.out());
        var canceled = client("cancel", orderId.group(1), "--wait", "30s");
        assertEquals(ExitStatus.OK, canceled.status(), canceled.err());
        assertTrue(canceled.out().contains("canceled order " + orderId.group(1)), canceled.out());
        var again = client("cancel", orderId.group(1));
        assertEquals(ExitStatus.FAILED, again.status());
        assertTrue(again.out().contains("nack  UNKNOWN_ORDER"), again.out());
    }

    @Test
    void orderIsNamedByTheClient() {
        var placed = client("order", "sell", "MSFT", "1", "@9999", "--client-order-id", "far", "--wait", "0s");
        assertTrue(placed.out().contains("(far)"), placed.out());
        var canceled = client("cancel", "--client-order-id", "far", "--wait", "30s");
        assertTrue(canceled.out().contains("canceled"), canceled.out() + canceled.err());
    }

    @Test
    void ordersAndTheirHistory() {
        var placed = client("order", "buy", "MSFT", "2", "@0.01", "--client-order-id", "low", "--wait", "0s");
        assertEquals(ExitStatus.OK, placed.status(), placed.err());
        for (String[] open : new String[][] {{"orders"}, {"orders", "--symbol", "MSFT"}}) {
            var run = client(open);
            assertTrue(run.out().lines().anyMatch(line -> line.contains("MSFT") && line.endsWith(" low")), run.out());
        }
        assertFalse(client("orders", "--symbol", "AAPL").out().contains("MSFT"));
        client("cancel", "--client-order-id", "low", "--wait", "30s");
        var history = client("orders", "--client-order-id", "low");
        assertEquals(ExitStatus.OK, history.status(), history.err());
        var lines = history.out().lines().toList();
        assertTrue(lines.get(1).contains("canceled"), history.out());
        assertTrue(lines.get(3).startsWith("new   order"), history.out());
        assertTrue(lines.get(4).startsWith("canceled order"), history.out());
        var never = client("orders", "--client-order-id", "never");
        assertEquals(ExitStatus.FAILED, never.status());
        assertTrue(never.err().contains("UNKNOWN_ORDER"), never.err());
    }

    @Test
    void positionsAndAccount() {
        var bought = client("order", "buy", "AAPL", "1", "--account", "holder", "--wait", "30s");
        assertTrue(bought.out().contains("filled"), bought.out() + bought.err());
        var positions = client("positions", "--account", "holder");
        assertEquals(ExitStatus.OK, positions.status(), positions.err());
        assertTrue(
                positions.out().lines().anyMatch(line -> line.matches("AAPL +1 +[0-9.]+ +[0-9.]+ +0 +[-0-9.]+")),
                positions.out());
        var account = client("account", "--account", "holder");
        assertEquals(ExitStatus.OK, account.status(), account.err());
        assertTrue(account.out().startsWith("account          holder"), account.out());
        assertTrue(account.out().contains("open orders      0"), account.out());
        assertTrue(account.out().contains("trading day      2"), account.out());
    }

    @Test
    void aRepeatedOrderIsAnsweredWithTheFirst() {
        String[] order = {"order", "sell", "MSFT", "1", "@9999", "--client-order-id", "twice", "--wait", "0s"};
        var first = client(order);
        assertTrue(first.out().startsWith("ack   order "), first.out() + first.err());
        assertEquals(first.out().strip() + "  duplicate", client(order).out().strip());
        client("cancel", "--client-order-id", "twice", "--wait", "30s");
        var after = client(order).out();
        assertTrue(after.contains("canceled") && after.contains("duplicate"), after);
    }

    @Test
    void ordersAreCheckedAndNotPlaced() {
        var right = client("order", "buy", "AAPL", "1", "@", "0.01", "--validate", "--recv-window", "60s");
        assertEquals("ack   checked, not placed", right.out().strip(), right.err());
        var wrong = client("order", "buy", "AAPL", "1", "@", "0.001", "--validate");
        assertTrue(wrong.out().startsWith("nack  PRICE_NOT_ON_TICK"), wrong.out());
    }

    @Test
    void anOrderMayEndWithTheCommand() {
        String[] options = {"--tif", "DAY", "--cancel-on-exit", "--account", "leaving", "--client-order-id", "x"};
        var placed = client(and(options, "order", "buy", "AAPL", "3", "@", "0.01", "--wait", "0s"));
        assertTrue(placed.out().startsWith("ack   order "), placed.out() + placed.err());
        Await.until(
                Duration.ofSeconds(30),
                () -> "the order is cancelled",
                () -> client(and(options, "order", "buy", "AAPL", "3", "@", "0.01", "--wait", "0s"))
                        .out()
                        .contains("canceled  duplicate"));
    }

    @Test
    void allOrdersAreCancelled() {
        String[] options = {"--account", "many"};
        for (String side : new String[] {"buy", "buy", "sell"}) {
            String price = side.equals("buy") ? "0.01" : "9999";
            var placed = client(and(options, "order", side, "AAPL", "1", "@", price, "--wait", "0s"));
            assertEquals(ExitStatus.OK, placed.status(), placed.out() + placed.err());
        }
        var buys = client(and(options, "cancel", "--all", "--symbol", "AAPL", "--side", "buy"));
        assertEquals("ack   2 orders cancelled", buys.out().strip(), buys.err());
        assertEquals(
                "ack   1 order cancelled",
                client(and(options, "cancel", "--all")).out().strip());
    }

    @Test
    void refusedOrder() {
        var run = client("order", "buy", "AAPL", "1", "@", "0.001");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.out().startsWith("nack  "), run.out());
    }

    @Test
    void benchMeasuresAndChecks() {
        var run = client(
                "bench",
                "--subscribers",
                "3",
                "--symbols",
                "5",
                "--orders",
                "50",
                "--warmup",
                "200ms",
                "--duration",
                "2s",
                "--format",
                "json");
        // A machine that stalls cannot keep the plan; nothing may be lost or refused there either.
        assertTrue(
                run.status() == ExitStatus.OK
                        || run.out()
                                .matches("(?s).*\"failures\" : \\[ \"\\d+ of \\d+ orders were not sent in time\" ].*"),
                run.out() + run.err());
        assertTrue(run.out().contains("\"client.published-received\""), run.out());
        assertTrue(run.out().contains("\"client.order-acknowledged\""), run.out());
        assertTrue(run.out().contains("\"hiccup\""), run.out());
    }

    @Test
    void portThatIsTaken(@TempDir Path other) {
        String port = demo.url().replaceAll(".*:(\\d+)/ws", "$1");
        var run = CommandRun.of("gateway", "--port", port, "--data", other.toString());
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("Cannot listen on 127.0.0.1:" + port), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange", "gateway --port 0", "demo --port 0"})
    void dataOfAnotherServer(String command) {
        var run = CommandRun.of((command + " --data " + data).split(" "));
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("Another server is running"), run.err());
        assertTrue(run.err().contains("process"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void inspectWhileItRuns() {
        var run = CommandRun.of("inspect", "--data", data.toString(), "--from", "1", "--to", "40");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(40, run.out().lines().count());
    }

    private static String[] and(String[] options, String... args) {
        return Stream.concat(Stream.of(args), Stream.of(options)).toArray(String[]::new);
    }

    private static CommandRun client(String... args) {
        var all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--url";
        all[args.length + 1] = demo.url();
        return CommandRun.of(all);
    }
}
