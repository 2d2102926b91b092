package tickcast.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the writer tells all readers, in a small memory-mapped file. Every field is one aligned {@code long}, so a crash
 * cannot tear it; the writer derives all but the checkpoint anew when it opens.
 */
final class Positions implements AutoCloseable {
    /** No cycle, no sequence, no checkpoint. */
    static final long NONE = 0;

    private static final String FILE_NAME = "positions";
    private static final long MAGIC = 0x31_534F_5054_4A4CL;
    private static final int MAGIC_OFFSET = 0;
    private static final int LAST_SEQ_OFFSET = 64;
    private static final int NEWEST_CYCLE_OFFSET = 128;
    private static final int CHECKPOINT_OFFSET = 136;
    private static final int OLDEST_CYCLE_OFFSET = 144;
    private static final int LENGTH = 192;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final boolean intact;

    private Positions(MappedByteBuffer mapped, boolean intact) {
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
        this.intact = intact;
    }

    /** For readers; null when the journal does not exist yet. */
    static Positions open(Path directory) throws IOException {
        var file = directory.resolve(FILE_NAME);
        return Files.exists(file) ? map(file, FileChannel.MapMode.READ_ONLY) : null;
    }

    /** For the holder of the writer's lock. */
    static Positions openOrCreate(Path directory) throws IOException {
        var file = directory.resolve(FILE_NAME);
        if (Files.exists(file)) {
            var existing = map(file, FileChannel.MapMode.READ_WRITE);
            if (existing != null) {
                return existing;
            }
        }
        var draft = directory.resolve(FILE_NAME + ".new");
        var content = new UnsafeBuffer(new byte[LENGTH]);
        content.putLong(MAGIC_OFFSET, MAGIC);
        Files.write(draft, content.byteArray());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Positions(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH), false);
        }
    }

    /** Null when the file is torn. */
    private static Positions map(Path file, FileChannel.MapMode mode) throws IOException {
        var options = mode == FileChannel.MapMode.READ_WRITE
                ? new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE}
                : new StandardOpenOption[] {StandardOpenOption.READ};
        try (var channel = FileChannel.open(file, options)) {
            if (channel.size() != LENGTH) {
                return null;
            }
            var positions = new Positions(channel.map(mode, 0, LENGTH), true);
            if (positions.buffer.getLong(MAGIC_OFFSET) == MAGIC) {
                return positions;
            }
            positions.close();
            return null;
        }
    }

    /** Whether the file was there and whole, so that its checkpoint is to be trusted. */
    boolean intact() {
        return intact;
    }

    long lastSeq() {
        return buffer.getLongVolatile(LAST_SEQ_OFFSET);
    }

    void lastSeq(long seq) {
        buffer.putLongRelease(LAST_SEQ_OFFSET, seq);
    }

    /** The newest cycle that has a document. */
    long newestCycle() {
        return buffer.getLongVolatile(NEWEST_CYCLE_OFFSET);
    }

    void newestCycle(long cycle) {
        buffer.putLongVolatile(NEWEST_CYCLE_OFFSET, cycle);
    }

    long checkpoint() {
        return buffer.getLongVolatile(CHECKPOINT_OFFSET);
    }

    void checkpoint(long seq) {
        buffer.putLongVolatile(CHECKPOINT_OFFSET, seq);
    }

    /** Cycles before this one are deleted, or about to be. */
    long oldestCycle() {
        return buffer.getLongVolatile(OLDEST_CYCLE_OFFSET);
    }

    void oldestCycle(long cycle) {
        buffer.putLongVolatile(OLDEST_CYCLE_OFFSET, cycle);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
