package tickcast.simulator;

import org.agrona.DirectBuffer;

/** Where documents go, in the order of their sequence. */
interface DocumentSink extends AutoCloseable {
    /** The sequence of the newest document, 0 when there is none. */
    long lastSeq();

    /** Whether the next document begins a new cycle. */
    boolean newCycle();

    /** Appends the document at the buffer's start; does not return before it is written. */
    void append(DirectBuffer buffer, int length);

    /** Readers may start from this sequence. */
    void checkpointWritten(long firstSeq);

    /** From now on nothing from this sequence on is deleted, even if there is more than there should be. */
    void keepFrom(long seq);

    /** How much more there is because of that; bytes. */
    long overBudgetBytes();

    @Override
    void close();
}
