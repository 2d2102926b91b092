package tickcast.gateway;

import java.util.concurrent.TimeUnit;

/**
 * Decides message by message whether a client keeps to its rate. A client that goes above it is first refused, and has
 * gone too far when it is still above it a second later or has had a whole burst refused. Confined to a thread.
 */
final class TokenBucket {
    enum Verdict {
        TAKEN,
        /** The first refusal since the client last kept to its rate. */
        FIRST_REFUSED,
        REFUSED,
        TOO_FAR
    }

    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perNano;
    private final int burst;
    private double tokens;
    private long lastNanos;
    private boolean limited;
    private long limitedSinceNanos;
    private int refused;

    TokenBucket(int perSecond, int burst, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        tokens = burst;
        lastNanos = nowNanos;
    }

    /** @param nowNanos of a clock that never goes back, such as {@link System#nanoTime} */
    Verdict take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        if (tokens >= 1) {
            tokens--;
            limited &= tokens < burst / 2;
            return Verdict.TAKEN;
        }
        if (!limited) {
            limited = true;
            limitedSinceNanos = nowNanos;
            refused = 1;
            return Verdict.FIRST_REFUSED;
        }
        refused++;
        return refused > burst || nowNanos - limitedSinceNanos > GRACE_NANOS ? Verdict.TOO_FAR : Verdict.REFUSED;
    }
}
