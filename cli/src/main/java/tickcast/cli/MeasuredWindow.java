package tickcast.cli;

/**
 * The time that is measured, by {@link System#nanoTime()}. What was planned within it counts, however late it comes, and
 * nothing else does. Safe from any thread.
 */
final class MeasuredWindow {
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile boolean open;

    void begin(long limitNanos) {
        startNanos = System.nanoTime();
        endNanos = startNanos + limitNanos;
        open = true;
    }

    /** Ends it now unless it has ended. */
    void end() {
        long now = System.nanoTime();
        if (now - endNanos < 0) {
            endNanos = now;
        }
    }

    /** Whether something belongs to it that was planned so many nanoseconds ago. */
    boolean contains(long agoNanos) {
        return containsTime(System.nanoTime() - agoNanos);
    }

    boolean containsTime(long nanoTime) {
        return open && nanoTime - startNanos >= 0 && nanoTime - endNanos < 0;
    }

    long leftNanos() {
        return endNanos - System.nanoTime();
    }

    double seconds() {
        return (endNanos - startNanos) / 1e9;
    }
}
