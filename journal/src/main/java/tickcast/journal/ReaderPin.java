package tickcast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reader's word to the writer which cycles it still needs: two files in {@code readers/}, a small mapped one that names
 * the oldest such cycle, and one that the reader holds locked while it lives.
 *
 * <p>Writer and reader each write first and look second: the writer announces in {@link Positions} what it is about to
 * delete and then looks at the pins; a reader pins and then looks at the announcement. So one of them always sees the
 * other.
 */
final class ReaderPin implements AutoCloseable {
    /** Every cycle is needed. */
    static final long ALL = 0;
    /** No cycle is needed. */
    static final long NOTHING = Long.MAX_VALUE;

    static final String LOCK_SUFFIX = ".lock";

    private static final String PIN_SUFFIX = ".pin";

    private final Path pinFile;
    private final Path lockFile;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final ProcessLock lock;

    private ReaderPin(Path pinFile, Path lockFile, MappedByteBuffer mapped, ProcessLock lock) {
        this.pinFile = pinFile;
        this.lockFile = lockFile;
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
        this.lock = lock;
    }

    static Path directory(Path journal) {
        return journal.resolve("readers");
    }

    static ReaderPin create(Path journal) throws IOException {
        var directory = Files.createDirectories(directory(journal));
        while (true) {
            var id = UUID.randomUUID().toString();
            var pinFile = directory.resolve(id + PIN_SUFFIX);
            var lockFile = directory.resolve(id + LOCK_SUFFIX);
            MappedByteBuffer mapped;
            try (var channel = FileChannel.open(
                    pinFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            }
            new UnsafeBuffer(mapped).putLong(0, NOTHING);
            var lock = ProcessLock.tryAcquire(lockFile);
            if (lock != null && Files.exists(lockFile) && Files.exists(pinFile)) {
                return new ReaderPin(pinFile, lockFile, mapped, lock);
            }
            // A writer took the files for those of a dead reader, in the moment before they were locked.
            IoUtil.unmap(mapped);
            if (lock != null) {
                lock.close();
            }
            Files.deleteIfExists(lockFile);
            Files.deleteIfExists(pinFile);
        }
    }

    /** The oldest cycle that a live reader needs, {@link #NOTHING} when none does. Clears away the dead. */
    static long oldest(Path journal) throws IOException {
        var directory = directory(journal);
        if (!Files.exists(directory)) {
            return NOTHING;
        }
        long oldest = NOTHING;
        try (var locks = Files.newDirectoryStream(directory, "*" + LOCK_SUFFIX)) {
            for (var lockFile : locks) {
                oldest = Math.min(oldest, pinned(lockFile));
            }
        }
        return oldest;
    }

    private static long pinned(Path lockFile) throws IOException {
        var id = lockFile.getFileName().toString();
        var pinFile = lockFile.resolveSibling(id.substring(0, id.length() - LOCK_SUFFIX.length()) + PIN_SUFFIX);
        try (var dead = ProcessLock.tryAcquire(lockFile)) {
            if (dead != null) {
                Files.deleteIfExists(pinFile);
                Files.deleteIfExists(lockFile);
                return NOTHING;
            }
        }
        try {
            return new UnsafeBuffer(Files.readAllBytes(pinFile)).getLong(0);
        } catch (NoSuchFileException e) {
            return NOTHING; // the reader was closed, in this very moment perhaps
        }
    }

    /** This cycle and all younger ones are needed from now on. */
    void hold(long cycle) {
        buffer.putLongVolatile(0, cycle);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
        try {
            Files.deleteIfExists(pinFile);
            Files.deleteIfExists(lockFile);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
