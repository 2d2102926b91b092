package tickcast.orderentry;

import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.protocol.FeedHeader;

/**
 * Reads the executions for a desk, from the newest restatement of all that is open on. When a transaction cannot be taken
 * the desk forgets what it knows, and all is read anew from the newest restatement; nothing is told twice. Confined to the
 * desk's thread.
 */
final class ExecutionsFollower implements AutoCloseable {
    /** Keeps what the executions say, and tells it. */
    interface Desk {
        /** The next transaction; of history it is to keep what it says, and to tell nobody. */
        void take(DirectBuffer buffer, int offset, int length);

        /** What was kept may be wrong; all of it comes again. */
        void forget();

        /** Transactions that should have been told were not, and will not be. */
        void reportsLost();

        void outcomesUnknown(String why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionsFollower.class);

    private final JournalReader executions;
    private final Desk desk;
    private final RecordHandler onTransaction = this::onTransaction;
    /** Up to there all that is read was told before, or is history. */
    private long historyEndSeq;

    private long readSeq;
    private boolean positioned;
    private boolean taking;
    private boolean failed;

    ExecutionsFollower(Path directory, Desk desk) {
        this.desk = desk;
        executions = JournalReader.open(directory);
        begin();
    }

    private void begin() {
        position();
        historyEndSeq = executions.lastSeq();
    }

    private void position() {
        if (executions.seekCheckpoint() == 0) {
            executions.seekStart();
        }
        positioned = true;
    }

    /** Reads at most {@code limit} transactions; returns how many. What it throws, it has dealt with: call it again. */
    int poll(int limit) {
        try {
            return readOn(limit);
        } catch (RuntimeException | Error e) {
            fail();
            throw e;
        }
    }

    private int readOn(int limit) {
        if (!positioned) {
            position();
        }
        int read = executions.poll(onTransaction, limit);
        if (read == JournalReader.TOO_OLD) {
            startAnew();
            return 0;
        }
        if (failed && readSeq >= historyEndSeq) {
            failed = false;
            LOG.info("All is known again from the executions, up to sequence {}", readSeq);
        }
        return read;
    }

    /** Whether the history has been read, so that all that is open is known. */
    boolean ready() {
        return readSeq >= historyEndSeq && !failed;
    }

    /** Whether the executions could not be read and are read anew. */
    boolean failed() {
        return failed;
    }

    /** The newest transaction that was read, 0 when none was. */
    long readSeq() {
        return readSeq;
    }

    /** Whether the transaction at hand is history. */
    boolean inHistory() {
        return readSeq <= historyEndSeq;
    }

    /** The document up to which sessions have been told, or were not there. */
    long toldSeq() {
        return Math.max(readSeq, historyEndSeq);
    }

    /** Where the writer of the executions wakes what {@link #awaits} them: a UDP port on 127.0.0.1. */
    void wakeAt(int port) {
        executions.wakeAt(port);
    }

    /** As {@link JournalReader#awaits}; false when that cannot be known. */
    boolean awaits() {
        try {
            return executions.awaits();
        } catch (RuntimeException e) {
            LOG.debug("Cannot look for the end of the executions; the next reading will tell", e);
            return false;
        }
    }

    @Override
    public void close() {
        executions.close();
    }

    /** Transactions were deleted before they were read: what there is now is history, which sessions can ask for. */
    private void startAnew() {
        LOG.error("Executions were deleted before they were read; raise their retention, or find what kept this busy");
        desk.forget();
        begin();
        desk.reportsLost();
        desk.outcomesUnknown("The gateway fell behind and lost the answer");
    }

    /** The transaction at hand may be kept and told in part. */
    private void fail() {
        boolean lost = taking && !inHistory();
        taking = false;
        historyEndSeq = toldSeq();
        readSeq = 0;
        positioned = false;
        failed = true;
        desk.forget();
        if (lost) {
            desk.reportsLost();
        }
        desk.outcomesUnknown("The gateway could not take the answer");
    }

    private void onTransaction(DirectBuffer buffer, int offset, int length) {
        long seq = FeedHeader.seq(buffer, offset);
        if (failed && seq > toldSeq() + 1) { // all is known from here on, but what came before was not told
            historyEndSeq = seq;
            desk.reportsLost();
        }
        readSeq = seq;
        taking = true;
        desk.take(buffer, offset, length);
        taking = false;
    }
}
