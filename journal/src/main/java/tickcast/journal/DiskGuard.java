package tickcast.journal;

import java.util.function.LongSupplier;

/**
 * Tells when the disk is nearly full. A mapped file that cannot grow kills the process, so that must be known before.
 * Asks the disk once a second and every so many bytes; while it is full, every time.
 */
final class DiskGuard {
    private static final long ASK_EVERY_BYTES = 4 << 20;
    private static final long ASK_EVERY_MILLIS = 1_000;

    private final LongSupplier usableBytes;
    private final long minFreeBytes;
    private long bytesLeft;
    private long askAgainMillis = Long.MIN_VALUE;
    private boolean full;

    DiskGuard(LongSupplier usableBytes, long minFreeBytes) {
        this.usableBytes = usableBytes;
        this.minFreeBytes = minFreeBytes;
    }

    /** Whether {@code length} more bytes may be written. */
    boolean admits(int length, long nowMillis) {
        bytesLeft -= length;
        if (full || bytesLeft < 0 || nowMillis >= askAgainMillis) {
            full = usableBytes.getAsLong() - length < minFreeBytes;
            bytesLeft = ASK_EVERY_BYTES;
            askAgainMillis = nowMillis + ASK_EVERY_MILLIS;
        }
        return !full;
    }
}
