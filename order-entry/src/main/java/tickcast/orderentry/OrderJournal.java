package tickcast.orderentry;

import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalWriter;
import tickcast.latency.LatencyRecorder;
import tickcast.orderentry.risk.RiskRefusal;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.RequestHeader;
import tickcast.protocol.json.ErrorCode;

/**
 * Checks requests and appends them to the orders journal, with their sequence and time. When that fails for another reason
 * than a full disk, it is over: everything is refused from then on. Confined to the writer's thread but for what says otherwise.
 */
final class OrderJournal implements AutoCloseable {
    static final RiskRefusal NOT_WRITTEN =
            new RiskRefusal(ErrorCode.ORDERS_BACKED_UP, "The orders journal cannot be written");

    private static final Logger LOG = LoggerFactory.getLogger(OrderJournal.class);

    private final JournalWriter journal;
    private final RequestCheck check;
    private final RequestCheck.OwnRequests onOwnRequest;
    private final LatencyRecorder receivedWritten;
    private volatile boolean ready;
    private volatile boolean failed;
    private volatile long writtenSeq;
    private boolean diskFull;

    /**
     * @param receivedWritten from the receipt of a request until it is written
     * @param epochNanos nanoseconds since the Unix epoch
     */
    OrderJournal(JournalWriter journal, RequestCheck check, LatencyRecorder receivedWritten, LongSupplier epochNanos) {
        this.journal = journal;
        this.onOwnRequest = (buffer, offset, length) -> append(buffer, offset, length, epochNanos.getAsLong());
        this.check = check;
        this.receivedWritten = receivedWritten;
        this.writtenSeq = journal.lastSeq();
    }

    /** Whether the checks know what they must, or never will. Any thread. */
    boolean ready() {
        return ready;
    }

    /** Whether nothing can be written any more. Any thread. */
    boolean failed() {
        return failed;
    }

    /** Sequence of the newest request that was written. Any thread. */
    long writtenSeq() {
        return writtenSeq;
    }

    /** Lets the checks learn what there is to know, which may take a while. */
    void begin() {
        try {
            check.begin();
        } catch (RuntimeException | Error e) {
            fail("Orders cannot be checked", e);
        }
        ready = true;
    }

    /** Lets the checks do what is due; returns how much that was. */
    int doWork() {
        if (failed) {
            return 0;
        }
        try {
            return check.doWork(onOwnRequest);
        } catch (RuntimeException | Error e) {
            fail("Orders cannot be checked any more", e);
            return 0;
        }
    }

    /** Why the request is not to be written, null when it is. */
    RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos, boolean onlyRepeat) {
        if (failed) {
            return NOT_WRITTEN;
        }
        try {
            return check.judge(buffer, offset, nowNanos, onlyRepeat);
        } catch (RuntimeException | Error e) {
            fail("Orders cannot be checked any more", e);
            return NOT_WRITTEN;
        }
    }

    /** Whether the request that was judged last, a new order, repeats a clientOrderId. */
    boolean repeats() {
        return check.repeats();
    }

    /** Appends the request that was judged last, or one that the gateway makes itself; false when it is not written. */
    boolean append(MutableDirectBuffer buffer, int offset, int length, long nowNanos) {
        if (failed) {
            return false;
        }
        long seq = journal.lastSeq() + 1;
        FeedHeader.putTime(buffer, offset, nowNanos);
        FeedHeader.putSeq(buffer, offset, seq);
        boolean written;
        try {
            written = journal.append(buffer, offset, length);
            logDisk(!written);
        } catch (RuntimeException
                | Error e) { // a mapped file that cannot grow gives an Error; clients must hear of all
            fail("Orders cannot be written any more", e);
            written = journal.lastSeq() == seq;
        }
        if (written) {
            writtenSeq = seq;
            receivedWritten.record(nowNanos - RequestHeader.receivedTime(buffer, offset));
            noteWritten(buffer, offset, seq, nowNanos);
        }
        return written;
    }

    @Override
    public void close() {
        check.close();
        receivedWritten.close();
        journal.close();
    }

    private void noteWritten(DirectBuffer buffer, int offset, long seq, long nowNanos) {
        try {
            check.written(buffer, offset, seq, nowNanos);
        } catch (RuntimeException | Error e) {
            fail("Orders cannot be checked any more", e);
        }
    }

    /** From now on everything is refused. */
    void fail(String what, Throwable cause) {
        if (!failed) {
            LOG.error("{} and are refused; mend what follows, then restart the gateway", what, cause);
            failed = true;
            check.failed();
        }
    }

    private void logDisk(boolean full) {
        if (full && !diskFull) {
            LOG.error("Orders are refused: the disk of the orders journal is nearly full; free space on it");
        } else if (!full && diskFull) {
            LOG.info("Orders are written again");
        }
        diskFull = full;
    }
}
