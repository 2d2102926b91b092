package tickcast.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.protocol.json.PastOutcome;

/**
 * A few threads that read history for all shards, a piece for one subscriber after the other. Each history has at most one
 * piece under way, so the number of histories bounds what waits here. Safe from any thread.
 */
final class HistoryPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryPool.class);
    private static final int CORES_PER_THREAD = 4;
    private static final int FEWEST_THREADS = 2;
    /** A reader keeps old files from being deleted: it is not kept for longer than this without need. */
    private static final long IDLE_MILLIS = 1_000;

    private static final long JOIN_MILLIS = 10_000;

    private record Job(HistoryRead read, Consumer<HistoryChunk> done) {}

    private static final Job END = new Job(null, null);

    private final Path directory;
    private final int limit;
    private final AtomicInteger histories = new AtomicInteger();
    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param limit most histories at a time */
    HistoryPool(Path directory, int limit) {
        this.directory = directory;
        this.limit = limit;
    }

    void start() {
        int count = Math.max(FEWEST_THREADS, Runtime.getRuntime().availableProcessors() / CORES_PER_THREAD);
        for (int i = 1; i <= count; i++) {
            var thread = new Thread(new Worker(), "tickcast-history-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Takes a place for one more history; false when there are too many. */
    boolean enter() {
        if (histories.incrementAndGet() > limit) {
            histories.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    void leave() {
        histories.decrementAndGet();
    }

    /** How many places are taken. */
    int size() {
        return histories.get();
    }

    /** @param done called by a thread of the pool; takes over the chunk, unless it throws {@link RejectedExecutionException} */
    void submit(HistoryRead read, Consumer<HistoryChunk> done) {
        jobs.add(new Job(read, done));
    }

    /** Reads one piece after the other. Confined to its thread. */
    private final class Worker implements Runnable {
        private final HistoryBatch batch = new HistoryBatch();
        private JournalReader reader;

        @Override
        public void run() {
            try {
                for (var job = next(); job != END; job = next()) {
                    deliver(read(job.read), job.done);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                closeReader();
            }
        }

        private Job next() throws InterruptedException {
            var job = jobs.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (job == null) {
                closeReader();
                job = jobs.take();
            }
            return job;
        }

        private HistoryChunk read(HistoryRead read) {
            try {
                if (reader == null || reader.epoch() != read.epoch()) {
                    closeReader();
                    reader = JournalReader.open(directory);
                }
                return reader.epoch() == read.epoch()
                        ? read.read(reader, batch)
                        : HistoryChunk.refused(PastOutcome.EPOCH_CHANGED);
            } catch (RuntimeException | Error e) {
                // Whatever Chronicle meets in damaged or vanished files: the thread must outlive it.
                batch.abandon();
                closeReader();
                return HistoryChunk.refused(failed(read.epoch(), e));
            }
        }

        private PastOutcome failed(long epoch, Throwable e) {
            try {
                if (JournalReader.currentEpoch(directory) != epoch) {
                    return PastOutcome.EPOCH_CHANGED;
                }
            } catch (RuntimeException alike) {
                e.addSuppressed(alike);
            }
            LOG.error("Cannot read the history of the feed in {}", directory, e);
            return PastOutcome.UNREADABLE;
        }

        private void closeReader() {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }
    }

    private static void deliver(HistoryChunk chunk, Consumer<HistoryChunk> done) {
        try {
            done.accept(chunk);
        } catch (RejectedExecutionException e) {
            chunk.release(); // its event loop has ended
        }
    }

    /** Ends the threads after what they are at, and waits for them. */
    @Override
    public void close() {
        threads.forEach(thread -> jobs.add(END));
        try {
            for (var thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
