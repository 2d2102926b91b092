package tickcast.cli.load;

import java.util.concurrent.locks.LockSupport;

/**
 * A fixed plan of things to do, so many a second from the first {@link #awaitNext} on: one that is late does not shift those after
 * it. Of one thread, but for {@link #stop}.
 */
public final class FixedPlan {
    private static final double SECOND_NANOS = 1e9;
    /** The last part of a wait is spun, because waking up takes about this long. */
    private static final long SPIN_NANOS = 60_000;
    /** So soon a stop is noticed. */
    private static final long LONGEST_PARK_NANOS = 50_000_000;

    private final double perSecond;
    private final long spinNanos;
    private long startNanos;
    private long number = -1;
    private volatile boolean stopped;

    /** @param perSecond above 0 */
    public FixedPlan(double perSecond) {
        this.perSecond = perSecond;
        // When things follow each other sooner than that, spinning would keep a core from what is measured.
        spinNanos = SECOND_NANOS / perSecond < 4 * SPIN_NANOS ? 0 : SPIN_NANOS;
    }

    /** Waits until the next thing is due; false when it was stopped before. */
    public boolean awaitNext() {
        if (number < 0) {
            startNanos = System.nanoTime();
        }
        number++;
        long left = plannedNanos() - System.nanoTime();
        while (left > 0 && !stopped) {
            if (left > spinNanos || spinNanos == 0) {
                LockSupport.parkNanos(Math.min(left - spinNanos, LONGEST_PARK_NANOS));
            } else {
                Thread.onSpinWait();
            }
            left = plannedNanos() - System.nanoTime();
        }
        return !stopped;
    }

    /** 0 for the first. */
    public long number() {
        return number;
    }

    /** When it was to be done, by {@link System#nanoTime()}. */
    public long plannedNanos() {
        return startNanos + (long) (number * (SECOND_NANOS / perSecond));
    }

    public void stop() {
        stopped = true;
    }
}
