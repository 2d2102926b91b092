package tickcast.latency;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures the stalls of the machine and the JVM themselves, which no program on them can avoid, into the log as {@link
 * Stage#MACHINE_HICCUP}: a daemon thread sleeps for a millisecond again and again, and what it oversleeps is a hiccup.
 *
 * <p>The shortest sleep seen counts as no hiccup, so that the timer's own slack is left out. A long hiccup is recorded
 * with those that it hid, as if the thread had gone on trying every millisecond (corrected for coordinated omission).
 */
public final class HiccupMeter implements AutoCloseable {

    static final long PAUSE_NANOS = 1_000_000;

    /** Returns not before the time is over. */
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    private final LatencyRecorder recorder;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final Thread thread = new Thread(this::run, "tickcast-hiccup-meter");
    private volatile boolean closing;
    private long shortestNanos = Long.MAX_VALUE;

    /** Takes no thread: a measurement is made when {@link #measureOnce} is called. */
    HiccupMeter(LatencyRecorder recorder, LongSupplier nanoTime, Sleeper sleeper) {
        this.recorder = recorder;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /** Measures until closed. Close it before the log. */
    public static HiccupMeter start(LatencyLog log) {
        HiccupMeter meter =
                new HiccupMeter(log.recorder(Stage.MACHINE_HICCUP), System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        meter.thread.setDaemon(true);
        meter.thread.start();
        return meter;
    }

    /** All that was measured is in the log's totals afterwards. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void measureOnce() throws InterruptedException {
        long before = nanoTime.getAsLong();
        sleeper.sleep(PAUSE_NANOS);
        long elapsedNanos = nanoTime.getAsLong() - before;
        shortestNanos = Math.min(shortestNanos, elapsedNanos);
        recorder.recordCorrected(elapsedNanos - shortestNanos, PAUSE_NANOS);
    }

    private void run() {
        try {
            while (!closing) {
                measureOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody else knows this thread: it is to end
        } finally {
            recorder.close();
        }
    }
}
