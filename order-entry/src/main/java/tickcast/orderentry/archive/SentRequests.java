package tickcast.orderentry.archive;

/** The requests that are on their way into the orders journal. Safe from any thread. */
public interface SentRequests {
    /** Stands behind every request that has been handed over up to now. */
    long mark();

    /** The newest sequence of the orders journal once all before the mark is written or refused; -1 until then. */
    long writtenSeq(long mark);
}
