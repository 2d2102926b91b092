package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.latency.LatencyLog;
import tickcast.latency.Stage;

class ReportCommandTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void writeLog() throws IOException {
        file = directory.resolve("run.hlog");
        try (var log = LatencyLog.open(file, Duration.ofHours(1), List.of("made by a test"))) {
            log.recorder(Stage.ORDER_RECEIVED_SENT).record(120_000, 10);
            log.recorder(Stage.FEED_PUBLISHED_FLUSHED).record(80_000);
        }
    }

    @Test
    void tableOfAllStages() {
        var run = CommandRun.of("report", file.toString());
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().contains("made by a test"), run.out());
        assertTrue(run.out().contains("order.received-sent"), run.out());
        assertTrue(run.out().contains("feed.published-flushed"), run.out());
        assertFalse(run.out().contains("nanoseconds"), run.out());
    }

    @Test
    void oneStageAsCommaSeparatedValues() {
        var run = CommandRun.of("report", file.toString(), "--csv", "--tag", "order.received-sent", "--interval", "1m");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(2, run.out().lines().count(), run.out());
        assertTrue(run.out().lines().toList().get(1).startsWith("order.received-sent,"), run.out());
    }

    @Test
    void distributionsToPlot() {
        var plots = directory.resolve("plots");
        var run = CommandRun.of("report", file.toString(), "--hgrm", plots.toString());
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(Files.exists(plots.resolve("order.received-sent.hgrm")));
        assertTrue(Files.exists(plots.resolve("feed.published-flushed.hgrm")));
    }

    @Test
    void fileThatIsNoLog() throws IOException {
        Files.writeString(file, "not a log\n");
        var run = CommandRun.of("report", file.toString());
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("run.hlog:1"), run.err());
    }

    @Test
    void stageThatIsNotThere() {
        var run = CommandRun.of("report", file.toString(), "--tag", "order.nothing");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.out().contains("no tag order.nothing"), run.out());
    }
}
