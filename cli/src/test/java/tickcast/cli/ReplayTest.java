package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.BookView;
import tickcast.client.ClientListener;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;

/** Recordings through all of it: replayed into a data directory, served by a gateway, followed and traded by clients. */
@Timeout(180)
class ReplayTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What a client is told. */
    private static final class Heard implements ClientListener {
        final List<BinanceCapture.RecordedTrade> trades = new CopyOnWriteArrayList<>();
        final List<ServerMessage.ExecutionReport> reports = new CopyOnWriteArrayList<>();

        @Override
        public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
            trades.add(new BinanceCapture.RecordedTrade(aggressor, price, quantity));
        }

        @Override
        public void onExecutionReport(ServerMessage.ExecutionReport report) {
            reports.add(report);
        }
    }

    @TempDir
    private Path directory;

    private final Heard heard = new Heard();

    @Test
    void clientHearsAllThatWasRecorded() throws Exception {
        var capture = new BinanceCapture().open().random(17, 4_000);
        var file = capture.write(directory);
        try (var gateway = gatewayOfAFeed();
                var client = client(gateway.url())) {
            var run = CommandRun.of("replay", file.toString(), "--speed", "max", "--data", data());
            assertEquals(ExitStatus.OK, run.status(), run.err());
            assertBook(capture.book, client);
            assertEquals(capture.trades, heard.trades);
            assertEquals(0, client.counters().gaps() + client.counters().checksumMismatches());
            assertTrue(run.out().contains("replayed capture.txt"), run.out());
            assertTrue(run.out().contains("; " + capture.trades.size() + " trades"), run.out());
            assertFalse(run.out().contains("pacing"), run.out());
        }
    }

    @Test
    void allBeforeTheDamageIsHeard() throws Exception {
        var capture = new BinanceCapture().open().random(18, 500);
        capture.line("0 {\"e\":\"depthUpdate\",\"s\":\"TICKUSDT\",\"U\":");
        var file = capture.write(directory);
        try (var gateway = gatewayOfAFeed();
                var client = client(gateway.url())) {
            var run = CommandRun.of("replay", file.toString(), "--speed", "max", "--data", data());
            assertEquals(ExitStatus.FAILED, run.status());
            assertTrue(run.err().contains("tickcast: " + file + ", line 503"), run.err());
            assertBook(capture.book, client);
            assertEquals(capture.trades, heard.trades);
        }
    }

    @Test
    void onlyWhatLiesBetweenFromAndToIsHeard() throws Exception {
        var capture = new BinanceCapture().open().random(19, 1_000);
        var before = capture.trades.size();
        capture.at(Duration.ofMinutes(5)).random(20, 1_000);
        var expected = List.copyOf(capture.trades).subList(before, capture.trades.size());
        var book = levels(capture.book, Side.BUY);
        var file = capture.at(Duration.ofMinutes(10)).random(21, 1_000).write(directory);
        try (var gateway = gatewayOfAFeed();
                var client = client(gateway.url())) {
            var run = CommandRun.of(
                    "replay", file.toString(), "--speed", "max", "--data", data(), "--from", "09:35", "--to", "+6m");
            assertEquals(ExitStatus.OK, run.status(), run.err());
            await("the trades", () -> heard.trades.size() == expected.size());
            assertEquals(expected, heard.trades);
            await("the book", () -> view(client) != null && view(client).bids().equals(book));
            assertTrue(run.out().contains("2024-08-08 09:35:00.001000 to 2024-08-08 09:35:01.000000 (UTC)"), run.out());
        }
    }

    @Test
    void steeredByWhatIsTyped() throws Exception {
        var capture = new BinanceCapture().open();
        for (int minute = 1; minute <= 5; minute++) {
            capture.at(Duration.ofMinutes(minute)).trade(Side.BUY, 101 * Decimal8.ONE, minute * Decimal8.ONE);
        }
        var file = capture.write(directory);
        try (var demo = process("demo", "--port", "0", "--replay", file.toString())
                        .awaitOutput("type: pause (p), resume (r), step [N] (s), speed X, status, stop");
                var client = client(url(demo))) {
            await("the book", () -> view(client) != null && view(client).asks().size() == 1);
            demo.type("pause").awaitOutput("paused at 2024-08-08 09:30:00.000000");
            demo.type("step").awaitOutput("paused at 2024-08-08 09:31:00.000000");
            await("a trade", () -> heard.trades.size() == 1);
            demo.type("s 2").awaitOutput("paused at 2024-08-08 09:33:00.000000");
            await("two more", () -> heard.trades.size() == 3);
            demo.type("status").awaitOutput("paused at 2024-08-08 09:33:00  ");
            demo.type("speed max").awaitOutput("speed max, paused");
            demo.type("what").awaitOutput("'what' is unknown; there are: pause (p)");
            assertEquals(3, heard.trades.size());
            demo.type("resume").awaitOutput("replayed capture.txt");
            await("all trades", () -> heard.trades.equals(capture.trades));
            demo.type("p").awaitOutput("the recording has ended at 2024-08-08 09:35:00.000000");
            demo.type("stop");
            assertEquals(ExitStatus.OK, demo.awaitEnd(), demo.output());
            assertEquals(2, demo.output().split("replayed capture.txt", -1).length, demo.output());
        }
    }

    @Test
    void restingOrderIsFilledWhenTheRecordingTradesThroughIt() throws Exception {
        var file = new ItchMorning()
                .at("09:00")
                .directory()
                .at("09:30")
                .add(1, 'B', 100, 99_0000)
                .add(2, 'S', 100, 101_0000)
                .at("09:50")
                .executed(1, 30, 1)
                .write(directory);
        try (var demo = process("demo", "--port", "0", "--replay", file.toString(), "--speed", "0.5")
                        .awaitOutput("demo ready");
                var client = client(url(demo))) {
            await(
                    "the book",
                    () -> view(client, ItchMorning.STOCK) != null
                            && view(client, ItchMorning.STOCK).asks().size() == 1);
            var order = OrderRequest.limit(ItchMorning.STOCK, Side.BUY, 100 * Decimal8.ONE, 20 * Decimal8.ONE);
            assertTrue(client.placeOrder(order).join().accepted());
            await("both bids", () -> view(client, ItchMorning.STOCK).bids().size() == 2);
            demo.type("speed max").awaitOutput("replayed 01302019.NASDAQ_ITCH50");
            await(
                    "the fill",
                    () -> heard.reports.stream()
                            .anyMatch(report -> report.execType().equals("trade")));
            var fill = heard.reports.stream()
                    .filter(report -> report.execType().equals("trade"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(100, fill.lastPrice().intValueExact());
            assertEquals(20, fill.lastQuantity().intValueExact());
            await(
                    "the recorded bid alone",
                    () -> view(client, ItchMorning.STOCK)
                            .bids()
                            .equals(List.of(new BookView.PriceLevel(99 * Decimal8.ONE, 70 * Decimal8.ONE))));
            assertEquals(ExitStatus.OK, demo.stop(), demo.output());
        }
    }

    @Test
    void demoServesOnWhenItsRecordingIsDamaged() throws Exception {
        var capture = new BinanceCapture().open().random(22, 300).line("damage");
        try (var demo = RunningServer.start(
                "demo", "--port", "0", "--data", data(), "--replay", capture.write(directory) + "", "--speed", "max")) {
            await("the complaint", () -> demo.err().contains("capture.txt, line 303"));
            try (var client = client(demo.url())) {
                assertBook(capture.book, client);
            }
            assertEquals(ExitStatus.FAILED, demo.stop());
            assertEquals(
                    1,
                    demo.err()
                            .lines()
                            .filter(line -> line.startsWith("tickcast: "))
                            .count(),
                    demo.err());
        }
    }

    @Test
    void exchangeReplaysToo() throws Exception {
        var capture = new BinanceCapture().open().random(23, 300);
        try (var exchange = RunningServer.start(
                        "exchange", "--data", data(), "--replay", capture.write(directory) + "", "--speed", "max");
                var gateway = gateway();
                var client = client(gateway.url())) {
            await("the end", () -> exchange.out().contains("replayed capture.txt"));
            assertBook(capture.book, client);
            assertEquals(ExitStatus.OK, exchange.stop(), exchange.err());
        }
    }

    @Test
    void stoppedBeforeItsEnd() throws Exception {
        var file = new BinanceCapture()
                .open()
                .at(Duration.ofHours(1))
                .level(Side.BUY, Decimal8.ONE, Decimal8.ONE)
                .write(directory);
        try (var replay = process("replay", file.toString()).awaitOutput("replay ready: capture.txt")) {
            replay.type("status").awaitOutput("at 2024-08-08 09:30:00  1x");
            assertEquals(ExitStatus.OK, replay.stop(), replay.output());
            assertTrue(replay.output().contains("stopped there"), replay.output());
            assertTrue(replay.output().contains("pacing error p50"), replay.output());
        }
    }

    @Test
    void checkPublishesNothing() throws Exception {
        var file = new BinanceCapture().open().random(24, 3_000).write(directory);
        var run = CommandRun.of("replay", "--check", file.toString(), "--data", data());
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().startsWith("checked capture.txt"), run.out());
        assertTrue(
                Pattern.compile("3,00\\d records in .* records/s")
                        .matcher(run.out())
                        .find(),
                run.out());
        assertTrue(Pattern.compile("snapshot +1\n").matcher(run.out()).find(), run.out());
        assertFalse(Files.exists(Path.of(data())));
    }

    @Test
    void checkFindsDamage() throws Exception {
        var file = new BinanceCapture().open().random(25, 100).line("damage").write(directory);
        var run = CommandRun.of("replay", "--check", file.toString());
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().startsWith("tickcast: " + file + ", line 103: "), run.err());
        assertTrue(Pattern.compile("snapshot +1\n").matcher(run.out()).find(), run.out());
    }

    @Test
    void symbolThatIsNotThere() throws Exception {
        var file = new BinanceCapture().open().random(26, 10).write(directory);
        var run = CommandRun.of("replay", file.toString(), "--symbols", "OTHER", "--speed", "max", "--data", data());
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().endsWith("tickcast: The recording has no OTHER\n"), run.err());
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private RunningServer gateway() {
        return RunningServer.start("gateway", "--port", "0", "--data", data());
    }

    private TickcastProcess process(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data()));
        return TickcastProcess.start(directory.resolve("output.txt"), all.toArray(String[]::new));
    }

    /** Where the gateway of a process is. */
    private static String url(TickcastProcess demo) {
        var ready = Pattern.compile("demo ready: (\\S+)").matcher(demo.output());
        assertTrue(ready.find(), demo.output());
        return ready.group(1);
    }

    /** A gateway of a feed that a first replay has begun. */
    private RunningServer gatewayOfAFeed() throws IOException {
        var begun = new BinanceCapture().open().write(Files.createDirectories(directory.resolve("before")));
        assertEquals(
                ExitStatus.OK,
                CommandRun.of("replay", begun.toString(), "--speed", "max", "--data", data())
                        .status());
        return gateway();
    }

    /** Has subscribed all symbols, those of later too. */
    private TickcastClient client(String url) throws Exception {
        var client = TickcastClient.builder(URI.create(url))
                .subprotocol(Subprotocol.SBE)
                .listener(heard)
                .build();
        client.connect().get();
        client.subscribe("*").get();
        return client;
    }

    private static void assertBook(DepthBook expected, TickcastClient client) {
        var bids = levels(expected, Side.BUY);
        var asks = levels(expected, Side.SELL);
        await("the book " + bids + asks + view(client), () -> {
            var book = view(client);
            return book != null && book.bids().equals(bids) && book.asks().equals(asks);
        });
        assertTrue(view(client).verified());
    }

    private static List<BookView.PriceLevel> levels(DepthBook book, Side side) {
        var levels = new ArrayList<BookView.PriceLevel>();
        for (int rank = 0; rank < book.depth(side); rank++) {
            levels.add(new BookView.PriceLevel(book.price(side, rank), book.quantity(side, rank)));
        }
        return levels;
    }

    private static BookView view(TickcastClient client) {
        return view(client, BinanceCapture.SYMBOL);
    }

    private static BookView view(TickcastClient client, String symbol) {
        return client.book(symbol).join();
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(LIMIT, () -> what, condition);
    }
}
