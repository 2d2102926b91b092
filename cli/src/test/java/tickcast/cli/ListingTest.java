package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that have subscribed all symbols before the first was listed. */
@Timeout(120)
class ListingTest {
    private static final int MOST_SYMBOLS = 300;

    @TempDir
    private Path data;

    private GrowingFeed feed;
    private RunningServer gateway;

    @BeforeEach
    void start() {
        feed = new GrowingFeed(data.resolve("feed"));
        gateway = RunningServer.start("gateway", "--port", "0", "--data", data.toString());
    }

    @AfterEach
    void stop() {
        assertEquals(ExitStatus.OK, gateway.stop(), gateway.err());
        feed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbe", "json"})
    void subscribeMeetsAndVerifiesThem(String encoding) {
        var run = whileListing("subscribe", "*", "--encoding", encoding, "--verify", "--count", "2000");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        var verdict = Pattern.compile("verify: right: .* (\\d+) symbols, 0 gaps, 0 checksum mismatches")
                .matcher(run.err());
        assertTrue(verdict.find(), run.err());
        assertTrue(Integer.parseInt(verdict.group(1)) > 1, run.err());
    }

    @Test
    void benchMeetsThem() {
        var run = whileListing(
                "bench",
                "--subscribers",
                "3",
                "--symbols",
                "*",
                "--warmup",
                "100ms",
                "--duration",
                "1s",
                "--format",
                "json");
        assertEquals(ExitStatus.OK, run.status(), run.out() + run.err());
        assertTrue(run.out().contains("\"client.published-received\""), run.out());
    }

    /** Runs a command to its end while symbols are listed and traded. */
    private CommandRun whileListing(String... args) {
        var all = Stream.concat(Arrays.stream(args), Stream.of("--url", gateway.url()))
                .toArray(String[]::new);
        var run = CompletableFuture.supplyAsync(() -> CommandRun.of(all), task -> new Thread(task, "test-cli").start());
        var quantities = Stream.iterate(1L, quantity -> quantity + 1).iterator();
        Await.until(Duration.ofSeconds(60), () -> "the end of " + args[0], () -> {
            if (feed.symbols() < MOST_SYMBOLS) {
                feed.list();
            }
            feed.bids(quantities.next());
            return run.isDone();
        });
        return run.join();
    }
}
