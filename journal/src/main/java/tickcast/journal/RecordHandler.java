package tickcast.journal;

import org.agrona.DirectBuffer;

/** Takes the documents of a journal, one at a time. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * One document. The buffer is the journal's own memory: it is valid during the call only, and not to be written to.
     * A document of which this method throws was not read: the next poll begins with it again.
     */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
