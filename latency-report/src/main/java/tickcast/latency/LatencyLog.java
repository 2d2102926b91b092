package tickcast.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Merges the recorders of every stage and writes, each interval, one histogram per stage, and per stage and account, to an interval log that
 * {@link LatencyReport} and the tools of HdrHistogram read. A tag under which nothing happened has no line.
 *
 * <p>Any thread may call any method; {@link #recorder} never waits, the others may wait for a write to the disk and do
 * not belong on an event loop. An error of the disk ends the writing but not the recording: {@link #failure} tells it,
 * {@link #close} throws it.
 */
public final class LatencyLog implements AutoCloseable {

    /** What a file may hold before a new one is begun; the one before is kept, so that a log takes about twice this. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** All at once takes milliseconds, in which whoever wakes on the same core would wait. */
    private static final long PAUSE_NANOS = 1_000;

    private static final Runnable NO_PAUSE = () -> {};

    private final List<LatencyRecorder> recorders = new CopyOnWriteArrayList<>();
    private final Map<String, StageHistory> histories = new TreeMap<>(ReportBuilder.TAG_ORDER);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongSupplier epochMillis;
    private RollingLogFile file; // null when nothing is (any longer) to be written
    private long intervalStartMillis;
    private IOException failure;

    private LatencyLog(LongSupplier epochMillis) {
        this.epochMillis = epochMillis;
        intervalStartMillis = epochMillis.getAsLong();
    }

    /** A log of at most about twice {@link #DEFAULT_MAX_BYTES}. */
    public static LatencyLog open(Path file, Duration interval, List<String> comments) throws IOException {
        return open(file, interval, comments, DEFAULT_MAX_BYTES);
    }

    /**
     * Begins a new log, written by a daemon thread every {@code interval}. A file that is there already is kept as the
     * previous one ({@code x.previous.hlog} beside {@code x.hlog}), and so is one that has reached {@code maxBytes}.
     *
     * @param comments lines for the head of each file: what runs where, and how
     */
    public static LatencyLog open(Path file, Duration interval, List<String> comments, long maxBytes)
            throws IOException {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be longer than 0: " + interval);
        }
        LatencyLog log = stepped(file, comments, maxBytes, System::currentTimeMillis);
        Thread thread = new Thread(() -> log.run(interval.toNanos()), "tickcast-latency-log");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    /** Keeps totals and writes nothing. */
    public static LatencyLog discarding() {
        return new LatencyLog(System::currentTimeMillis);
    }

    /** Without a thread: an interval ends when {@link #writeInterval} is called. */
    static LatencyLog stepped(Path file, List<String> comments, long maxBytes, LongSupplier epochMillis)
            throws IOException {
        LatencyLog log = new LatencyLog(epochMillis);
        log.file = RollingLogFile.open(file, maxBytes, comments, log.intervalStartMillis);
        return log;
    }

    /**
     * A new recorder, for one thread; several may share a stage. Close it when its thread records no more and the log
     * lives on.
     */
    public LatencyRecorder recorder(Stage stage) {
        return added(new LatencyRecorder(stage.tag(), LatencyRecorder.SIGNIFICANT_DIGITS));
    }

    /**
     * A new recorder of what a stage takes for one account; its tag is that of the stage, {@code @} and the account. As {@link
     * #recorder(Stage)} otherwise.
     *
     * @param account without blanks and commas
     */
    public LatencyRecorder recorder(Stage stage, String account) {
        return added(new LatencyRecorder(
                stage.tag() + ReportBuilder.ACCOUNT_MARK + account, LatencyRecorder.ACCOUNT_DIGITS));
    }

    private LatencyRecorder added(LatencyRecorder recorder) {
        recorders.add(recorder);
        return recorder;
    }

    /**
     * All that was recorded until now, in nanoseconds by tag: copies, in the order of a report, without tags
     * that have none.
     */
    public synchronized Map<String, Histogram> totals() {
        collect(epochMillis.getAsLong(), NO_PAUSE);
        Map<String, Histogram> totals = new LinkedHashMap<>();
        histories.forEach((tag, history) -> {
            Histogram total = history.total();
            if (total.getTotalCount() > 0) {
                totals.put(tag, total);
            }
        });
        return totals;
    }

    /** A report of the totals, one row per stage. */
    public synchronized LatencyReport report() {
        Map<String, Histogram> totals = totals();
        Map<String, Long> clamped = new LinkedHashMap<>();
        histories.forEach((tag, history) -> clamped.put(tag, history.clamped()));
        return LatencyReport.of(totals, clamped);
    }

    /** Why nothing is written any more. */
    public synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Writes the last, shorter interval and ends the log; the totals stay readable.
     *
     * @throws UncheckedIOException when the log is not complete
     */
    @Override
    public synchronized void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        writeInterval();
        closeFile();
        if (failure != null) {
            throw new UncheckedIOException("latency log is not complete", failure);
        }
    }

    /** What was recorded of a stage until now, in nanoseconds: a copy. It takes far less than all of {@link #totals}. */
    public synchronized Histogram total(Stage stage) {
        StageHistory history = histories.computeIfAbsent(
                stage.tag(), tag -> new StageHistory(tag, LatencyRecorder.SIGNIFICANT_DIGITS));
        for (LatencyRecorder recorder : recorders) {
            if (recorder.tag().equals(stage.tag())) {
                history.collect(recorder);
            }
        }
        return history.total();
    }

    void writeInterval() {
        writeInterval(NO_PAUSE);
    }

    private synchronized void writeInterval(Runnable pause) {
        long now = Math.max(epochMillis.getAsLong(), intervalStartMillis);
        collect(now, pause);
        if (file == null) {
            return;
        }
        try {
            file.rollIfFull(intervalStartMillis);
            for (StageHistory history : histories.values()) {
                if (history.writeInterval(file)) {
                    pause.run();
                }
            }
            file.flush();
        } catch (IOException e) {
            failure = e;
            closeFile();
        }
        intervalStartMillis = now;
    }

    private void collect(long now, Runnable pause) {
        for (LatencyRecorder recorder : recorders) {
            boolean last = recorder.isClosed(); // asked first: a closed recorder gets nothing more
            StageHistory history =
                    histories.computeIfAbsent(recorder.tag(), tag -> new StageHistory(tag, recorder.digits()));
            if (history.collect(recorder)) {
                pause.run();
            }
            if (last) {
                recorders.remove(recorder);
            }
        }
        histories.values().forEach(history -> history.intervalTimes(intervalStartMillis, now));
    }

    private void closeFile() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
        file = null;
    }

    private void run(long intervalNanos) {
        long due = System.nanoTime() + intervalNanos;
        try {
            while (!closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                writeInterval(() -> LockSupport.parkNanos(PAUSE_NANOS));
                due = Math.max(due + intervalNanos, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody else knows this thread: it is to end
        }
    }
}
