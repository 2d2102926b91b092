package tickcast.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate that holds in the long run, and a burst that may come at once. Safe from any thread; nobody waits. Times are
 * nanoseconds of a clock that never goes back, such as {@link System#nanoTime}.
 */
final class TokenBucket {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What it holds; the bucket is shared, so that a new rate holds for what was used before, too. */
    record Rate(long perSecond, long burst) {
        private double intervalNanos() {
            return (double) SECOND_NANOS / perSecond;
        }
    }

    /** When it will be full again: the tokens that lack are those of the time until then. */
    private final AtomicLong fullNanos;

    TokenBucket(long nowNanos) {
        fullNanos = new AtomicLong(nowNanos);
    }

    /** Takes a token if there is one. */
    boolean take(Rate rate, long nowNanos) {
        return take(rate, nowNanos, 1);
    }

    /** Takes so many tokens if they are there; all that there can be count for more. */
    boolean take(Rate rate, long nowNanos, int count) {
        double intervalNanos = rate.intervalNanos();
        while (true) {
            long full = fullNanos.get();
            double lackingNanos = Math.max(0, full - nowNanos) + Math.min(count, rate.burst()) * intervalNanos;
            if (lackingNanos > rate.burst() * intervalNanos + 0.5) {
                return false;
            }
            if (fullNanos.compareAndSet(full, nowNanos + (long) lackingNanos)) {
                return true;
            }
        }
    }

    /** How many tokens there are. */
    long tokens(Rate rate, long nowNanos) {
        double lacking = Math.max(0, fullNanos.get() - nowNanos) / rate.intervalNanos();
        return Math.max(0, (long) Math.floor(rate.burst() - lacking + 1e-6));
    }

    /** In how many milliseconds there is a token, at least 1. */
    long millisToNext(Rate rate, long nowNanos) {
        return millisTo(rate, nowNanos, 1);
    }

    /** In how many milliseconds there are so many tokens, at least 1. */
    long millisTo(Rate rate, long nowNanos, int count) {
        double intervalNanos = rate.intervalNanos();
        double waitNanos = fullNanos.get() - nowNanos + (Math.min(count, rate.burst()) - rate.burst()) * intervalNanos;
        return Math.max(1, (long) Math.ceil(waitNanos / TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /** Whether nothing lacks: it knows nothing that a new one would not. */
    boolean isFull(long nowNanos) {
        return fullNanos.get() - nowNanos <= 0;
    }
}
