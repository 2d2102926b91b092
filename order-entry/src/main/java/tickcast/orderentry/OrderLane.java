package tickcast.orderentry;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import tickcast.orderentry.risk.RiskRefusal;

/**
 * The way of one desk to the {@link OrderWriter}, and back for what could not be written. Used by the desk's thread,
 * except for {@link #refuse} and {@link #done}.
 */
final class OrderLane {
    /** An offered order is only to be checked: it comes back as refused or as done, and is not written. */
    static final int CHECK_ONLY = 1 << 30;
    /** An offered order is to be written only if it repeats a clientOrderId: else it is refused as no repeat. */
    static final int ONLY_REPEAT = 1 << 29;
    /** What is done of an order that was only to be checked: it would be written as a new one. */
    static final long NEW = 0;
    /** What is done of an order that was only to be checked: it repeats a clientOrderId. */
    static final long REPEAT = 1;

    private final OrderWriter writer;
    private final int number;
    private final Queue<RefusedRequest> refused = new ConcurrentLinkedQueue<>();
    private final Queue<DoneRequest> done = new ConcurrentLinkedQueue<>();
    private volatile Runnable onAnswer = () -> {};

    OrderLane(OrderWriter writer, int number) {
        this.writer = writer;
        this.number = number;
    }

    /** Hands an encoded request over; false when there is no room or the writer takes nothing more. Never blocks. */
    boolean offer(DirectBuffer buffer, int offset, int length) {
        return offer(0, buffer, offset, length);
    }

    /** As {@link #offer}, with {@link #CHECK_ONLY}, {@link #ONLY_REPEAT} or both. */
    boolean offer(int conditions, DirectBuffer buffer, int offset, int length) {
        return writer.offer(number | conditions, buffer, offset, length);
    }

    /**
     * Tells the writer what a session has to say of its coming and going, after all that was offered here before.
     *
     * @param requestId comes back as done or refused; 0 when nobody waits for that
     */
    void tell(long sessionId, long requestId, PresenceChange change) {
        writer.tell(this, sessionId, requestId, change);
    }

    /** {@code action} is run on the writer's thread when something has come back. */
    void whenAnswered(Runnable action) {
        onAnswer = action;
    }

    /** Whether something has come back. */
    boolean hasAnswers() {
        return !refused.isEmpty() || !done.isEmpty();
    }

    /** On the writer's thread: what needed no journal was done. */
    void done(long sessionId, long requestId, long value) {
        done.add(new DoneRequest(sessionId, requestId, value));
        onAnswer.run();
    }

    /** The next request that was done without the journal, null when there is none. */
    DoneRequest pollDone() {
        return done.poll();
    }

    /** On the writer's thread: a request that was taken is not in the journal and will not be. */
    void refuse(long sessionId, long requestId, RiskRefusal refusal) {
        refused.add(new RefusedRequest(sessionId, requestId, refusal));
        onAnswer.run();
    }

    /** The next request that was taken and then refused, null when there is none. */
    RefusedRequest pollRefused() {
        return refused.poll();
    }

    /** @param refusal why */
    record RefusedRequest(long sessionId, long requestId, RiskRefusal refusal) {}

    /** @param value what a {@link PresenceChange} returned, {@link #NEW} or {@link #REPEAT} of an order that was to be checked */
    record DoneRequest(long sessionId, long requestId, long value) {}
}
