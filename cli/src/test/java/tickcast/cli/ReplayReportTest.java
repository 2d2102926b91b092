package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;
import tickcast.simulator.ReplaySpeed;

/** What a user is told of a replay, while it runs and at its end. */
class ReplayReportTest {
    @TempDir
    private Path directory;

    @Test
    void statusWhileItRuns() throws IOException {
        try (var replay = new SteppedReplay(directory, seconds(10))) {
            var status = new ReplayStatus(replay.settings, replay.progress, replay::nanos);
            replay.run(Duration.ZERO).run(Duration.ofSeconds(2));
            assertEquals("at 2024-08-08 09:30:02  1x  2 records/s  100% read", status.text());
            replay.control.pause();
            replay.run(Duration.ofSeconds(1));
            assertEquals("paused at 2024-08-08 09:30:02  0 records/s  100% read", status.text());
            replay.runToEnd();
            assertEquals("ended at 2024-08-08 09:30:10", status.text());
        }
    }

    @Test
    void statusWhileItSeeks() throws IOException {
        try (var replay =
                new SteppedReplay(directory, new BinanceCapture().open().random(3, 5_000), "+4s", null)) {
            var status = new ReplayStatus(replay.settings, replay.progress, replay::nanos);
            assertTrue(status.text().startsWith("seeking the beginning of +4s  "), status.text());
        }
    }

    @Test
    void leftIsEstimatedFromTheBytesSinceThePaceChanged() throws IOException {
        try (var replay =
                new SteppedReplay(directory, new BinanceCapture().open().random(3, 20_000))) {
            replay.run(Duration.ZERO);
            var status = new ReplayStatus(replay.settings, replay.progress, replay::nanos);
            assertFalse(status.text().contains("left"));
            replay.run(Duration.ofSeconds(10));
            assertTrue(status.text().matches(".*[45].% read  about 0:(09|1.) left"), status.text());
            replay.control.speed(ReplaySpeed.parse("2"));
            replay.run(Duration.ZERO);
            assertFalse(status.text().contains("left"));
            replay.run(Duration.ofSeconds(2));
            assertTrue(status.text().matches(".*[67].% read  about 0:0[2-5] left"), status.text());
            replay.control.pause();
            replay.run(Duration.ZERO);
            assertFalse(status.text().contains("left"));
        }
    }

    @Test
    void whole() throws IOException {
        var capture = seconds(3).trade(Side.BUY, 101 * Decimal8.ONE, Decimal8.ONE);
        try (var replay = new SteppedReplay(directory, capture)) {
            replay.run(Duration.ZERO).runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            var lines = report.lines();
            assertEquals("replayed capture.txt", lines.get(0));
            assertEquals("  2024-08-08 09:30:00.000000 to 2024-08-08 09:30:03.000000 (UTC)", lines.get(1));
            assertTrue(lines.get(2).matches("  \\d records in \\d\\.\\d{3} s, [\\d,]+ records/s"), lines.get(2));
            assertTrue(lines.get(3).matches("  \\d+ feed messages, [\\d,]+ messages/s; 1 trades"), lines.get(3));
            assertEquals(
                    List.of("depth update 4", "trade 1", "snapshot 1"),
                    lines.subList(4, 7).stream()
                            .map(line -> line.strip().replaceAll(" +", " "))
                            .toList());
            assertTrue(
                    lines.get(7).matches("  pacing error p50 .*µs  p99 .*  max .*  \\(\\d records\\)"), lines.get(7));
            assertEquals(8, lines.size());
            assertEquals(List.of(), report.faults());
            assertEquals(ExitStatus.OK, report.exitStatus());
        }
    }

    @Test
    void stoppedBeforeItsEnd() throws IOException {
        var replay = new SteppedReplay(directory, seconds(10));
        replay.run(Duration.ZERO).run(Duration.ofSeconds(2)).close();
        var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
        assertEquals(
                "  2024-08-08 09:30:00.000000 to 2024-08-08 09:30:02.000000 (UTC), stopped there",
                report.lines().get(1));
        assertTrue(report.lines().stream().anyMatch(line -> line.matches(" +depth update +3")), report::toString);
        assertEquals(ExitStatus.OK, report.exitStatus());
    }

    @Test
    void damaged() throws IOException {
        try (var replay = new SteppedReplay(directory, seconds(2).line("nonsense"))) {
            replay.runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            assertTrue(
                    report.lines().get(1).endsWith("damaged behind it"),
                    report.lines().get(1));
            assertEquals(1, report.faults().size());
            assertTrue(
                    report.faults().get(0).contains("capture.txt, line 5"),
                    report.faults().get(0));
            assertEquals(ExitStatus.FAILED, report.exitStatus());
        }
    }

    @Test
    void disagreements() throws IOException {
        var capture = new BinanceCapture()
                .open()
                .at(Duration.ofSeconds(1))
                .record("{\"u\":1001,\"s\":\"TICKUSDT\",\"b\":\"98\",\"B\":\"1\",\"a\":\"101\",\"A\":\"50\"}")
                .at(Duration.ofSeconds(2))
                .level(Side.BUY, 97 * Decimal8.ONE, Decimal8.ONE);
        try (var replay = new SteppedReplay(directory, capture)) {
            replay.runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            assertTrue(
                    report.lines().contains("  warnings: 0, contradictions: 0, disagreements: 1"),
                    report.lines()::toString);
            assertTrue(
                    report.faults().get(0).startsWith("Disagreements of the recording with itself: 1;"),
                    report.faults().get(0));
            assertEquals(ExitStatus.FAILED, report.exitStatus());
        }
    }

    @Test
    void noneOfTheSymbols() throws IOException {
        try (var replay = new SteppedReplay(directory, seconds(2), null, null, "OTHER", "ANOTHER")) {
            replay.runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            assertEquals(List.of("The recording has no ANOTHER, OTHER"), report.faults());
        }
    }

    @Test
    void someOfTheSymbols() throws IOException {
        try (var replay = new SteppedReplay(directory, seconds(2), null, null, "OTHER", BinanceCapture.SYMBOL)) {
            replay.runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            assertTrue(report.lines().contains("  not in the recording: OTHER"), report.lines()::toString);
            assertEquals(List.of(), report.faults());
        }
    }

    @Test
    void nothingInThatTime() throws IOException {
        try (var replay = new SteppedReplay(directory, seconds(2), "10:00", "11:00")) {
            replay.runToEnd();
            var report = new ReplayReport(replay.settings, replay.progress, replay.exchange.counters());
            assertEquals(
                    List.of("Nothing was recorded from 10:00 to 11:00; it was read up to 2024-08-08 09:30:02.000000"),
                    report.faults());
        }
    }

    /** A record each second. */
    private static BinanceCapture seconds(int count) {
        var capture = new BinanceCapture().open();
        for (int second = 1; second <= count; second++) {
            capture.at(Duration.ofSeconds(second)).level(Side.BUY, 98 * Decimal8.ONE, second * Decimal8.ONE);
        }
        return capture;
    }
}
