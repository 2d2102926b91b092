package tickcast.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A clock that can be put forward by whole days, for all processes that have its file open. For any thread. */
final class MovableDays implements LongSupplier {
    private final UnsafeBuffer ahead;

    private MovableDays(UnsafeBuffer ahead) {
        this.ahead = ahead;
    }

    static MovableDays open(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            return new MovableDays(
                    new UnsafeBuffer(file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES)));
        }
    }

    /** Puts it forward, or back. */
    void move(int days) {
        ahead.getAndAddLong(0, days);
    }

    /** Nanoseconds since the Unix epoch. */
    @Override
    public long getAsLong() {
        return SystemEpochNanoClock.INSTANCE.nanoTime() + TimeUnit.DAYS.toNanos(ahead.getLongVolatile(0));
    }
}
