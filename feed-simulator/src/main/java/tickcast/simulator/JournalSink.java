package tickcast.simulator;

import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalWriter;

/** A journal that is waited for while its disk is nearly full: the exchange stands still, and loses nothing. */
final class JournalSink implements DocumentSink {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSink.class);

    private final JournalWriter journal;
    private final Path directory;
    private final Runnable pause;

    /** @param pause waits a moment before the next try, or throws to give up */
    JournalSink(JournalWriter journal, Path directory, Runnable pause) {
        this.journal = journal;
        this.directory = directory;
        this.pause = pause;
    }

    @Override
    public long lastSeq() {
        return journal.lastSeq();
    }

    @Override
    public boolean newCycle() {
        return journal.newCycle();
    }

    @Override
    public void append(DirectBuffer buffer, int length) {
        if (journal.append(buffer, 0, length)) {
            return;
        }
        LOG.error(
                "The disk of {} is nearly full, and the exchange stands still: free some space, and it goes on by itself",
                directory);
        do {
            pause.run();
        } while (!journal.append(buffer, 0, length));
        LOG.info("The disk of {} has room again; the exchange goes on", directory);
    }

    @Override
    public void checkpointWritten(long firstSeq) {
        journal.checkpointWritten(firstSeq);
    }

    @Override
    public void keepFrom(long seq) {
        journal.keepFrom(seq);
    }

    @Override
    public long overBudgetBytes() {
        return journal.overBudgetBytes();
    }

    @Override
    public void close() {
        journal.close();
    }
}
