package tickcast.simulator.recording;

import java.util.Map;

/**
 * A recording that is being read, record by record, in the order in which it was made: ask when the next record was
 * made, then take it. Confined to a thread.
 */
public interface Recording extends AutoCloseable {
    /** There is no further record. */
    long END = Long.MAX_VALUE;

    /** The next record belongs to the opening, which lists and describes symbols: it is not waited for. */
    long OPENING = Long.MIN_VALUE;

    /**
     * When the next record was made by the recorder's clock, in nanoseconds since the Unix epoch: the replay's pace is
     * kept by it. {@link #OPENING} or {@link #END} otherwise. Asking again changes nothing.
     *
     * @throws RecordingException when what comes next is no record; all that was told before stands
     */
    long nextNanos();

    /**
     * Tells what the next record says; what one record says is one transaction. To be called when {@link #nextNanos} was
     * asked and has not answered {@link #END}.
     *
     * @throws RecordingException when the record is damaged
     */
    void next(RecordedEvents events);

    /**
     * The venue's own time of the record that is being told, or was told last, in nanoseconds since the Unix epoch; 0 = it
     * has none.
     */
    long eventNanos();

    /** Where that record stands, for the user: its file and line or offset. */
    String place();

    /** Of the files as they are on disk, compressed or not: bytes that were read. */
    long bytesRead();

    /** Of the files as they are on disk: all bytes. */
    long bytesTotal();

    /** How many records were read so far, those that were left out included. */
    long records();

    /** How many records of each kind there were so far, by a name for the user, in a fixed order. */
    Map<String, Long> counts();

    @Override
    void close();
}
