package tickcast.gateway;

import java.util.concurrent.TimeUnit;

/**
 * What is to be done about a client, by how much waits for it and for how long. It goes up at once and down in steps: from
 * {@link Rung#SKIP} when what waited was read, from {@link Rung#CONFLATE} after a calm time, which grows when that was too short. Pure.
 */
final class Ladder {
    /** The steps, each harder than the one before. */
    enum Rung {
        LIVE,
        CONFLATE,
        SKIP,
        DISCONNECT
    }

    static final long FIRST_CALM_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_CALM_NANOS = TimeUnit.SECONDS.toNanos(32);
    static final long RELAPSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int CONFLATE_DIVISOR = 4;
    private static final int SKIP_DIVISOR = 2;
    private static final int CALM_DIVISOR = 8;
    private static final int DRAINED_DIVISOR = 32;

    private final long limitBytes;
    private final long limitNanos;
    private Rung rung = Rung.LIVE;
    private boolean behind;
    private long calmNanos = FIRST_CALM_NANOS;
    private long calmSinceNanos;
    private long liveSinceNanos;
    private boolean wasBehind;

    Ladder(long limitBytes, long limitNanos) {
        this.limitBytes = limitBytes;
        this.limitNanos = limitNanos;
    }

    Rung rung() {
        return rung;
    }

    /** Whether the last measure was above the first threshold. */
    boolean behind() {
        return behind;
    }

    /** Whether so little waits that the client has read nearly all. */
    boolean drained(long pendingBytes) {
        return pendingBytes <= limitBytes / DRAINED_DIVISOR;
    }

    /** Takes a measure; returns the rung from now on. */
    Rung measure(long pendingBytes, long ageNanos, long nowNanos) {
        behind = above(CONFLATE_DIVISOR, pendingBytes, ageNanos);
        if (above(1, pendingBytes, ageNanos)) {
            rung = Rung.DISCONNECT;
        } else if (above(SKIP_DIVISOR, pendingBytes, ageNanos)) {
            fall(nowNanos);
            rung = Rung.SKIP;
        } else if (behind && rung == Rung.LIVE) {
            fall(nowNanos);
            rung = Rung.CONFLATE;
        } else if (rung == Rung.SKIP && drained(pendingBytes)) {
            rung = Rung.CONFLATE;
            calmSinceNanos = nowNanos;
        } else if (rung == Rung.CONFLATE) {
            climbDown(pendingBytes, nowNanos);
        }
        return rung;
    }

    private boolean above(int divisor, long pendingBytes, long ageNanos) {
        return pendingBytes > limitBytes / divisor || ageNanos > limitNanos / divisor;
    }

    private void fall(long nowNanos) {
        calmSinceNanos = nowNanos;
        if (rung == Rung.LIVE) {
            boolean again = wasBehind && nowNanos - liveSinceNanos < RELAPSE_NANOS;
            calmNanos = again ? Math.min(2 * calmNanos, LONGEST_CALM_NANOS) : FIRST_CALM_NANOS;
        }
    }

    private void climbDown(long pendingBytes, long nowNanos) {
        if (behind || pendingBytes > limitBytes / CALM_DIVISOR) {
            calmSinceNanos = nowNanos;
        } else if (nowNanos - calmSinceNanos >= calmNanos) {
            rung = Rung.LIVE;
            liveSinceNanos = nowNanos;
            wasBehind = true;
        }
    }
}
