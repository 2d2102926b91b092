package tickcast.orderentry;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.journal.Spinner;
import tickcast.journal.Traffic;
import tickcast.latency.LatencyLog;
import tickcast.latency.Stage;
import tickcast.orderentry.archive.SentRequests;
import tickcast.protocol.RequestHeader;

/**
 * The only appender of the orders journal, on a thread of its own. Desks hand encoded requests over through a bounded ring
 * without blocking; the thread checks them, stamps sequence and time, and appends.
 *
 * <p>What it takes is written or refused, never kept for later: a request that the journal does not take (the disk is
 * nearly full, or writing failed) goes back to its desk, which tells the client. A failure of the journal is final:
 * {@link #acceptsOrders} is false from then on. It also cancels what {@link SessionWatch} finds to be left alone.
 */
public final class OrderWriter implements AutoCloseable {
    private static final int RING_BYTES = 4 << 20;
    private static final int READ_LIMIT = 256;
    private static final int SPINS_IN_A_ROW = 100;
    /** An offer wakes the thread; this bounds how far the checks are behind the executions while there is none. */
    private static final long MAX_PARK_NANOS = 100_000_000;
    /** While many come, it looks as often instead of being woken. */
    private static final long BUSY_PARK_NANOS = 50_000;

    private final OrderJournal journal;
    private final LongSupplier epochNanos;
    private final ManyToOneRingBuffer ring;
    private final MessageHandler onRequest = this::onRequest;
    private final SessionWatch sessions;
    private final LongSupplier nanoTime;
    private final IdleMode idle;
    private final Spinner spinner = new Spinner(SPINS_IN_A_ROW);
    private final Thread thread;

    /** Offers that have begun and not ended: the last read of the ring waits for them, so that none is lost. */
    private final AtomicInteger offering = new AtomicInteger();

    private volatile OrderLane[] lanes = {};
    private volatile boolean closing;
    private volatile boolean parked;
    private final SentRequests sentRequests = new Sent();
    private final Traffic traffic = new Traffic();
    private boolean closed;

