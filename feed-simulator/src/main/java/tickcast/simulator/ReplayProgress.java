package tickcast.simulator;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.simulator.recording.Recording;

/** How far a replay is, and what was found. Written by the thread that replays, read by any. */
public final class ReplayProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayProgress.class);
    private static final int WARNINGS_LOGGED = 20;
    private static final int PACING_DIGITS = 3;

    private final AtomicLong firstNanos = new AtomicLong();
    private final AtomicLong positionNanos = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong warnings = new AtomicLong();
    private final AtomicLong disagreements = new AtomicLong();
    private final AtomicLong contradictions = new AtomicLong();
    private final Histogram pacing = new ConcurrentHistogram(PACING_DIGITS);
    private final Set<String> symbols = ConcurrentHashMap.newKeySet();
    private volatile ZoneId zone = ZoneOffset.UTC;
    private volatile long startedNanoTime;
    private volatile long endedNanoTime;
    private volatile boolean started;
    private volatile boolean stopped;
    /** Of the passes before this one. */
    private long recordsBefore;

    private boolean bookTakenBack;

    private volatile long endNanos;
    private volatile long bytesTotal;
    private volatile int passes;
    private volatile boolean seeking;
    private volatile boolean paused;
    private volatile ReplaySpeed speed;
    private volatile String failure;
    private volatile Map<String, Long> counts = Map.of();
    private volatile boolean ended;

    ReplayProgress(ReplaySpeed speed) {
        this.speed = speed;
    }

    /** When the newest record was made, in nanoseconds since the Unix epoch; 0 before the first that has a time. */
    public long positionNanos() {
        return positionNanos.get();
    }

    /** When the first record was made that was shown, in nanoseconds since the Unix epoch; 0 before it. */
    public long firstNanos() {
        return firstNanos.get();
    }

    /** In which the times of the recording are told to users. */
    public ZoneId zone() {
        return zone;
    }

    /** Nanoseconds from the first record to the newest, or to the end. */
    public long elapsedNanos() {
        if (!started) {
            return 0;
        }
        return (stopped ? endedNanoTime : System.nanoTime()) - startedNanoTime;
    }

    /** The symbols that the recording has told of so far. */
    public Set<String> symbols() {
        return Set.copyOf(symbols);
    }

    /** Records that were read in all passes, those of symbols that are left out included. */
    public long records() {
        return records.get();
    }

    /** When the last record was made at the latest, in nanoseconds since the Unix epoch; 0 = at the end of the files. */
    public long endNanos() {
        return endNanos;
    }

    /** Bytes of the files that were read in this pass. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** Bytes of all files as they are on disk. */
    public long bytesTotal() {
        return bytesTotal;
    }

    /** How often the recording was replayed to its end. */
    public int passes() {
        return passes;
    }

    /** Whether it is still on its way to where it shall begin. */
    public boolean seeking() {
        return seeking;
    }

    public boolean paused() {
        return paused;
    }

    public ReplaySpeed speed() {
        return speed;
    }

    /** Whether nothing more comes: the recording is at its end, or damaged. */
    public boolean ended() {
        return ended;
    }

    /** Why it could not be read to its end; null when it could so far. */
    public String failure() {
        return failure;
    }

    /** Records of each kind, by name; once it has ended or was stopped. Of several passes those of the last. */
    public Map<String, Long> counts() {
        return counts;
    }

    /** Warnings of the recording's reader; the first ones are logged. */
    public long warnings() {
        return warnings.get();
    }

    /** Where the recording contradicts what it is checked with; the first ones are logged. */
    public long disagreements() {
        return disagreements.get();
    }

    /** Events about orders that are not known, are known already, or have not so much left. */
    public long contradictions() {
        return contradictions.get();
    }

    /** How late records were published against the plan, in nanoseconds; only those that had a plan. */
    public Histogram pacing() {
        return pacing.copy();
    }

    void begin(long newBytesTotal, boolean newSeeking, ZoneId newZone) {
        zone = newZone;
        bytesTotal = newBytesTotal;
        bytesRead.set(0);
        recordsBefore = records.get();
        seeking = newSeeking;
    }

    void endsAt(long newEndNanos) {
        endNanos = newEndNanos;
    }

    void sought() {
        seeking = false;
        firstNanos.set(0);
    }

    void taken(long recordedNanos, long recordsOfPass, long newBytesRead) {
        if (!started) {
            startedNanoTime = System.nanoTime();
            started = true;
        }
        if (recordedNanos > 0) {
            positionNanos.lazySet(recordedNanos);
            if (firstNanos.get() == 0) {
                firstNanos.lazySet(recordedNanos);
            }
        }
        records.lazySet(recordsBefore + recordsOfPass);
        bytesRead.lazySet(newBytesRead);
    }

    void late(long nanos) {
        pacing.recordValue(Math.max(0, nanos));
    }

    void pace(ReplaySpeed newSpeed, boolean newPaused) {
        speed = newSpeed;
        paused = newPaused;
    }

    void listed(String symbol) {
        symbols.add(symbol);
    }

    void warning(String text) {
        if (warnings.incrementAndGet() <= WARNINGS_LOGGED) {
            LOG.warn("{}", text);
        }
    }

    void disagreement(String text) {
        if (disagreements.incrementAndGet() <= WARNINGS_LOGGED) {
            LOG.warn("{}", text);
        }
    }

    /** The record that is being told contradicts those before it. */
    void contradiction(Recording recording) {
        if (contradictions.get() == 0) {
            LOG.warn(
                    "{}: the order is not known, is known already, or has not so much left; more of such are counted only",
                    recording.place());
        }
        contradictions.lazySet(contradictions.get() + 1);
    }

    /** Two recordings tell of the book of one symbol in turn. */
    void bookTakenBack(Recording recording, String symbol) {
        if (!bookTakenBack) {
            bookTakenBack = true;
            disagreement(
                    recording.place() + ": " + symbol + " is told of by another recording at the same time, so that its"
                            + " book is neither's; replay one of them");
        }
    }

    void passed() {
        passes++;
    }

    /** @param newFailure null when it ended well */
    void end(Map<String, Long> newCounts, String newFailure) {
        failure = newFailure;
        stop(newCounts);
        ended = true;
    }

    /** No more is taken of it. */
    void stop(Map<String, Long> newCounts) {
        counts = newCounts;
        endedNanoTime = System.nanoTime();
        stopped = true;
    }
}
