package tickcast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The right to write a journal: a lock on {@code writer.lock}, which says who has it. */
final class WriterLock {
    private static final String FILE_NAME = "writer.lock";
    private static final int TRIES = 25;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private WriterLock() {}

    /** Tries for a quarter of a second, because {@link #isHeld} takes the lock for a moment. */
    static ProcessLock acquire(Path directory) throws IOException {
        var file = directory.resolve(FILE_NAME);
        for (int i = 0; i < TRIES; i++) {
            var lock = ProcessLock.tryAcquire(file);
            if (lock != null) {
                var holder = "process " + ProcessHandle.current().pid() + " since " + Instant.now();
                lock.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)));
                return lock;
            }
            if (ProcessLock.isHeldHere(file)) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new JournalLockedException(directory + " has a writer already: " + holder(file));
    }

    /** Who writes the journal, or did last. */
    static String holderOf(Path directory) throws IOException {
        return holder(directory.resolve(FILE_NAME));
    }

    private static String holder(Path file) throws IOException {
        return ProcessLock.isHeldHere(file)
                ? "this process, " + ProcessHandle.current().pid()
                : Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    static boolean isHeld(Path directory) throws IOException {
        return ProcessLock.isHeld(directory.resolve(FILE_NAME));
    }
}
