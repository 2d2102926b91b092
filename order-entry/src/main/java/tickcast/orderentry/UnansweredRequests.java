package tickcast.orderentry;

import org.agrona.BitUtil;

/**
 * How many requests the exchange has not answered, and since when the oldest of them waits. Requests are numbered without
 * holes, and answered in order. Confined to a thread.
 */
final class UnansweredRequests {
    private final long[] writtenNanos;
    private final int mask;
    private long newestSeq;
    private long answeredSeq;

    /** @param most of which the age is remembered; of more, that of the oldest may be told too low */
    UnansweredRequests(int most) {
        writtenNanos = new long[BitUtil.findNextPositivePowerOfTwo(most)];
        mask = writtenNanos.length - 1;
    }

    void written(long seq, long nanos) {
        newestSeq = seq;
        writtenNanos[(int) seq & mask] = nanos;
    }

    /** The exchange has taken all up to {@code seq}. */
    void answered(long seq) {
        answeredSeq = Math.max(answeredSeq, seq);
    }

    long count() {
        return Math.max(0, newestSeq - answeredSeq);
    }

    /** How long the oldest has waited, 0 when there is none. */
    long ageNanos(long nowNanos) {
        return count() == 0 ? 0 : nowNanos - writtenNanos[(int) (answeredSeq + 1) & mask];
    }
}
