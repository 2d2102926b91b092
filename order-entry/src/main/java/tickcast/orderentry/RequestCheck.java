package tickcast.orderentry;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.orderentry.risk.RiskRefusal;
import tickcast.protocol.json.ErrorCode;

/** What the {@link OrderWriter} asks before it writes a request, on its thread. */
interface RequestCheck extends AutoCloseable {
    /** Why an order that was to be written only if it repeats another is not. */
    RiskRefusal NO_REPEAT =
            new RiskRefusal(ErrorCode.UNKNOWN_ORDER, "The account has not used this clientOrderId in the trading day");

    /** Lets everything pass, and knows of no repeats. */
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
        public RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos, boolean onlyRepeat) {
            return onlyRepeat ? NO_REPEAT : null;
        }

        @Override
        public boolean repeats() {
            return false;
        }

        @Override
        public void written(DirectBuffer buffer, int offset, long seq, long nowNanos) {
            // nothing to remember
        }

        @Override
        public void failed() {
            // nobody waits
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

    /**
     * Whether the request may be written, and completes it: null when it may.
     *
     * @param onlyRepeat of a new order: only its repeat may, so that its sender hears what became of the first; refused with
     *     {@link #NO_REPEAT} when it is none
     */
    RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos, boolean onlyRepeat);

    /** Whether the request that was judged last, a new order, repeats a clientOrderId. */
    boolean repeats();

    /** Nothing is checked or written any more: who waits for that is to be told. */
    void failed();

    /** The request, the one that was judged last or an own one, was written. */
    void written(DirectBuffer buffer, int offset, long seq, long nowNanos);

    @Override
    void close();
}
