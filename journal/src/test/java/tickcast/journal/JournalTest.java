package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.FeedHeader;

class JournalTest {
    private static final long START_MILLIS = 1_700_000_000_000L;

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private long nowMillis = START_MILLIS;
    private JournalSettings settings;

    @BeforeEach
    void chooseSettings() {
        settings = JournalSettings.of(directory).withRoll(RollInterval.SECONDLY);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
    }

    private JournalWriter writer() {
        var writer = JournalWriter.open(settings, () -> nowMillis);
        opened.add(writer);
        return writer;
    }

    private JournalReader reader() {
        var reader = JournalReader.open(directory);
        opened.add(0, reader);
        return reader;
    }

    /** Appends so many documents, then lets the cycle end. */
    private void fillCycle(JournalWriter writer, int count) {
        Documents.append(writer, count);
        nowMillis += 1_000;
    }

    private static List<Long> drain(JournalReader reader) {
        var seqs = new ArrayList<Long>();
        RecordHandler handler = (buffer, offset, length) -> {
            assertTrue(Documents.intact(buffer, offset, length));
            seqs.add(FeedHeader.seq(buffer, offset));
        };
        int polled;
        do {
            polled = reader.poll(handler, 7);
        } while (polled > 0);
        assertEquals(0, polled);
        return seqs;
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void documentsComeBackAsTheyWereWritten() {
        var writer = writer();
        var heap = new UnsafeBuffer(new byte[500]);
        var direct = new UnsafeBuffer(ByteBuffer.allocateDirect(500));
        var lengths = new ArrayList<Integer>();
        for (int seq = 1; seq <= 300; seq++) {
            var buffer = seq % 2 == 0 ? heap : direct;
            int length = 24 + seq;
            Documents.fill(new UnsafeBuffer(buffer, 100, length), seq, length);
            assertTrue(writer.append(buffer, 100, length));
        }
        var reader = reader();
        int polled = reader.poll(
                (buffer, offset, length) -> {
                    assertTrue(Documents.intact(buffer, offset, length));
                    lengths.add(length);
                },
                1_000);
        assertEquals(300, polled);
        assertEquals(LongStream.rangeClosed(25, 324).mapToObj(i -> (int) i).toList(), lengths);
        assertEquals(300, writer.lastSeq());
        assertEquals(300, reader.lastSeq());
        assertEquals(1, reader.firstSeq());
        assertEquals(START_MILLIS, writer.epoch());
        assertEquals(START_MILLIS, reader.epoch());
    }

    @Test
    void documentsOfTheGreatestLengthPassBlockEnds() {
        var writer = writer();
        Documents.append(writer, 40, JournalWriter.MAX_LENGTH);
        Documents.append(writer, 40, JournalWriter.MAX_LENGTH - 4_093);
        assertEquals(seqs(1, 80), drain(reader()));
    }

    @Test
    void appendingAndPollingAllocateNothing() {
        int count = 50_000;
        var writer = writer();
        var reader = reader();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var buffer = new UnsafeBuffer(new byte[Documents.LENGTH]);
        RecordHandler handler = (record, offset, length) -> {};
        long allocated = 0;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < count; i++) {
                FeedHeader.putSeq(buffer, 0, writer.lastSeq() + 1);
                writer.append(buffer, 0, Documents.LENGTH);
            }
            int polled = 0;
            while (polled < count) {
                polled += reader.poll(handler, 100);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < count, "bytes allocated: " + allocated);
    }

    @Test
    void wrongSequenceOrLengthIsRefused() {
        var writer = writer();
        Documents.append(writer, 2);
        assertThrows(IllegalArgumentException.class, () -> writer.append(Documents.document(2), 0, Documents.LENGTH));
        assertThrows(IllegalArgumentException.class, () -> writer.append(Documents.document(4), 0, Documents.LENGTH));
        assertThrows(IllegalArgumentException.class, () -> writer.append(Documents.document(3), 0, 23));
        int tooLong = JournalWriter.MAX_LENGTH + 1;
        assertThrows(IllegalArgumentException.class, () -> writer.append(Documents.document(3, tooLong), 0, tooLong));
        Documents.append(writer, 1);
        assertEquals(seqs(1, 3), drain(reader()));
    }

