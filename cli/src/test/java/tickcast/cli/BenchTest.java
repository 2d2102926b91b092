package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small load tests of an exchange and gateway in this process. A stalled machine may miss the plan; nothing else may fail. */
@Timeout(120)
class BenchTest {
    private static final String ON_PLAN = "\\d+ of \\d+ (orders were not sent|disconnects and resubscriptions were).*";

    @TempDir
    private static Path data;

    private static RunningServer demo;

    @TempDir
    private Path results;

    @BeforeAll
    static void start() {
        demo = RunningServer.start("demo", "--port", "0", "--data", data.toString(), "--rate", "500", "--symbols", "5");
    }

    @AfterAll
    static void stop() {
        assertEquals(ExitStatus.OK, demo.stop(), demo.err());
    }

    @Test
    void everythingAtOnce() throws Exception {
        var file = results.resolve("result.json");
        var run = bench(
                "--subscribers 12 --symbols 2 --form v1=1,sbe=2,json=1 --books 4 --slow 2 --slow-rate 20000 --dead 2"
                        + " --storm 10 --churn 20 --orders 50 --probes 20 --warmup 300ms --duration 3s --json "
                        + file + " --server-pid " + ProcessHandle.current().pid());
        var result = new ObjectMapper().readTree(Files.readString(file));
        assertEquals(List.of(), failures(result), run.out());
        assertEquals(22, result.path("subscribers").intValue());
        assertEquals(2, result.path("slowReaders").intValue());
        assertEquals(2, result.path("deadReaders").intValue());
        assertTrue(result.path("delivered").longValue() > 0, run.out());
        assertTrue(result.path("slowDelivered").longValue() > 0, run.out());
        assertEquals(10, result.path("storm").path("settled").intValue());
        assertTrue(result.path("churn").path("done").longValue() > 0, run.out());
        assertTrue(result.path("server").path("cpuMicrosPerMessage").doubleValue() > 0, run.out());
        for (String stage : List.of(
                "client.published-received",
                "client.connect-snapshot",
                "client.order-acknowledged",
                "client.order-published")) {
            assertTrue(result.path("latencyNanos").path(stage).path("count").longValue() > 0, stage + run.out());
        }
        assertTrue(run.out().contains("storm: 10 of 10 had all snapshots"), run.out());
        assertTrue(run.out().contains("us for each message"), run.out());
    }

    @Test
    void aSlowReaderIsNeverWrong() throws Exception {
        var result =
                json("--subscribers 1 --symbols * --slow 3 --slow-rate 2000 --form sbe,json --warmup 1s --duration 3s");
        assertEquals(List.of(), failures(result));
        assertTrue(result.path("slowDelivered").longValue()
                < 3 * result.path("delivered").longValue());
    }

    @Test
    void symbolsByName() throws Exception {
        var result = json("--subscribers 3 --symbols S0,S3 --warmup 0s --duration 1s");
        assertEquals(List.of(), failures(result));
        assertTrue(result.path("delivered").longValue() > 0);
    }

    @Test
    void rateThatIsMissed() {
        var run = bench("--subscribers 1 --warmup 0s --duration 1s --min-rate 1000000");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.out().contains("fewer than the 1000000 of --min-rate"), run.out());
    }

    @Test
    void symbolThatIsNotListed() {
        var run = bench("--subscribers 1 --symbols S0,NOPE --warmup 0s --duration 1s");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.out().contains("FAILED: 1 requests were refused; the first: subscriber 0: NOPE"), run.out());
    }

    @Test
    void processThatIsNotThere() {
        var run = bench("--subscribers 1 --server-pid 999999999");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("Cannot measure process 999999999"), run.err());
    }

    @Test
    void connectionsThatAreRefused(@TempDir Path other) throws Exception {
        try (var small = RunningServer.start(
                "demo",
                "--port",
                "0",
                "--data",
                other.toString(),
                "--config",
                limited(3).toString())) {
            var run = CommandRun.of(arguments("--subscribers 5 --warmup 0s --duration 1s", small.url()));
            assertEquals(ExitStatus.FAILED, run.status());
            assertTrue(run.out().contains("connections could not be made; the first: subscriber"), run.out());
        }
    }

    @Test
    void gatewayThatEnds(@TempDir Path other) throws Exception {
        var mortal = RunningServer.start("demo", "--port", "0", "--data", other.toString());
        var ending = new Thread(mortal::stop);
        var run = new ArrayList<CommandRun>();
        var running = new Thread(() -> run.add(CommandRun.of(arguments(
                "--subscribers 2 --warmup 0s --duration 4s --hlog " + results.resolve("b.hlog"), mortal.url()))));
        running.start();
        Await.until(
                Duration.ofSeconds(30),
                () -> "the run logs",
                () -> Files.exists(results.resolve("b.hlog"))
                        && results.resolve("b.hlog").toFile().length() > 2000);
        ending.start();
        running.join();
        ending.join();
        assertEquals(ExitStatus.FAILED, run.get(0).status());
        assertTrue(
                run.get(0).out().contains("FAILED: 2 connections were lost; the first: subscriber"),
                run.get(0).out());
        assertTrue(
                run.get(0).out().contains("FAILED: 2 subscribers were without their snapshots at the end"),
                run.get(0).out());
    }

    private Path limited(int connections) throws IOException {
        return Files.writeString(results.resolve("small.conf"), "gateway.max-connections = " + connections);
    }

    /** Without those that only say that the machine was too slow for the plan. */
    private static List<String> failures(JsonNode result) {
        assertFalse(result.path("failures").isMissingNode());
        var failures = new ArrayList<String>();
        result.path("failures").forEach(failure -> failures.add(failure.textValue()));
        failures.removeIf(failure -> failure.matches(ON_PLAN));
        return failures;
    }

    private static JsonNode json(String options) throws Exception {
        return new ObjectMapper().readTree(bench(options + " --format json").out());
    }

    private static CommandRun bench(String options) {
        return CommandRun.of(arguments(options, demo.url()));
    }

    private static String[] arguments(String options, String url) {
        return ("bench " + options + " --url " + url).split(" ");
    }
}
