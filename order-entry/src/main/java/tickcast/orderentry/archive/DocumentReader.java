package tickcast.orderentry.archive;

import java.nio.file.Path;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;

/** Reads documents of the executions in any order. Confined to a thread. */
final class DocumentReader implements AutoCloseable {
    private final Path directory;
    private JournalReader reader;
    private long nextSeq;

    DocumentReader(Path directory) {
        this.directory = directory;
    }

    /** Sequence of the newest document. */
    long lastSeq() {
        open();
        return reader.lastSeq();
    }

    private void open() {
        if (reader == null) {
            reader = JournalReader.open(directory);
            nextSeq = 0;
        }
    }

    /** Reads the document; false when it is not kept any more. */
    boolean read(long seq, RecordHandler handler) {
        open();
        if (seq != nextSeq && reader.seek(seq) != Seek.FOUND) {
            nextSeq = 0;
            return false;
        }
        boolean read = reader.poll(handler, 1) == 1;
        nextSeq = read ? seq + 1 : 0;
        return read;
    }

    /** Nothing is to be read for now: an open reader would keep old files from being deleted. */
    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