    @Test
    void readerMayComeBeforeTheJournal() {
        var reader = reader();
        assertEquals(0, reader.epoch());
        assertEquals(0, reader.lastSeq());
        assertEquals(0, reader.firstSeq());
        assertEquals(0, reader.seekCheckpoint());
        assertEquals(List.of(), drain(reader));
        var writer = writer();
        assertEquals(writer.epoch(), reader.epoch());
        assertEquals(List.of(), drain(reader));
        assertEquals(Seek.FOUND, reader.seek(1));
        assertEquals(Seek.TOO_FAR, reader.seek(2));
        assertEquals(Seek.TOO_OLD, reader.seek(0));
        reader.seekEnd();
        Documents.append(writer, 3);
        assertEquals(seqs(1, 3), drain(reader));
    }

    @Test
    void readerAtTheEndFollowsRollsAndGaps() {
        var writer = writer();
        var reader = reader();
        fillCycle(writer, 5);
        var late = reader();
        late.seekEnd();
        assertEquals(seqs(1, 5), drain(reader));
        fillCycle(writer, 5);
        assertEquals(seqs(6, 10), drain(reader));
        assertEquals(seqs(6, 10), drain(late));
        nowMillis += 500_000;
        assertEquals(List.of(), drain(reader));
        fillCycle(writer, 1);
        nowMillis += 86_400_000;
        fillCycle(writer, 1);
        fillCycle(writer, 300);
        assertEquals(seqs(11, 312), drain(reader));
        assertEquals(seqs(11, 312), drain(late));
    }

    @Test
    void seekFindsEverySequenceInEveryCycle() {
        var writer = writer();
        var sizes = new int[] {1, 40, 1, 1, 700, 3, 2, 300, 1};
        for (int size : sizes) {
            fillCycle(writer, size);
            nowMillis += 7_000;
        }
        long last = writer.lastSeq();
        var reader = reader();
        var one = new long[1];
        for (long seq = last; seq >= 1; seq--) {
            assertEquals(Seek.FOUND, reader.seek(seq));
            assertEquals(1, reader.poll((buffer, offset, length) -> one[0] = FeedHeader.seq(buffer, offset), 1));
            assertEquals(seq, one[0]);
        }
        assertEquals(Seek.FOUND, reader.seek(last - 305));
        assertEquals(seqs(last - 305, last), drain(reader));
    }

    @Test
    void failedSeekLeavesTheReaderWhereItWas() {
        var writer = writer();
        fillCycle(writer, 10);
        fillCycle(writer, 10);
        var reader = reader();
        assertEquals(Seek.FOUND, reader.seek(5));
        assertEquals(Seek.TOO_FAR, reader.seek(22));
        assertEquals(Seek.TOO_OLD, reader.seek(0));
        assertEquals(1, reader.firstSeq());
        assertEquals(0, reader.seekCheckpoint());
        assertEquals(seqs(5, 20), drain(reader));
        assertEquals(Seek.FOUND, reader.seek(21));
        assertEquals(List.of(), drain(reader));
        Documents.append(writer, 1);
        assertEquals(seqs(21, 21), drain(reader));
        reader.seekStart();
        assertEquals(seqs(1, 21), drain(reader));
    }

    @Test
    void aHandlerThatThrowsIsHandedTheDocumentAgain() {
        var writer = writer();
        fillCycle(writer, 5);
        fillCycle(writer, 5);
        for (long failing = 1; failing <= 10; failing++) {
            try (var reader = JournalReader.open(directory)) {
                assertEquals(Seek.FOUND, reader.seek(1));
                var taken = new ArrayList<Long>();
                long failingSeq = failing;
                RecordHandler handler = (buffer, offset, length) -> {
                    if (FeedHeader.seq(buffer, offset) == failingSeq) {
                        throw new IllegalStateException("handler");
                    }
                    taken.add(FeedHeader.seq(buffer, offset));
                };
                for (int attempt = 0; attempt < 2; attempt++) {
                    var failure = assertThrows(IllegalStateException.class, () -> {
                        while (reader.poll(handler, 10) > 0) {
                            continue;
                        }
                    });
                    assertEquals(
                            "sequence " + failing + " of the journal " + directory + " was not taken",
                            failure.getSuppressed()[0].getMessage());
                }
                taken.addAll(drain(reader));
                assertEquals(seqs(1, 10), taken);
            }
        }
    }

