package tickcast.orderentry;

import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.sbe.Reason;

/**
 * Hears from sessions what is to become of their orders when they go, and that they come and go, and writes the cancels that
 * {@link AbsenceWatch} finds due. Any thread may tell; all else is confined to the {@link OrderWriter}'s thread.
 */
final class SessionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

    private final OrderJournal journal;
    private final AbsenceWatch absences;
    private final Runnable writeOffered;
    private final LongSupplier epochNanos;
    private final LongSupplier nanoTime;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final RequestEncoder encoder = new RequestEncoder();

    private record Told(OrderLane lane, long sessionId, long requestId, PresenceChange change) {}

    /**
     * @param writeOffered writes the requests that were offered so far
     * @param nanoTime of a clock that never goes back
     */
    SessionWatch(
            OrderJournal journal,
            AbsenceLog absences,
            Runnable writeOffered,
            LongSupplier epochNanos,
            LongSupplier nanoTime) {
        this.journal = journal;
        this.absences = new AbsenceWatch(absences, this::cancelAll, nanoTime.getAsLong());
        this.writeOffered = writeOffered;
        this.epochNanos = epochNanos;
        this.nanoTime = nanoTime;
    }

    /** Any thread. @param requestId whose answer tells that it was heard; 0 = none */
    void tell(OrderLane lane, long sessionId, long requestId, PresenceChange change) {
        told.add(new Told(lane, sessionId, requestId, change));
    }

    /** Whether something was told that {@link #doWork} has not heard. */
    boolean hasNews() {
        return !told.isEmpty();
    }

    /** In how many nanoseconds something may be due. */
    long nextLookIn(long nowNanos) {
        return absences.nextLookIn(nowNanos);
    }

    /** Hears what was told, and cancels what is due; returns how much that was. */
    int doWork() {
        return listen() + cancelAbsent();
    }

    @Override
    public void close() {
        absences.close();
    }

    /** A session that goes has offered its last request before it says so: that is written first. */
    private int listen() {
        int done = 0;
        for (var next = told.poll(); next != null; next = told.poll()) {
            writeOffered.run();
            listen(next);
            done++;
        }
        return done;
    }

    private void listen(Told told) {
        long value = PresenceChange.REFUSED;
        try {
            value = told.change.apply(absences, nanoTime.getAsLong());
        } catch (UncheckedIOException e) {
            LOG.error("What is to be cancelled when a client goes cannot be kept; free space on its disk", e);
        } catch (RuntimeException | Error e) {
            journal.fail("What is to be cancelled when clients go is not known any more: orders cannot be written", e);
        }
        if (told.requestId == 0) {
            return;
        }
        if (value == PresenceChange.REFUSED) {
            told.lane.refuse(told.sessionId, told.requestId, OrderJournal.NOT_WRITTEN);
        } else {
            told.lane.done(told.sessionId, told.requestId, value);
        }
    }

    private int cancelAbsent() {
        try {
            return absences.doWork(nanoTime.getAsLong());
        } catch (UncheckedIOException e) {
            LOG.error("Orders of clients that have gone were cancelled, and will be again after the next start", e);
            return 0;
        }
    }

    private boolean cancelAll(String account, long placedBySession, Reason reason) {
        long nowNanos = epochNanos.getAsLong();
        int length = encoder.massCancel(0, null, reason, placedBySession, nowNanos, 0, 0, account);
        return journal.append(encoder.buffer(), 0, length, nowNanos);
    }
}
