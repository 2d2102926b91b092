package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.wire.Wires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.FeedHeader;

class CrashTest {
    private static final long START_MILLIS = 1_700_000_000_000L;

    @TempDir
    Path directory;

    private long nowMillis = START_MILLIS;

    private JournalWriter writer() {
        return JournalWriter.open(JournalSettings.of(directory).withRoll(RollInterval.SECONDLY), () -> nowMillis);
    }

    private void write(int count, int length) {
        try (var writer = writer()) {
            Documents.append(writer, count, length);
        }
    }

    /** Reads everything and expects 1 to last, each document intact. */
    private void verify(long last) {
        try (var reader = JournalReader.open(directory)) {
            assertEquals(last, reader.lastSeq());
            var expected = new long[] {1};
            RecordHandler handler = (buffer, offset, length) -> {
                assertEquals(expected[0]++, FeedHeader.seq(buffer, offset));
                assertTrue(Documents.intact(buffer, offset, length));
            };
            while (reader.poll(handler, 100) > 0) {
                continue;
            }
            assertEquals(last + 1, expected[0]);
        }
    }

    private void overwrite(Path file, long position, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), position);
        }
    }

    private static byte[] ofInt(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    @Test
    void killedWritersLeaveNoHoleAndNoRepeat() throws Exception {
        var random = new Random(7);
        var progress = new long[1];
        try (var reader = JournalReader.open(directory)) {
            for (int run = 0; run < 10; run++) {
                long target = reader.lastSeq() + 1 + random.nextInt(run % 2 == 0 ? 100 : 10_000);
                RecordHandler handler = (buffer, offset, length) -> {
                    assertEquals(++progress[0], FeedHeader.seq(buffer, offset));
                    assertTrue(Documents.intact(buffer, offset, length));
                };
                try (var child = ChildJvm.start(
                        directory.resolveSibling(directory.getFileName() + ".log"),
                        AppendLoop.class,
                        directory.toString(),
                        Integer.toString(run))) {
                    Eventually.await("document " + target, () -> {
                        assertTrue(child.isAlive(), child.output());
                        reader.poll(handler, 1_000);
                        return reader.lastSeq() >= target;
                    });
                    child.kill();
                    assertFalse(JournalWriter.hasWriter(directory));
                    assertEquals("", child.output());
                }
            }
            nowMillis = AppendLoop.millis(reader.lastSeq());
            try (var writer = writer()) {
                Documents.append(writer, 1_000);
                verify(writer.lastSeq());
            }
            assertTrue(reader.seekCheckpoint() > 0);
        }
    }

    @Test
    void remainsOfALongDocumentAreNotTakenForDocuments() throws IOException {
        write(100, 60);
        var cycles = new CycleCount(directory);
        long end = cycles.writePosition() + Integer.BYTES + 60;
        var garbage = new byte[1_500_000];
        for (int i = Integer.BYTES; i < garbage.length; i += Integer.BYTES) {
            garbage[i] = 16;
        }
        Arrays.fill(garbage, 40_000, 400_000, (byte) 0);
        overwrite(cycles.newestFile(), end, garbage);
        write(400, 61);
        verify(500);
    }

    @Test
    void anUnfinishedHeaderIsWrittenOver() throws IOException {
        write(100, 60);
        var cycles = new CycleCount(directory);
        overwrite(
                cycles.newestFile(),
                cycles.writePosition() + Integer.BYTES + 60,
                ofInt(Wires.NOT_COMPLETE_UNKNOWN_LENGTH));
        write(100, 60);
        verify(200);
    }

    @ValueSource(ints = {Wires.NOT_INITIALIZED, Wires.NOT_COMPLETE_UNKNOWN_LENGTH})
    @ParameterizedTest
    void aFileWithoutAHeadIsMadeAnew(int header) throws IOException {
        write(100, 60);
        nowMillis += 1_000;
        write(100, 60);
        var newest = new CycleCount(directory).newestFile();
        nowMillis += 1_000;
        write(1, 60);
        var headless = new CycleCount(directory).newestFile();
        Files.delete(headless);
        Files.write(headless, ofInt(header));
        try (var reader = JournalReader.open(directory)) {
            reader.seek(reader.lastSeq());
            write(100, 60);
        }
        verify(300);
        assertEquals(3, new CycleCount(directory).cycles().length);
        assertTrue(Files.exists(newest));
    }

    @Test
    void aClosedCycleIsNotAppendedTo() {
        write(100, 60);
        nowMillis += 5_000;
        write(1, 60);
        var newest = new CycleCount(directory).newestFile();
        assertTrue(newest.toFile().delete());
        nowMillis = START_MILLIS;
        write(100, 60);
        verify(200);
    }

    @Test
    void anEmptyCycleIsPassedOver() throws IOException {
        write(100, 60);
        nowMillis += 5_000;
        long rollMillis = 1_000;
        try (var queue = Queues.open(
                        directory, Queues.rollCycle(RollInterval.SECONDLY), () -> nowMillis / rollMillis * rollMillis);
                var appender = queue.createAppender();
                var document = appender.writingDocument()) {
            document.rollbackOnClose();
        }
        assertEquals(2, new CycleCount(directory).cycles().length);
        nowMillis += 5_000;
        write(100, 60);
        verify(200);
        try (var reader = JournalReader.open(directory)) {
            for (long seq = 1; seq <= 200; seq++) {
                assertEquals(Seek.FOUND, reader.seek(seq));
            }
        }
    }

    @Test
    void locksLeftBehindByAnEqualProcessIdDoNotBlock() throws IOException {
        write(100, 60);
        var metadata = directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        try (var table = SingleTableBuilder.binary(metadata, Metadata.NoMeta.INSTANCE)
                .readOnly(false)
                .build()) {
            for (var key : new String[] {"chronicle.write.lock", "chronicle.append.lock"}) {
                try (var lock = table.acquireValueFor(key)) {
                    lock.setVolatileValue(ProcessHandle.current().pid());
                }
            }
        }
        write(100, 60);
        verify(200);
    }

    @ValueSource(ints = {0, 100, 192})
    @ParameterizedTest
    void tornPositionsAreDerivedAnew(int length) throws IOException {
        try (var writer = writer()) {
            Documents.append(writer, 100);
            writer.checkpointWritten(1);
            nowMillis += 1_000;
            Documents.append(writer, 100);
            writer.checkpointWritten(101);
        }
        Files.write(directory.resolve("positions"), new byte[length]);
        try (var reader = JournalReader.open(directory)) {
            assertEquals(0, reader.lastSeq());
            write(10, 60);
            assertEquals(210, reader.lastSeq());
            assertEquals(101, reader.seekCheckpoint());
        }
        verify(210);
    }

    @Test
    void missingPositionsAreDerivedAnew() throws IOException {
        write(100, 60);
        Files.delete(directory.resolve("positions"));
        write(100, 60);
        verify(200);
    }

    @Test
    void aLostCheckpointFallsBackToAnOlderCycle() throws IOException {
        try (var writer = writer()) {
            Documents.append(writer, 100);
            writer.checkpointWritten(1);
            nowMillis += 1_000;
            Documents.append(writer, 100);
            writer.checkpointWritten(101);
            nowMillis += 1_000;
            Documents.append(writer, 100);
            writer.checkpointWritten(201);
        }
        Files.delete(new CycleCount(directory).newestFile());
        try (var writer = writer();
                var reader = JournalReader.open(directory)) {
            assertEquals(200, writer.lastSeq());
            assertEquals(101, reader.seekCheckpoint());
        }
    }
}
