package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ProcessEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Below what a process is given that does not end by itself. */
    private static final long MOST_NANOS = Duration.ofSeconds(25).toNanos();

    /** It has not loaded all of its libraries then, and can load no more. */
    @ParameterizedTest
    @CsvSource({"gateway, 0s", "exchange, 0s", "demo, 0s", "demo, 10s"})
    void aServerThatIsStoppedWhileItBeginsEndsAtOnce(String server, String warmup, @TempDir Path directory)
            throws IOException {
        Path data = directory.resolve("data");
        Path anyPort = Files.writeString(directory.resolve("any-port.conf"), "port = 0");
        try (var process = TickcastProcess.start(
                directory.resolve("output"),
                server,
                "--warmup",
                warmup,
                "--data",
                data.toString(),
                "--config",
                anyPort.toString())) {
            Await.until(LIMIT, () -> "a data directory: " + process.output(), () -> Files.exists(data));
            long stoppedNanos = System.nanoTime();
            assertEquals(ExitStatus.OK, process.stop(), process.output());
            assertEquals(0, (System.nanoTime() - stoppedNanos) / MOST_NANOS, process.output());
        }
    }
}
