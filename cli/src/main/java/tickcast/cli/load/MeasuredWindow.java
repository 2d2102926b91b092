package tickcast.cli.load;

/**
 * The time that is measured, by {@link System#nanoTime()}. What was planned within it counts, however late it comes, and
 * nothing else does. Safe from any thread.
 */
public final class MeasuredWindow {
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile boolean open;

    public void begin(long limitNanos) {
        startNanos = System.nanoTime();
        endNanos = startNanos + limitNanos;
        open = true;
    }

    /** Ends it now unless it has ended. */
    public void end() {
        long now = System.nanoTime();
        if (now - endNanos < 0) {
            endNanos = now;
        }
    }

    /** Whether something belongs to it that was planned so many nanoseconds ago. */
    public boolean contains(long agoNanos) {
        return containsTime(System.nanoTime() - agoNanos);
    }

    public boolean containsTime(long nanoTime) {
        return open && nanoTime - startNanos >= 0 && nanoTime - endNanos < 0;
    }

    public long leftNanos() {
        return endNanos - System.nanoTime();
    }

    public double seconds() {
        return (endNanos - startNanos) / 1e9;
    }
}
