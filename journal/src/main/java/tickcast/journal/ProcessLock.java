package tickcast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that the operating system gives back when its process dies, however it dies.
 *
 * <p>Closing any channel on a file releases every lock that the process has on it, so a file that this JVM has locked
 * must not be opened again here, not even to look at it: {@link #HELD} is asked first.
 */
final class ProcessLock implements AutoCloseable {
    private static final Map<Path, ProcessLock> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Null when somebody else has it, in this process or another. Creates the file when it is missing. */
    static synchronized ProcessLock tryAcquire(Path file) throws IOException {
        var key = key(file);
        if (HELD.containsKey(key)) {
            return null;
        }
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locks(channel, false)) {
            channel.close();
            return null;
        }
        var lock = new ProcessLock(key, channel);
        HELD.put(key, lock);
        return lock;
    }

    /** Whether a live process has the lock. Takes it shared for a moment, so an acquirer should try more than once. */
    static synchronized boolean isHeld(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        if (HELD.containsKey(key(file))) {
            return true;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return !locks(channel, true);
        }
    }

    private static boolean locks(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether this JVM has it. */
    static boolean isHeldHere(Path file) throws IOException {
        return HELD.containsKey(key(file));
    }

    private static Path key(Path file) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    FileChannel channel() {
        return channel;
    }

    /** Replaces what the file says. */
    void write(ByteBuffer content) throws IOException {
        channel.truncate(0);
        channel.write(content, 0);
    }

    @Override
    public void close() throws IOException {
        synchronized (ProcessLock.class) {
            HELD.remove(file);
            channel.close();
        }
    }
}
