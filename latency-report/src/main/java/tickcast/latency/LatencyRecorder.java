package tickcast.latency;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Takes latencies in nanoseconds of one stage from one thread: recording neither waits nor allocates.
 *
 * <p>Only one thread may record; a {@link LatencyLog} collects from another. A recorder holds about half a megabyte:
 * make one per recording thread, not one per session.
 *
 * <p>Values keep three significant digits, those of an account two. A negative latency, which clocks that disagree can give, is recorded as 0
 * and one above {@link #HIGHEST_NANOS} as that, so that no count is lost; how many were clamped so is told in the log
 * and in the report.
 */
public final class LatencyRecorder implements AutoCloseable {

    /** One hour. */
    public static final long HIGHEST_NANOS = 3_600_000_000_000L;

    static final int SIGNIFICANT_DIGITS = 3;
    /** Of what is kept for each account: a tenth of the memory. */
    static final int ACCOUNT_DIGITS = 2;

    private final String tag;
    private final int digits;
    private final SingleWriterRecorder recorder;
    private final AtomicLong clamped = new AtomicLong();
    private volatile boolean closed;
    private Histogram drained; // of the collecting thread; handed back to the recorder to be filled again

    LatencyRecorder(String tag, int digits) {
        this.tag = tag;
        this.digits = digits;
        recorder = new SingleWriterRecorder(HIGHEST_NANOS, digits);
    }

    /** What marks it in logs and reports. */
    public String tag() {
        return tag;
    }

    int digits() {
        return digits;
    }

    public void record(long latencyNanos) {
        recorder.recordValue(clamp(latencyNanos, 1));
    }

    /** Records the same latency {@code count} times. */
    public void record(long latencyNanos, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        recorder.recordValueWithCount(clamp(latencyNanos, count), count);
    }

    /**
     * Records a latency that kept its thread from measuring every {@code expectedIntervalNanos}, and with it the
     * shorter ones that would have been measured meanwhile.
     */
    void recordCorrected(long latencyNanos, long expectedIntervalNanos) {
        recorder.recordValueWithExpectedInterval(clamp(latencyNanos, 1), expectedIntervalNanos);
    }

    /** Nothing will be recorded any more; what has been is still counted. The log then lets go of the recorder. */
    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Moves what was recorded since the last call into {@code target}; returns how many values were clamped. One thread
     * at a time.
     */
    long drainInto(Histogram target) {
        drained = recorder.getIntervalHistogram(drained);
        if (drained.getTotalCount() > 0) {
            target.add(drained);
        }
        return clamped.getAndSet(0);
    }

    private long clamp(long latencyNanos, long count) {
        if (latencyNanos >= 0 && latencyNanos <= HIGHEST_NANOS) {
            return latencyNanos;
        }
        clamped.addAndGet(count);
        return latencyNanos < 0 ? 0 : HIGHEST_NANOS;
    }
}
