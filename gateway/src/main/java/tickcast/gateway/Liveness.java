package tickcast.gateway;

import java.util.concurrent.TimeUnit;

/** Whether a client is there still: one that says nothing is asked by a ping, and given up when nothing comes after that. Pure. */
final class Liveness {
    /** What to do about a client. */
    enum Verdict {
        WAIT,
        PING,
        GIVE_UP
    }

    private final int pingMillis;
    private final int pongMillis;
    private long heardNanos;
    private boolean pinged;

    Liveness(int pingMillis, int pongMillis, long nowNanos) {
        this.pingMillis = pingMillis;
        this.pongMillis = pongMillis;
        heardNanos = nowNanos;
    }

    /** Something came from the client, or it is listened to again. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
        pinged = false;
    }

    /** For how long nothing came, or could not come. */
    long silentNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }

    /** For how long nothing came. */
    long silentMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(silentNanos(nowNanos));
    }

    /** When to look next; before, there is nothing to do. */
    long dueNanos() {
        return heardNanos + TimeUnit.MILLISECONDS.toNanos(pinged ? pingMillis + pongMillis : pingMillis);
    }

    /** @param listening whether what comes is read at all; while it is not, nobody can tell */
    Verdict look(boolean listening, long nowNanos) {
        if (!listening) {
            heard(nowNanos);
            return Verdict.WAIT;
        }
        long silent = silentMillis(nowNanos);
        if (pinged) {
            return silent >= pingMillis + pongMillis ? Verdict.GIVE_UP : Verdict.WAIT;
        }
        pinged = silent >= pingMillis;
        return pinged ? Verdict.PING : Verdict.WAIT;
    }
}
