package tickcast.journal;

import java.util.concurrent.TimeUnit;

/**
 * Whether so much comes that waking a thread for each costs more than to let it look every now and then: to wake one takes the
 * waker several microseconds. Confined to a thread.
 */
public final class Traffic {
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BUSY = 5;

    private long windowNanos;
    private long before;
    private boolean wasBusy;

    /**
     * Whether at least five came in this millisecond so far, or in the one before.
     *
     * @param total how many have come ever
     * @param nowNanos of a clock that never goes back
     */
    public boolean isBusy(long total, long nowNanos) {
        boolean busy = total - before >= BUSY;
        if (nowNanos - windowNanos >= WINDOW_NANOS) {
            wasBusy = busy && nowNanos - windowNanos < 2 * WINDOW_NANOS;
            windowNanos = nowNanos;
            before = total;
            return wasBusy;
        }
        return busy || wasBusy;
    }
}