    private OrderWriter(
            JournalWriter journal,
            AbsenceLog absences,
            Function<Runnable, RequestCheck> check,
            LatencyLog latency,
            LongSupplier epochNanos,
            LongSupplier nanoTime,
            int ringBytes,
            IdleMode idle,
            boolean threaded) {
        this.journal = new OrderJournal(
                journal, check.apply(this::wake), latency.recorder(Stage.ORDER_RECEIVED_WRITTEN), epochNanos);
        this.epochNanos = epochNanos;
        this.ring = new ManyToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(ringBytes + RingBufferDescriptor.TRAILER_LENGTH)));
        this.nanoTime = nanoTime;
        this.sessions = new SessionWatch(this.journal, absences, this::writeOffered, epochNanos, nanoTime);
        this.idle = idle;
        this.thread = threaded ? new Thread(this::run, "tickcast-order-writer") : null;
    }

    /** One that lets everything pass, and parks while there is nothing. */
    public static OrderWriter open(JournalSettings orders, LatencyLog latency, LongSupplier epochNanos) {
        return start(orders, wake -> RequestCheck.NONE, latency, epochNanos, IdleMode.PARK);
    }

    /**
     * Opens the orders journal and begins to write. The thread does not keep the program alive: close the writer.
     *
     * @param executionsDirectory of the executions journal, which need not exist yet
     * @param risk steers the checks; to be closed after the writer
     * @param epochNanos nanoseconds since the Unix epoch
     * @throws tickcast.journal.JournalLockedException when another live writer has the journal
     */
    public static OrderWriter open(
            JournalSettings orders,
            Path executionsDirectory,
            RiskControl risk,
            LatencyLog latency,
            LongSupplier epochNanos,
            IdleMode idle) {
        return start(
                orders,
                wake -> risk.check(orders.directory(), executionsDirectory, wake, epochNanos),
                latency,
                epochNanos,
                idle);
    }

    private static OrderWriter start(
            JournalSettings orders,
            Function<Runnable, RequestCheck> check,
            LatencyLog latency,
            LongSupplier epochNanos,
            IdleMode idle) {
        var journal = JournalWriter.open(orders);
        AbsenceLog absences;
        try {
            absences = AbsenceLog.open(orders.directory().resolve(AbsenceLog.FILE_NAME));
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        var writer = new OrderWriter(
                journal, absences, check, latency, epochNanos, System::nanoTime, RING_BYTES, idle, true);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    /** Without a thread: writes when {@link #doWork} is called, and has no other clock than {@code epochNanos}. */
    static OrderWriter stepped(
            JournalWriter journal, AbsenceLog absences, LatencyLog latency, LongSupplier epochNanos, int ringBytes) {
        return stepped(journal, absences, wake -> RequestCheck.NONE, latency, epochNanos, ringBytes);
    }

    /** As {@link #stepped}, with checks. */
    static OrderWriter stepped(
            JournalWriter journal,
            AbsenceLog absences,
            Function<Runnable, RequestCheck> check,
            LatencyLog latency,
            LongSupplier epochNanos,
            int ringBytes) {
        var writer = new OrderWriter(
                journal, absences, check, latency, epochNanos, epochNanos, ringBytes, IdleMode.PARK, false);
        writer.journal.begin();
        return writer;
    }

    /** Whether requests are taken: false once the journal has failed, or the writer is closing. Any thread. */
    public boolean acceptsOrders() {
        return !journal.failed() && !closing;
    }

    /** What is on its way through here into the journal. */
    SentRequests sentRequests() {
        return sentRequests;
    }

    /** Whether what is open and held is known, so that orders can be checked. Any thread. */
    public boolean ready() {
        return journal.ready();
    }

    /** The time that absences are measured by: of a clock that never goes back. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    synchronized OrderLane newLane() {
        int number = lanes.length + 1;
        var more = Arrays.copyOf(lanes, number);
        more[number - 1] = new OrderLane(this, number);
        lanes = more;
        return more[number - 1];
    }

    void tell(OrderLane lane, long sessionId, long requestId, PresenceChange change) {
        sessions.tell(lane, sessionId, requestId, change);
        wake();
    }

    /** @param type the number of the lane, and its conditions */
    boolean offer(int type, DirectBuffer buffer, int offset, int length) {
        offering.incrementAndGet();
        boolean taken;
        try {
            taken = acceptsOrders() && ring.write(type, buffer, offset, length);
        } finally {
            offering.decrementAndGet();
        }
        wake();
        return taken;
    }

    private void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Writes what the ring holds, in a bounded turn, and does what is due; returns how much that was. Whatever fails, what
     * was taken has to be answered: from then on all is refused.
     */
    int doWork() {
        try {
            return journal.doWork() + writeRing() + sessions.doWork();
        } catch (RuntimeException | Error e) {
            journal.fail("Orders cannot be written any more", e);
            return 0;
        }
    }

    private int writeRing() {
        int done = ring.read(onRequest, READ_LIMIT);
        if (done == 0 && ring.size() > 0) { // there was only padding up to the end of the ring
            done = ring.read(onRequest, READ_LIMIT);
        }
        return done;
    }

    /** Writes all that was offered before now. */
    private void writeOffered() {
        long offered = ring.producerPosition();
        while (ring.consumerPosition() < offered) {
            writeRing();
        }
    }

    private void onRequest(int type, MutableDirectBuffer buffer, int offset, int length) {
        boolean checkOnly = (type & OrderLane.CHECK_ONLY) != 0;
        boolean onlyRepeat = (type & OrderLane.ONLY_REPEAT) != 0;
        var refusal = journal.judge(buffer, offset, epochNanos.getAsLong(), onlyRepeat);
        if (refusal == null && !checkOnly && !journal.append(buffer, offset, length, epochNanos.getAsLong())) {
            refusal = OrderJournal.NOT_WRITTEN;
        }
        var lane = lanes[(type & ~(OrderLane.CHECK_ONLY | OrderLane.ONLY_REPEAT)) - 1];
        if (refusal != null) {
            lane.refuse(RequestHeader.sessionId(buffer, offset), RequestHeader.requestId(buffer, offset), refusal);
        } else if (checkOnly) {
            lane.done(
                    RequestHeader.sessionId(buffer, offset),
                    RequestHeader.requestId(buffer, offset),
                    journal.repeats() ? OrderLane.REPEAT : OrderLane.NEW);
        }
    }

    private void run() {
        journal.begin();
        while (!closing) {
            if (doWork() == 0) {
                idle();
            }
        }
        finish();
    }

    private void idle() {
        switch (idle) {
            case PARK -> park();
            case YIELD -> Thread.yield();
            case SPIN -> spinner.spin();
        }
    }

    /** The flag is up before the ring is looked at, and an offer looks at it after writing: one of the two sees the other. */
    private void park() {
        long now = System.nanoTime();
        if (traffic.isBusy(journal.writtenSeq(), now)) {
            LockSupport.parkNanos(this, BUSY_PARK_NANOS);
            return;
        }
        parked = true;
        if (ring.size() == 0 && !sessions.hasNews() && !closing) {
            LockSupport.parkNanos(this, Math.min(MAX_PARK_NANOS, sessions.nextLookIn(now)));
        }
        parked = false;
    }

    private void finish() {
        while (offering.get() > 0) {
            Thread.onSpinWait();
        }
        while (ring.size() > 0 || sessions.hasNews()) {
            doWork();
        }
        doWork(); // sessions that have just gone and want no time to come back
        try (journal) {
            sessions.close();
        }
    }

    /** Takes nothing more, writes what was taken, and closes the journal. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        if (thread == null) {
            finish();
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread goes on and closes the journal by itself
        }
    }

    /** The ring gives a request free only after it was written or refused. */
    private final class Sent implements SentRequests {
        @Override
        public long mark() {
            return ring.producerPosition();
        }

        @Override
        public long writtenSeq(long mark) {
            return ring.consumerPosition() >= mark ? journal.writtenSeq() : -1;
        }
    }
}
