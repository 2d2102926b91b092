package tickcast.orderentry.archive;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;
import tickcast.orderentry.archive.ArchiveTask.Progress;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.TradingDayDecoder;

/**
 * Answers questions about the past of orders and accounts. It follows the executions from the beginning of the trading day
 * and keeps an index of them, bounded; what it tells it reads from the journal, a piece for one question after the other.
 *
 * <p>Questions come from any thread; all else is done by one thread, its own after {@link #start}.
 */
public final class OrderArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderArchive.class);
    private static final int MAX_ACCOUNTS = 100_000;
    private static final int READ_LIMIT = 256;
    /** A question wakes it; until then it only has to keep up with the executions. */
    private static final long IDLE_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long WAITING_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final LongSupplier nanoTime;
    private final ArchiveIndex index;
    private final DocumentReader documents;
    private final RecordHandler onDocument;
    private final Queue<ArchiveTask> submitted = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<ArchiveTask> tasks = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "tickcast-order-archive");
    private JournalReader follower;
    private long historyEndSeq;
    private long dayFirstSeq;
    private boolean failed;
    private long failedNanos;
    private long usedNanos;
    private volatile boolean closing;

    /**
     * @param executions directory of the executions journal, which need not exist yet
     * @param maxOrders most orders with a clientOrderId that can be found again, and most without
     */
    public OrderArchive(Path executions, int maxOrders) {
        this(executions, maxOrders, MAX_ACCOUNTS, System::nanoTime);
    }

    /**
     * @param maxAccounts of so many accounts, those that were active last, it is known where their reports are
     * @param nanoTime a clock that never goes back
     */
    public OrderArchive(Path executions, int maxOrders, int maxAccounts, LongSupplier nanoTime) {
        directory = executions;
        this.nanoTime = nanoTime;
        index = new ArchiveIndex(maxOrders, maxAccounts);
        onDocument = index::onDocument;
        documents = new DocumentReader(executions);
    }

    /** Begins to work on a thread of its own, which does not keep the program alive. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks; the answer comes through the task's inbox. Any thread. */
    public void submit(ArchiveTask task) {
        submitted.add(task);
        LockSupport.unpark(thread);
    }

    /** Reads what is new and works on what was asked, within bounds; returns 0 when there is nothing to do now. */
    public int doWork() {
        long now = nanoTime.getAsLong();
        if (failed && now - failedNanos < RETRY_NANOS) {
            answerUnreadable();
            return 0;
        }
        try {
            int read = follow();
            int done = read + answer(now);
            if (failed && read == 0) {
                LOG.info("The executions can be read again");
                failed = false;
            }
            return done;
        } catch (RuntimeException | Error e) {
            // Whatever Chronicle meets in damaged or vanished files: clients must get their answers.
            if (!failed) {
                LOG.error("Cannot read the executions in {}; trying again every second", directory, e);
            }
            failed = true;
            failedNanos = now;
            closeReaders();
            answerUnreadable();
            return 0;
        }
    }

    private int follow() {
        if (follower == null) {
            begin();
        }
        int read = follower.poll(onDocument, READ_LIMIT);
        if (read == JournalReader.TOO_OLD) {
            LOG.error("Executions were deleted before the archive had read them; raise their retention");
            index.clear(false);
            follower.seekStart();
            return 1;
        }
        return read;
    }

    /** From the newest checkpoint on all is known; what came before on the same day is read too. */
    private void begin() {
        follower = JournalReader.open(directory);
        historyEndSeq = follower.lastSeq();
        dayFirstSeq = 0;
        long checkpoint = follower.seekCheckpoint();
        if (checkpoint != 0) {
            follower.poll(this::findTradingDay, 1);
        }
        long first = dayFirstSeq == 0 ? checkpoint : Math.min(checkpoint, dayFirstSeq);
        boolean found = first > 0 && follower.seek(first) == Seek.FOUND;
        if (!found) {
            follower.seekStart();
        }
        index.clear(found && dayFirstSeq != 0);
    }

    private void findTradingDay(DirectBuffer buffer, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            if (FeedHeader.templateId(buffer, at) == TradingDayDecoder.TEMPLATE_ID) {
                dayFirstSeq = new TradingDayDecoder()
                        .wrapAndApplyHeader(buffer, at, new MessageHeaderDecoder())
                        .dayFirstSeq();
            }
        }
    }

    private int answer(long now) {
        for (var task = submitted.poll(); task != null; task = submitted.poll()) {
            tasks.add(task);
        }
        if (tasks.isEmpty() || index.readSeq() < historyEndSeq) {
            if (now - usedNanos >= KEEP_OPEN_NANOS) {
                documents.close();
            }
            return 0;
        }
        usedNanos = now;
        int progress = 0;
        for (int left = tasks.size(); left > 0; left--) {
            var task = tasks.peek();
            var made = task.work(index, documents, now);
            tasks.remove();
            if (made == Progress.ANSWERED) {
                task.deliver();
            } else {
                tasks.add(task);
            }
            progress += made == Progress.WAITS ? 0 : 1;
        }
        return progress;
    }

    private void answerUnreadable() {
        for (var task = submitted.poll(); task != null; task = submitted.poll()) {
            tasks.add(task);
        }
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.unreadable();
            task.deliver();
        }
    }

    private void run() {
        while (!closing) {
            if (doWork() == 0) {
                LockSupport.parkNanos(this, tasks.isEmpty() ? IDLE_PARK_NANOS : WAITING_PARK_NANOS);
            }
        }
        closeReaders();
    }

    private void closeReaders() {
        documents.close();
        if (follower != null) {
            follower.close();
            follower = null;
        }
    }

    /** Ends the thread and frees the journal; what was asked and not answered is forgotten. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.getState() == Thread.State.NEW) {
            closeReaders();
        }
    }
}
