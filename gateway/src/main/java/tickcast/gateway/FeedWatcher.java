package tickcast.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalWriter;
import tickcast.journal.Spinner;

/**
 * A thread that looks at the ends of the feed and of the executions and wakes the shards that sleep before them. When it
 * parks, the journals' writers wake the shards themselves, and it only finds what they did not hear of: if that goes on, the
 * writers cannot reach this process, and it looks often. Every 100 ms it also looks whether the two have a writer, and whether the
 * feed is still the same one. What it knows may be asked from any thread.
 */
final class FeedWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatcher.class);
    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long UNHEARD_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    /**
     * After so many looks that found a shard asleep with something to read, and no shard woken by a writer meanwhile, it looks
     * often. They are many: an event loop that is busy, or has just begun, hears late.
     */
    private static final int UNHEARD_LOOKS = 50;

    private static final long STATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JOIN_MILLIS = 10_000;
    private static final int SPINS_IN_A_ROW = 100;

    /** What sleeps until there is something to read. */
    interface Sleeper {
        /** Whether it sleeps although it could read the feed or the executions up to these. */
        boolean sleepsBefore(long feedSeq, long executionsSeq);

        /** Wakes it if it sleeps. */
        void wake();

        /** How often a journal's writer has woken it. */
        long rings();
    }

    private final Path feed;
    private final Path executions;
    private final IdleMode idle;
    private final Spinner spinner = new Spinner(SPINS_IN_A_ROW);
    private final List<Sleeper> sleepers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "tickcast-feed-watcher");
    private volatile long feedEpoch;
    private volatile boolean feedWritten;
    private volatile boolean exchangeUp;
    private volatile boolean closing;
    private JournalReader feedReader;
    private JournalReader executionsReader;
    private long feedSeq;
    private long executionsSeq;
    private long stateNanos;
    private boolean changedBefore;
    private long rings;
    private volatile int unheard;
    private boolean failing;

    FeedWatcher(Path feed, Path executions, IdleMode idle) {
        this.feed = feed;
        this.executions = executions;
        this.idle = idle;
        lookAtState();
    }

    void add(Sleeper sleeper) {
        sleepers.add(sleeper);
    }

    void start() {
        thread.start();
    }

    /** Epoch of the feed that is there now, 0 when there is none. */
    long feedEpoch() {
        return feedEpoch;
    }

    /** Whether an exchange writes the feed now. */
    boolean feedWritten() {
        return feedWritten;
    }

    /** Whether an exchange takes orders now. */
    boolean exchangeUp() {
        return exchangeUp;
    }

    private void run() {
        while (!closing) {
            if (System.nanoTime() - stateNanos >= STATE_NANOS) {
                lookAtState();
            }
            lookAtEnds();
            switch (idle) {
                case PARK -> LockSupport.parkNanos(looksOften() ? UNHEARD_PARK_NANOS : PARK_NANOS);
                case YIELD -> Thread.yield();
                case SPIN -> spinner.spin();
            }
        }
        closeReaders();
    }

    private void lookAtEnds() {
        long newFeedSeq;
        long newExecutionsSeq;
        try {
            newFeedSeq = feedReader == null ? 0 : feedReader.lastSeq();
            newExecutionsSeq = executionsReader == null ? 0 : executionsReader.lastSeq();
        } catch (RuntimeException e) {
            failed(e);
            closeReaders();
            return;
        }
        boolean changed = newFeedSeq != feedSeq || newExecutionsSeq != executionsSeq;
        if (changedBefore) { // what is newer may be on its way to them
            listen();
            wakeThoseBehind();
        }
        feedSeq = newFeedSeq;
        executionsSeq = newExecutionsSeq;
        changedBefore = changed;
        if (changed && looksOften()) {
            wakeThoseBehind();
        }
    }

    /** Finds out whether the writers wake the shards. */
    private void listen() {
        long newRings = 0;
        boolean slept = false;
        for (var sleeper : sleepers) {
            newRings += sleeper.rings();
            slept |= sleeper.sleepsBefore(feedSeq, 0);
        }
        boolean often = looksOften();
        if (newRings != rings) {
            unheard = 0;
        } else if (slept && !often) {
            unheard++;
        }
        rings = newRings;
        if (looksOften() && !often) {
            LOG.info("What writes {} does not reach this process on 127.0.0.1: looking for it every 50 us", feed);
        } else if (often && !looksOften()) {
            LOG.info("What writes {} reaches this process after all", feed);
        }
    }

    private void wakeThoseBehind() {
        for (var sleeper : sleepers) {
            if (sleeper.sleepsBefore(feedSeq, executionsSeq)) {
                sleeper.wake();
            }
        }
    }

    /** Whether nothing but this wakes the shards. */
    boolean looksOften() {
        return idle != IdleMode.PARK || unheard >= UNHEARD_LOOKS;
    }

    private void lookAtState() {
        stateNanos = System.nanoTime();
        try {
            feedWritten = JournalWriter.hasWriter(feed);
            exchangeUp = JournalWriter.hasWriter(executions);
            long epoch = JournalReader.currentEpoch(feed);
            if (epoch != feedEpoch) {
                closeReaders();
                feedEpoch = epoch;
                sleepers.forEach(Sleeper::wake);
            }
            feedReader = feedReader == null && epoch != 0 ? JournalReader.open(feed) : feedReader;
            if (executionsReader == null && JournalReader.currentEpoch(executions) != 0) {
                executionsReader = JournalReader.open(executions);
            }
            failing = false;
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Whatever the files throw while they are made, replaced or damaged: the next look may find them well. */
    private void failed(RuntimeException e) {
        if (!failing) {
            LOG.error("Cannot watch the journals {} and {}; trying on", feed, executions, e);
        }
        failing = true;
    }

    private void closeReaders() {
        if (feedReader != null) {
            feedReader.close();
            feedReader = null;
        }
        if (executionsReader != null) {
            executionsReader.close();
            executionsReader = null;
        }
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
