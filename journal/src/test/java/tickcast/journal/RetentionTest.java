package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.FeedHeader;

class RetentionTest {
    private static final RecordHandler IGNORE = (buffer, offset, length) -> {};

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private long nowMillis = 1_700_000_000_000L;
    private long usableBytes = Long.MAX_VALUE;

    @AfterEach
    void closeAll() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
    }

    private JournalSettings settings() {
        return JournalSettings.of(directory).withRoll(RollInterval.SECONDLY);
    }

    private JournalWriter writer(JournalSettings settings) {
        var writer = JournalWriter.open(settings, () -> nowMillis, () -> usableBytes);
        opened.add(writer);
        return writer;
    }

    private JournalReader reader() {
        var reader = JournalReader.open(directory);
        opened.add(0, reader);
        return reader;
    }

    /** Begins a cycle with ten documents, as often as asked. */
    private void cycles(JournalWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            nowMillis += 1_000;
            Documents.append(writer, 10);
        }
    }

    private List<Long> firstSeqs() {
        return new CycleCount(directory).firstSeqs();
    }

    @Test
    void withoutCheckpointsTheNewestCyclesStay() {
        var writer = writer(settings().withRetainCycles(3));
        cycles(writer, 5);
        assertEquals(List.of(21L, 31L, 41L), firstSeqs());
        var reader = reader();
        assertEquals(21, reader.firstSeq());
        assertEquals(Seek.TOO_OLD, reader.seek(20));
        assertEquals(Seek.FOUND, reader.seek(21));
    }

    @Test
    void theCycleOfASequence() {
        var writer = writer(settings().withRetainCycles(3));
        cycles(writer, 5);
        var reader = reader();
        assertEquals(0, reader.seekCycleOf(20), "deleted");
        assertEquals(21, reader.seekCycleOf(21));
        assertEquals(31, reader.seekCycleOf(40));
        assertEquals(1, reader.poll((buffer, offset, length) -> assertEquals(31, FeedHeader.seq(buffer, offset)), 1));
        assertEquals(0, reader.seekCycleOf(51), "not written yet");
        assertEquals(1, reader.poll((buffer, offset, length) -> assertEquals(32, FeedHeader.seq(buffer, offset)), 1));
    }

    @Test
    void theBudgetInBytesCountsWhatWasWritten() throws IOException {
        var probe = JournalSettings.of(directory.resolve("probe")).withRoll(RollInterval.SECONDLY);
        long empty;
        try (var writer = JournalWriter.open(probe, () -> nowMillis)) {
            Documents.append(writer, 1);
            empty = new CycleCount(probe.directory()).writePosition();
        }
        long documentBytes = 100_000;
        var writer = writer(settings().withRetainBytes(3 * (empty + 10 * documentBytes) + documentBytes));
        for (int i = 0; i < 6; i++) {
            nowMillis += 1_000;
            Documents.append(writer, 10, (int) documentBytes - 4);
            nowMillis += 1;
        }
        nowMillis += 1_000;
        Documents.append(writer, 1, (int) documentBytes - 4);
        assertEquals(List.of(41L, 51L, 61L), firstSeqs());
        writer.close();
        var again = writer(settings().withRetainBytes(empty + 11 * documentBytes));
        assertEquals(List.of(41L, 51L, 61L), firstSeqs(), "it may still say what is to be kept");
        Documents.append(again, 1);
        assertEquals(List.of(61L), firstSeqs());
    }

    @Test
    void whatIsToBeKeptStaysBeyondTheBudget() {
        long mib = 1 << 20;
        var settings = settings().withRetainBytes(4 * mib).withMinFreeBytes(1_000);
        var writer = writer(settings);
        megabytes(writer, 3);
        writer.keepFrom(2);
        megabytes(writer, 5);
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 8L), firstSeqs());
        assertTrue(writer.overBudgetBytes() > 3 * mib, "" + writer.overBudgetBytes());
        usableBytes = 0;
        nowMillis += 1_000;
        assertFalse(writer.append(Documents.document(9), 0, Documents.LENGTH), "that is what the free space is for");
        assertEquals(2L, firstSeqs().get(0));
        usableBytes = Long.MAX_VALUE;
        writer.close();

        writer = writer(settings);
        writer.keepFrom(2);
        megabytes(writer, 1);
        assertEquals(2L, firstSeqs().get(0));
        writer.keepFrom(9);
        megabytes(writer, 1);
        assertEquals(List.of(7L, 8L, 9L, 10L), firstSeqs());
        assertEquals(0, writer.overBudgetBytes());
    }

    /** So many cycles of one document, each of nearly a mebibyte. */
    private void megabytes(JournalWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            nowMillis += 1_000;
            Documents.append(writer, 1, 1_000_000);
        }
    }

    @Test
    void theBudgetHoldsWithinOneRollIntervalToo() {
        long mib = 1 << 20;
        var writer = writer(
                JournalSettings.of(directory).withRoll(RollInterval.DAILY).withRetainBytes(128 * mib));
        for (int i = 0; i < 400; i++) {
            Documents.append(writer, 1, (int) mib - 4);
        }
        var kept = firstSeqs();
        assertTrue(400 - kept.get(0) < 200, kept.toString());
        assertTrue(400 - kept.get(0) >= 64, kept.toString());
        var reader = reader();
        assertEquals(Seek.FOUND, reader.seek(400));
        assertEquals(1, reader.poll(IGNORE, 10));
    }

    @Test
    void theHeadOfAFileTellsWhereItsNewestDocumentBegins() throws IOException {
        for (var roll : RollInterval.values()) {
            var place = directory.resolve(roll.name());
            try (var writer = JournalWriter.open(JournalSettings.of(place).withRoll(roll), () -> nowMillis)) {
                for (int i = 0; i < 3; i++) {
                    Documents.append(writer, 500);
                    var cycles = new CycleCount(place);
                    var files = new CycleFiles(place, Queues.rollCycle(roll));
                    assertEquals(cycles.writePosition(), files.writePosition(cycles.cycles()[0]));
                }
            }
        }
    }

    @Test
    void nothingFromTheNewestCheckpointOnIsDeleted() {
        var writer = writer(settings().withRetainCycles(2));
        cycles(writer, 2);
        writer.checkpointWritten(11);
        cycles(writer, 6);
        assertEquals(11L, firstSeqs().get(0));
        try (var reader = JournalReader.open(directory)) {
            assertEquals(11, reader.seekCheckpoint());
        }
        writer.checkpointWritten(71);
        assertEquals(List.of(61L, 71L), firstSeqs());
        writer.checkpointWritten(62);
        cycles(writer, 3);
        assertEquals(61L, firstSeqs().get(0));
        writer.close();
        var again = writer(settings().withRetainCycles(1));
        assertEquals(61L, firstSeqs().get(0));
        again.checkpointWritten(101);
        assertEquals(List.of(101L), firstSeqs());
    }

    @Test
    void aLiveReaderKeepsWhatItNeeds() {
        var writer = writer(settings().withRetainCycles(3));
        cycles(writer, 3);
        var reader = reader();
        assertEquals(Seek.FOUND, reader.seek(15));
        cycles(writer, 3);
        assertEquals(11L, firstSeqs().get(0));
        var seen = new ArrayList<Long>();
        while (reader.poll((buffer, offset, length) -> seen.add(FeedHeader.seq(buffer, offset)), 4) > 0) {
            continue;
        }
        assertEquals(15L, seen.get(0));
        assertEquals(46, seen.size());
        cycles(writer, 1);
        assertEquals(List.of(41L, 51L, 61L), firstSeqs());
    }

    @Test
    void aClosedReaderKeepsNothing() {
        var writer = writer(settings().withRetainCycles(2));
        cycles(writer, 1);
        try (var reader = JournalReader.open(directory)) {
            assertEquals(1, reader.poll(IGNORE, 1));
            cycles(writer, 2);
            assertEquals(1L, firstSeqs().get(0));
        }
        cycles(writer, 1);
        assertEquals(List.of(21L, 31L), firstSeqs());
        assertEquals(0, ReaderPin.directory(directory).toFile().list().length);
    }

    @Test
    void aStuckReaderLosesAtTwiceTheBudget() {
        var writer = writer(settings().withRetainCycles(2));
        cycles(writer, 1);
        var stuck = reader();
        assertEquals(1, stuck.poll(IGNORE, 1));
        cycles(writer, 3);
        assertEquals(1L, firstSeqs().get(0));
        assertEquals(1, stuck.poll(IGNORE, 1));
        cycles(writer, 1);
        assertEquals(11L, firstSeqs().get(0));
        assertEquals(JournalReader.TOO_OLD, stuck.poll(IGNORE, 1));
        assertEquals(JournalReader.TOO_OLD, stuck.poll(IGNORE, 1));
        stuck.seekStart();
        assertTrue(stuck.poll(IGNORE, 1) > 0);
    }

    @Test
    void aReaderThatHasReadTheDeletedCycleGoesOn() {
        var writer = writer(settings().withRetainCycles(2));
        cycles(writer, 1);
        var reader = reader();
        assertEquals(10, reader.poll(IGNORE, 100));
        cycles(writer, 4);
        assertEquals(11L, firstSeqs().get(0));
        var first = new long[1];
        assertEquals(1, reader.poll((buffer, offset, length) -> first[0] = FeedHeader.seq(buffer, offset), 1));
        assertEquals(11, first[0]);
    }

    @Test
    void aReaderOfAnotherProcessPinsWhileItLives() throws Exception {
        var writer = writer(settings().withRetainCycles(3));
        cycles(writer, 1);
        try (var child = ChildJvm.start(
                directory.resolveSibling(directory.getFileName() + ".log"), StuckReader.class, directory.toString())) {
            Eventually.await("the reader is stuck", () -> child.output().contains("stuck"));
            cycles(writer, 4);
            assertEquals(1L, firstSeqs().get(0));
            child.kill();
            nowMillis += 1_000;
            Documents.append(writer, 1);
            assertEquals(List.of(31L, 41L, 51L), firstSeqs());
            assertEquals(0, ReaderPin.directory(directory).toFile().list().length);
        }
    }

    @Test
    void aFullDiskRefusesAppendsAndOverrulesReaders() {
        var writer = writer(settings().withRetainCycles(3).withMinFreeBytes(1_000));
        cycles(writer, 1);
        var stuck = reader();
        assertEquals(1, stuck.poll(IGNORE, 1));
        cycles(writer, 4);
        assertEquals(1L, firstSeqs().get(0));
        usableBytes = 1_000 + Documents.LENGTH - 1;
        nowMillis += 2_000;
        assertFalse(writer.append(Documents.document(51), 0, Documents.LENGTH));
        assertEquals(50, writer.lastSeq());
        assertEquals(List.of(21L, 31L, 41L), firstSeqs());
        assertEquals(JournalReader.TOO_OLD, stuck.poll(IGNORE, 1));
        assertFalse(writer.append(Documents.document(51), 0, Documents.LENGTH));
        usableBytes = 1_000 + Documents.LENGTH;
        assertTrue(writer.append(Documents.document(51), 0, Documents.LENGTH));
    }

    @Test
    void theDiskIsAskedEverySecondAndEverySoManyBytes() {
        var asked = new int[1];
        var guard = new DiskGuard(
                () -> {
                    asked[0]++;
                    return 5_000_000;
                },
                1_000);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(guard.admits(60, 500));
        }
        assertEquals(1, asked[0]);
        assertTrue(guard.admits(60, 1_500));
        assertEquals(2, asked[0]);
        assertTrue(guard.admits(4_000_000, 1_501));
        assertEquals(2, asked[0]);
        assertTrue(guard.admits(2_000_000, 1_502));
        assertEquals(3, asked[0]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void deletedCyclesAreNotKeptMapped() throws Exception {
        var writer = writer(settings().withRetainCycles(2));
        var reader = reader();
        for (int i = 0; i < 10; i++) {
            cycles(writer, 1);
            while (reader.poll(IGNORE, 100) > 0) {
                continue;
            }
        }
        var name = directory.getFileName().toString();
        Eventually.await("no deleted file is mapped", () -> {
            try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
                return maps.noneMatch(line -> line.contains(name) && line.endsWith("(deleted)"));
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anIdleCycleTakesLittleRoom() throws Exception {
        cycles(writer(settings().withRoll(RollInterval.MINUTELY)), 1);
        var process = new ProcessBuilder("du", "-sk", directory.toString()).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertTrue(Integer.parseInt(output.split("\\s")[0]) < 300, output);
    }

    @Test
    void readersMayCloseWhileTheWriterLooksAtTheirPins() throws Exception {
        var stop = new AtomicBoolean();
        var opening = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                openPin().close();
            }
        });
        try {
            for (int i = 0; i < 10_000 && !opening.isDone(); i++) {
                ReaderPin.oldest(directory);
            }
        } finally {
            stop.set(true);
        }
        opening.get(10, TimeUnit.SECONDS);
    }

    private ReaderPin openPin() {
        try {
            return ReaderPin.create(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