    @Test
    void writerThatAsksRollsOnlyWhenItAsks() {
        var writer = writer();
        assertTrue(writer.newCycle());
        assertTrue(writer.newCycle());
        Documents.append(writer, 1);
        assertFalse(writer.newCycle());
        nowMillis += 1_000;
        Documents.append(writer, 3);
        assertFalse(new CycleCount(directory).is(2));
        assertTrue(writer.newCycle());
        nowMillis += 60_000;
        Documents.append(writer, 1);
        assertTrue(new CycleCount(directory).is(2));
        var reader = reader();
        var starts = new CycleCount(directory).firstSeqs();
        assertEquals(List.of(1L, 5L), starts);
        assertEquals(seqs(1, 5), drain(reader));
    }

    @Test
    void aClockThatGoesBackDoesNotRollBack() {
        var writer = writer();
        fillCycle(writer, 5);
        fillCycle(writer, 5);
        nowMillis = START_MILLIS - 5_000;
        Documents.append(writer, 5);
        assertFalse(writer.newCycle());
        writer.close();
        var again = writer();
        Documents.append(again, 5);
        assertEquals(seqs(1, 20), drain(reader()));
        assertEquals(List.of(1L, 6L), new CycleCount(directory).firstSeqs());
    }

    @Test
    void sequenceGoesOnAfterARestart() {
        var reader = reader();
        for (int run = 0; run < 4; run++) {
            var writer = writer();
            assertEquals(run * 600, writer.lastSeq());
            fillCycle(writer, 300);
            Documents.append(writer, 300);
            writer.close();
            writer.close();
        }
        assertEquals(seqs(1, 2_400), drain(reader));
        assertEquals(START_MILLIS, reader.epoch());
    }

    @Test
    void theRollIntervalOfAnExistingJournalStays() {
        var writer = writer();
        fillCycle(writer, 2);
        writer.close();
        settings = settings.withRoll(RollInterval.DAILY);
        fillCycle(writer(), 2);
        assertEquals(List.of(1L, 3L), new CycleCount(directory).firstSeqs());
        assertEquals(seqs(1, 4), drain(reader()));
    }

    @Test
    void everyIntervalRolls() {
        long dayMillis = 86_400_000;
        for (var roll : RollInterval.values()) {
            var place = directory.resolve(roll.name());
            try (var writer = JournalWriter.open(JournalSettings.of(place).withRoll(roll), () -> nowMillis)) {
                fillCycle(writer, 600);
                nowMillis += dayMillis;
                fillCycle(writer, 600);
                nowMillis += dayMillis;
            }
            assertEquals(List.of(1L, 601L), new CycleCount(place).firstSeqs(), roll.name());
            try (var reader = JournalReader.open(place)) {
                assertEquals(seqs(1, 1_200), drain(reader));
            }
        }
    }

    @Test
    void readerStartsAtTheNewestCompleteCheckpoint() {
        var writer = writer();
        var reader = reader();
        fillCycle(writer, 10);
        assertEquals(0, reader.seekCheckpoint());
        writer.checkpointWritten(4);
        assertEquals(4, reader.seekCheckpoint());
        assertEquals(seqs(4, 10), drain(reader));
        fillCycle(writer, 10);
        assertEquals(4, reader.seekCheckpoint());
        writer.checkpointWritten(11);
        assertEquals(11, reader.seekCheckpoint());
        assertEquals(seqs(11, 20), drain(reader));
        assertThrows(IllegalArgumentException.class, () -> writer.checkpointWritten(21));
        writer.close();
        writer();
        assertEquals(11, reader().seekCheckpoint());
    }

    @Test
    void readersOnOtherThreadsSeeEveryDocumentWhileCyclesRoll() throws Exception {
        int total = 100_000;
        var failure = new Throwable[1];
        var readers = new ArrayList<Thread>();
        var writer = writer();
        for (int i = 0; i < 3; i++) {
            var reader = reader();
            var expected = new long[] {1};
            var thread = new Thread(() -> {
                while (expected[0] <= total) {
                    int polled = reader.poll(
                            (buffer, offset, length) -> assertEquals(expected[0]++, FeedHeader.seq(buffer, offset)),
                            64);
                    assertTrue(polled >= 0);
                }
            });
            thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
            thread.start();
            readers.add(thread);
        }
        for (int i = 0; i < total / 1_000; i++) {
            fillCycle(writer, 1_000);
        }
        for (var thread : readers) {
            thread.join(30_000);
            assertFalse(thread.isAlive());
        }
        assertEquals(null, failure[0]);
    }
}
