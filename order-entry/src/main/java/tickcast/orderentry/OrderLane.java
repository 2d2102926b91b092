package tickcast.orderentry;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;

/**
 * The way of one desk to the {@link OrderWriter}, and back for what could not be written. Used by the desk's thread,
 * except for {@link #refuse}.
 */
final class OrderLane {
    private final OrderWriter writer;
    private final int number;
    private final Queue<RefusedRequest> refused = new ConcurrentLinkedQueue<>();

    OrderLane(OrderWriter writer, int number) {
        this.writer = writer;
        this.number = number;
    }

    /** Hands an encoded request over; false when there is no room or the writer takes nothing more. Never blocks. */
    boolean offer(DirectBuffer buffer, int offset, int length) {
        return writer.offer(number, buffer, offset, length);
    }

    /** On the writer's thread: a request that was taken is not in the journal and will not be. */
    void refuse(long sessionId, long requestId) {
        refused.add(new RefusedRequest(sessionId, requestId));
    }

    /** The next request that was taken and then refused, null when there is none. */
    RefusedRequest pollRefused() {
        return refused.poll();
    }

    record RefusedRequest(long sessionId, long requestId) {}
}
