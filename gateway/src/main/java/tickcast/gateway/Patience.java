package tickcast.gateway;

import java.util.Objects;
import tickcast.protocol.json.OnSlow;

/**
 * How long clients are borne with that do not keep up, or say nothing.
 *
 * @param gentlest what may be done at most for a client that does not keep up; what it asks for that is gentler is not granted
 * @param lagMillis how long something may wait for a client that reads too slowly; then it is disconnected
 * @param queuedBytes most bytes that may wait for all clients together; then those with most are disconnected
 * @param pingMillis after how long a silence a client is sent a ping
 * @param pongMillis how long it has to answer that in any way
 * @param idleMillis how long an HTTP connection may be without a request
 */
public record Patience(
        OnSlow gentlest, int lagMillis, long queuedBytes, int pingMillis, int pongMillis, int idleMillis) {
    /** Conflation for all; 10 s of lag; 256 MiB for all together; a ping after 15 s, 10 s for the answer; 60 s of idleness. */
    public static final Patience DEFAULT = new Patience(OnSlow.CONFLATE, 10_000, 256L << 20, 15_000, 10_000, 60_000);

    private static final int LONGEST_MILLIS = 3_600_000;

    public Patience {
        Objects.requireNonNull(gentlest, "gentlest");
        require("lagMillis", lagMillis, 100, LONGEST_MILLIS);
        require("pingMillis", pingMillis, 100, LONGEST_MILLIS);
        require("pongMillis", pongMillis, 100, LONGEST_MILLIS);
        require("idleMillis", idleMillis, 100, LONGEST_MILLIS);
        if (queuedBytes < 1 << 20) {
            throw new IllegalArgumentException("Setting queuedBytes is " + queuedBytes + ", must be 1048576 or more");
        }
    }

    public Patience withGentlest(OnSlow newGentlest) {
        return new Patience(newGentlest, lagMillis, queuedBytes, pingMillis, pongMillis, idleMillis);
    }

    public Patience withLagMillis(int newLagMillis) {
        return new Patience(gentlest, newLagMillis, queuedBytes, pingMillis, pongMillis, idleMillis);
    }

    public Patience withQueuedBytes(long newQueuedBytes) {
        return new Patience(gentlest, lagMillis, newQueuedBytes, pingMillis, pongMillis, idleMillis);
    }

    /** @param newPongMillis for the answer */
    public Patience withPing(int newPingMillis, int newPongMillis) {
        return new Patience(gentlest, lagMillis, queuedBytes, newPingMillis, newPongMillis, idleMillis);
    }

    public Patience withIdleMillis(int newIdleMillis) {
        return new Patience(gentlest, lagMillis, queuedBytes, pingMillis, pongMillis, newIdleMillis);
    }

    /** What a client is granted that asks for {@code asked}. */
    OnSlow granted(OnSlow asked) {
        return asked.compareTo(gentlest) < 0 ? gentlest : asked;
    }

    /** Here and not with the other limits, whose defaults need this class first. */
    static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("Setting " + name + " is " + value + ", must be " + min + " to " + max);
        }
    }
}
