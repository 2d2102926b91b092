package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatencyLogTest {

    private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    private Path directory;

    private final SteppedTime time = new SteppedTime(START_MILLIS);

    private Path file() {
        return directory.resolve("latency.hlog");
    }

    @Test
    void whatIsRecordedIsReadBack() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of("machine: test", "two\nlines"), NO_LIMIT, time)) {
            LatencyRecorder received = log.recorder(Stage.ORDER_RECEIVED_WRITTEN);
            LatencyRecorder read = log.recorder(Stage.FEED_PUBLISHED_READ);
            received.record(1_500);
            time.advance(1_000);
            log.writeInterval();
            received.record(2_000, 3);
            read.record(70_000);
            time.advance(500);
        }
        LatencyReport report = LatencyReport.read(List.of(file()));

        assertEquals(List.of("order.received-written", "feed.published-read"), report.tags());
        LatencyRow received = report.rows().get(0);
        assertEquals(2, received.intervals());
        assertEquals(4, received.histogram().getTotalCount());
        assertEquals(1_500, received.histogram().getValueAtPercentile(25));
        assertEquals(2_000, received.histogram().getMaxValue());
        assertEquals(Instant.ofEpochMilli(START_MILLIS), received.start());
        assertEquals(1.5, received.seconds());
        LatencyRow read = report.rows().get(1);
        assertEquals(1, read.intervals());
        assertEquals(Instant.ofEpochMilli(START_MILLIS + 1_000), read.start());
        assertEquals(0.5, read.seconds());
        assertTrue(report.comments().containsAll(List.of("machine: test", "two", "lines")), report::text);
        assertEquals(List.of(), report.notes());
    }

    @Test
    void theTotalOfOneStageIsWhatAllTotalsSay() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            assertEquals(0, log.total(Stage.FEED_READ_FLUSHED).getTotalCount());
            LatencyRecorder first = log.recorder(Stage.FEED_READ_FLUSHED);
            LatencyRecorder second = log.recorder(Stage.FEED_READ_FLUSHED);
            log.recorder(Stage.FEED_PUBLISHED_READ).record(7);
            first.record(1_000);
            second.record(2_000);
            assertEquals(2, log.total(Stage.FEED_READ_FLUSHED).getTotalCount());
            time.advance(1_000);
            log.writeInterval();
            first.record(3_000);
            first.close();
            assertEquals(3, log.total(Stage.FEED_READ_FLUSHED).getTotalCount());
            assertEquals(log.total(Stage.FEED_READ_FLUSHED), log.totals().get(Stage.FEED_READ_FLUSHED.tag()));
        }
    }

    @Test
    void libraryReadsTheLog() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of("a comment"), NO_LIMIT, time)) {
            log.recorder(Stage.FEED_READ_FLUSHED).record(4_000);
            time.advance(1_000);
            log.writeInterval();
            log.recorder(Stage.FEED_READ_FLUSHED).record(-5);
            time.advance(1_000);
        }
        List<String> found = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file().toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram interval = reader.nextIntervalHistogram();
                found.add(interval.getTag() + " " + (interval.getStartTimeStamp() - START_MILLIS) + " "
                        + (interval.getEndTimeStamp() - START_MILLIS) + " " + interval.getMaxValueAsDouble());
            }
        }
        assertEquals(List.of("feed.read-flushed 0 1000 4001.0", "feed.read-flushed 1000 2000 0.0"), found);
    }

    @Test
    void recordersOfAStageAreMerged() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            log.recorder(Stage.ORDER_MATCHED_REPORTED).record(10);
            log.recorder(Stage.ORDER_MATCHED_REPORTED).record(30, 2);
        }
        LatencyRow row = LatencyReport.read(List.of(file())).rows().get(0);
        assertEquals(1, row.intervals());
        assertEquals(3, row.histogram().getTotalCount());
        assertEquals(1, row.histogram().getCountAtValue(10));
        assertEquals(2, row.histogram().getCountAtValue(30));
    }

    @Test
    void intervalIsInTheFileBeforeTheNext() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            log.recorder(Stage.ORDER_RECEIVED_SENT).record(10);
            log.writeInterval();
            assertEquals(
                    1,
                    LatencyReport.read(List.of(file()))
                            .rows()
                            .get(0)
                            .histogram()
                            .getTotalCount());
        }
    }

    @Test
    void totalsHoldWhatIsNotYetWritten() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            LatencyRecorder recorder = log.recorder(Stage.ORDER_RECEIVED_SENT);
            recorder.record(10);
            time.advance(1_000);
            log.writeInterval();
            recorder.record(20);
            time.advance(700);

            Histogram total = log.totals().get("order.received-sent");
            assertEquals(2, total.getTotalCount());
            assertEquals(START_MILLIS, total.getStartTimeStamp());
            assertEquals(START_MILLIS + 1_700, total.getEndTimeStamp());
            assertEquals(Set.of("order.received-sent"), log.totals().keySet());
        }
        assertEquals(
                2, LatencyReport.read(List.of(file())).rows().get(0).histogram().getTotalCount());
    }

    @Test
    void discardingKeepsTotals() {
        try (LatencyLog log = LatencyLog.discarding()) {
            LatencyRecorder recorder = log.recorder(Stage.CLIENT_ORDER_ACKNOWLEDGED);
            recorder.record(5);
            log.writeInterval();
            recorder.record(6);
            Map<String, Histogram> totals = log.totals();
            totals.get("client.order-acknowledged").reset();

            assertEquals(2, log.totals().get("client.order-acknowledged").getTotalCount());
        }
    }

    @Test
    void closedRecorderIsCountedOnceMore() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            LatencyRecorder recorder = log.recorder(Stage.CLIENT_PUBLISHED_RECEIVED);
            recorder.record(5);
            recorder.close();
            log.writeInterval();
            recorder.record(6); // against the rules, to see that the log has let go
            assertEquals(1, log.totals().get("client.published-received").getTotalCount());
        }
    }

    @Test
    void clampedValuesAreTold() throws IOException {
        String note = "feed.published-read: 3 of the values were negative or above one hour"
                + " and are counted as 0 or one hour";
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            LatencyRecorder recorder = log.recorder(Stage.FEED_PUBLISHED_READ);
            recorder.record(-5, 2);
            log.writeInterval();
            recorder.record(-5);
            recorder.record(8);
            assertEquals(List.of(note), log.report().notes());
        }
        assertEquals(List.of(note), LatencyReport.read(List.of(file())).notes());
    }

    @Test
    void fullFileBecomesThePreviousOne() throws IOException {
        long limit = 2_000;
        try (LatencyLog log = LatencyLog.stepped(file(), List.of("each file says so"), limit, time)) {
            LatencyRecorder recorder = log.recorder(Stage.FEED_PUBLISHED_READ);
            for (int i = 1; i <= 100; i++) {
                recorder.record(i);
                time.advance(1_000);
                log.writeInterval();
            }
        }
        Path previous = directory.resolve("latency.previous.hlog");
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(Set.of(file(), previous), Set.copyOf(files.toList()));
        }
        assertTrue(Files.size(previous) >= limit && Files.size(previous) < limit + 300, () -> "size of " + previous);
        assertTrue(Files.size(file()) < limit + 300, () -> "size of " + file());

        LatencyReport report = LatencyReport.read(List.of(previous, file()));
        LatencyRow row = report.rows().get(0);
        assertTrue(row.intervals() > 10 && row.intervals() < 100, () -> row.intervals() + " intervals");
        assertEquals(row.intervals(), row.histogram().getTotalCount());
        assertEquals(100, row.histogram().getMaxValue());
        assertEquals(101 - row.intervals(), row.histogram().getMinValue());
        assertEquals(row.intervals(), row.seconds());
        assertEquals(Instant.ofEpochMilli(START_MILLIS).plusSeconds(100 - row.intervals()), row.start());
        assertTrue(report.comments().contains("each file says so"));
    }

    @Test
    void fileOfTheRunBeforeIsKept() throws IOException {
        for (long latency : new long[] {11, 22}) {
            try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
                log.recorder(Stage.FEED_PUBLISHED_READ).record(latency);
            }
        }
        assertEquals(
                22,
                LatencyReport.read(List.of(file())).rows().get(0).histogram().getMaxValue());
        Path previous = directory.resolve("latency.previous.hlog");
        assertEquals(
                11,
                LatencyReport.read(List.of(previous)).rows().get(0).histogram().getMaxValue());
    }

    @Test
    void clockThatStepsBackMakesAnEmptyStretch() throws IOException {
        try (LatencyLog log = LatencyLog.stepped(file(), List.of(), NO_LIMIT, time)) {
            log.recorder(Stage.FEED_PUBLISHED_READ).record(1);
            time.advance(-3_600_000);
        }
        LatencyRow row = LatencyReport.read(List.of(file())).rows().get(0);
        assertEquals(Instant.ofEpochMilli(START_MILLIS), row.start());
        assertEquals(0, row.seconds());
    }

    @Test
    void errorOfTheDiskEndsTheWritingOnly() throws IOException {
        LatencyLog log = LatencyLog.stepped(file(), List.of(), 1, time);
        LatencyRecorder recorder = log.recorder(Stage.FEED_PUBLISHED_READ);
        recorder.record(1);
        Files.createDirectories(RollingLogFile.previous(file()).resolve("in-the-way"));
        log.writeInterval();
        assertTrue(log.failure().isPresent());
        recorder.record(2);
        log.writeInterval();

        assertEquals(2, log.totals().get("feed.published-read").getTotalCount());
        assertThrows(UncheckedIOException.class, log::close);
        log.close();
    }

    @Test
    void threadWritesEachInterval() throws Exception {
        try (LatencyLog log = LatencyLog.open(file(), Duration.ofMillis(5), List.of())) {
            LatencyRecorder recorder = log.recorder(Stage.FEED_PUBLISHED_READ);
            recorder.record(1);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (LatencyReport.read(List.of(file())).rows().isEmpty()) {
                assertFalse(System.nanoTime() > deadline, "no interval was written");
                Thread.onSpinWait();
            }
            recorder.record(2);
        }
        assertEquals(
                2, LatencyReport.read(List.of(file())).rows().get(0).histogram().getTotalCount());
    }

    @Test
    void intervalOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LatencyLog.open(file(), Duration.ZERO, List.of()));
    }
}
