package tickcast.gateway;

import java.util.PriorityQueue;

/** The conflated groups that have something to send, by when they may. Confined to a shard. */
final class ConflationSchedule {
    private final PriorityQueue<ConflatedGroup> waiting =
            new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos() - b.dueNanos()));
    private final long startNanos;

    /** @param startNanos a time before all that is scheduled */
    ConflationSchedule(long startNanos) {
        this.startNanos = startNanos;
    }

    long startNanos() {
        return startNanos;
    }

    void add(ConflatedGroup group) {
        waiting.add(group);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** When the next group is due; there must be one. */
    long nextNanos() {
        return waiting.element().dueNanos();
    }

    /** Has every group that is due now append its update to the turn. */
    void renewDue(long epochNanos, Turn turn) {
        if (!waiting.isEmpty()) {
            renewDue(System.nanoTime(), epochNanos, turn);
        }
    }

    /** Has every group that is due append its update to the turn. */
    void renewDue(long nowNanos, long epochNanos, Turn turn) {
        while (!waiting.isEmpty() && nextNanos() - nowNanos <= 0) {
            waiting.remove().renew(nowNanos, epochNanos, turn);
        }
    }
}
