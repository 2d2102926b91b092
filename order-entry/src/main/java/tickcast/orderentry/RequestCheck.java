package tickcast.orderentry;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.orderentry.risk.RiskRefusal;

/** What the {@link OrderWriter} asks before it writes a request, on its thread. */
interface RequestCheck extends AutoCloseable {
    /** Lets everything pass. */
    RequestCheck NONE = new RequestCheck() {
        @Override
        public void begin() {
            // nothing to know
        }

        @Override
        public int doWork(OwnRequests ownRequests) {
            return 0;
        }

        @Override
        public RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos) {
            return null;
        }

        @Override
        public void written(DirectBuffer buffer, int offset, long seq, long nowNanos) {
            // nothing to remember
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** Takes requests that no session asked for. */
    interface OwnRequests {
        /** Writes the request; false when it cannot be written. */
        boolean write(MutableDirectBuffer buffer, int offset, int length);
    }

    /** Learns what there is to know before the first request. */
    void begin();

    /** To be called again and again; returns how much it did. */
    int doWork(OwnRequests ownRequests);

    /** Whether the request may be written, and completes it: null when it may. */
    RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos);

    /** The request, the one that was judged last or an own one, was written. */
    void written(DirectBuffer buffer, int offset, long seq, long nowNanos);

    @Override
    void close();
}
