package tickcast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;

/**
 * Reads a journal, from its oldest document on unless told otherwise. Any number of readers may read while one writer
 * writes. The journal need not exist yet: until it does, it is empty.
 *
 * <p>The cycle that a reader stands in, and all younger ones, are not deleted while it lives, up to a limit: one that
 * stays behind until the journal has twice the size it should have is left behind, and
 * {@link #poll} says {@link #TOO_OLD}.
 *
 * <p>For one thread at a time: it may be handed to another thread, and closed by another one, once the first has stopped
 * using it. It must be closed: one left to the garbage collector makes Chronicle log its alarm.
 * Trouble with the files themselves is thrown as {@link UncheckedIOException} or as Chronicle threw it.
 */
public final class JournalReader implements AutoCloseable {
    /** What {@link #poll} returns when the next document was deleted before it was read: seek anew. */
    public static final int TOO_OLD = -1;

    /** The oldest document there is when the first poll finds any. */
    private static final long START = 0;

    private final Path directory;
    private final UnsafeBuffer record = new UnsafeBuffer();

    private Positions positions;
    private Epoch epoch;
    private ReaderPin pin;
    private Bell bell;
    private int wakePort;
    private SingleChronicleQueue queue;
    private RollCycle rollCycle;
    private CycleFiles files;
    private CycleScan scan;
    private ExcerptTailer tailer;

    private long nextSeq = START;
    /** Where the tailer stands, when it stands before {@link #nextSeq}. */
    private int cycle;
    /** What the writer knows this reader needs. */
    private long held = ReaderPin.NOTHING;

    private boolean located;
    private boolean closed;

    private int[] listedCycles = {};
    private long listedOldest = Positions.NONE;
    private long listedNewest = Positions.NONE;

    private JournalReader(Path directory) {
        this.directory = directory;
    }

    public static JournalReader open(Path directory) {
        var reader = new JournalReader(directory);
        reader.attached();
        return reader;
    }

    /**
     * The epoch of the journal that is in {@code directory} now, 0 when there is none. A reader keeps to the journal that it
     * first saw; when this says another, that one was deleted and a new one made.
     */
    public static long currentEpoch(Path directory) {
        try {
            var current = Epoch.read(directory);
            return current == null ? 0 : current.millis();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + directory, e);
        }
    }

    /**
     * Wakes a sleeping reader by a datagram to this UDP port on 127.0.0.1, when it said {@link #awaits} before. A datagram may be
     * lost: whoever relies on it also looks now and then.
     *
     * @param port 1 to 65535, 0 = none
     */
    public void wakeAt(int port) {
        wakePort = port;
    }

    /**
     * Tells the writer that this reader is about to sleep: the next document wakes it.
     *
     * @return whether there is something to read already, so that it had better not
     */
    public boolean awaits() {
        if (!attached()) {
            return false;
        }
        if (bell == null && wakePort != 0) {
            bell = openBell();
        }
        if (bell != null) {
            bell.await();
        }
        return positions.lastSeq() >= Math.max(1, nextSeq);
    }

    private Bell openBell() {
        try {
            return Bell.open(directory, wakePort, System::currentTimeMillis);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + directory, e);
        }
    }

    private boolean attached() {
        return queue != null || attach();
    }

    private boolean attach() {
        if (closed) {
            throw new IllegalStateException("the reader of " + directory + " is closed");
        }
        try {
            positions = Positions.open(directory);
            if (positions == null) {
                return false;
            }
            epoch = Epoch.read(directory);
            pin = ReaderPin.create(directory);
            rollCycle = Queues.rollCycle(epoch.roll());
            files = new CycleFiles(directory, rollCycle);
            // Time stands still for Chronicle here, so that it does not list the directory over and over.
            queue = Queues.open(directory, rollCycle, () -> 0);
            scan = new CycleScan(queue);
            tailer = scan.tailer();
            return true;
        } catch (IOException e) {
            release();
            throw new UncheckedIOException("cannot read the journal " + directory, e);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    /** When the journal was created, in milliseconds since the Unix epoch; 0 while it does not exist. */
    public long epoch() {
        return attached() ? epoch.millis() : 0;
    }

    /** The sequence of the newest document, 0 when there is none. */
    public long lastSeq() {
        return attached() ? positions.lastSeq() : 0;
    }

    /** The sequence of the oldest document, 0 when there is none. */
    public long firstSeq() {
        if (lastSeq() == 0) {
            return 0;
        }
        located = false;
        pin.hold(ReaderPin.ALL);
        long first = 0;
        var cycles = existingCycles();
        for (int i = 0; i < cycles.length && first == 0; i++) {
            first = scan.firstSeq(cycles[i]);
        }
        pin.hold(held);
        return first;
    }

    /** Places the reader so that the next poll begins with {@code seq}, as soon as that exists. */
    public Seek seek(long seq) {
        if (seq > lastSeq() + 1) {
            return Seek.TOO_FAR;
        }
        if (lastSeq() == 0) {
            nextSeq = START;
            return seq == 1 ? Seek.FOUND : Seek.TOO_OLD;
        }
        return locate(seq) ? Seek.FOUND : Seek.TOO_OLD;
    }

    /** The next poll begins with the oldest document. */
    public void seekStart() {
        nextSeq = START;
        located = false;
    }

    /** The next poll begins with the first document written from now on. */
    public void seekEnd() {
        seek(lastSeq() + 1);
    }

    /**
     * Places the reader at the newest complete checkpoint.
     *
     * @return the checkpoint's first sequence; 0 when there is none yet, and the reader stays where it was
     */
    public long seekCheckpoint() {
        if (lastSeq() == 0 || positions.checkpoint() == Positions.NONE) {
            return 0;
        }
        long checkpoint = positions.checkpoint();
        if (checkpoint <= lastSeq() && locate(checkpoint)) {
            return checkpoint;
        }
        // Power was lost, and part of the files with it. Every cycle begins with a checkpoint.
        var cycles = existingCycles();
        for (int i = cycles.length - 1; i >= 0; i--) {
            long first = scan.firstSeq(cycles[i]);
            if (first != 0 && locate(first)) {
                return first;
            }
        }
        return 0;
    }

    /**
     * Places the reader at the start of the cycle that has {@code seq}. Every cycle of a journal with checkpoints begins with one.
     *
     * @return the first sequence of that cycle; 0 when it was deleted or does not exist, and the reader stays where it was
     */
    public long seekCycleOf(long seq) {
        if (seq > lastSeq() || seq < 1) {
            return 0;
        }
        pin.hold(ReaderPin.ALL);
        int target = scan.cycleOf(seq, existingCycles());
        long first = target == CycleScan.NOT_FOUND ? 0 : scan.firstSeq(target);
        if (first == 0 || !locate(first)) {
            pin.hold(held);
            return 0;
        }
        return first;
    }

    /** Puts the tailer before a sequence no greater than {@code lastSeq + 1}. False: deleted; the reader stays. */
    private boolean locate(long seq) {
        located = false;
        if (seq > positions.lastSeq()) {
            nextSeq = seq;
            hold((int) positions.newestCycle());
            return true;
        }
        pin.hold(ReaderPin.ALL);
        int target = scan.cycleOf(seq, existingCycles());
        boolean found = target != CycleScan.NOT_FOUND
                && tailer.moveToIndex(rollCycle.toIndex(target, seq - scan.firstSeq(target)));
        if (found) {
            nextSeq = seq;
            located = true;
            hold(target);
        } else {
            pin.hold(held);
        }
        return found;
    }

    private void hold(int newCycle) {
        cycle = newCycle;
        held = newCycle;
        pin.hold(newCycle);
    }

    private int[] existingCycles() {
        long oldest = positions.oldestCycle();
        long newest = positions.newestCycle();
        if (oldest != listedOldest || newest != listedNewest) {
            try {
                listedCycles = files.cycles(oldest, newest);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list the journal " + directory, e);
            }
            listedOldest = oldest;
            listedNewest = newest;
        }
        return listedCycles;
    }

    /**
     * Hands over the next documents, in order. What the handler throws is thrown on, with the sequence of its document as a
     * suppressed exception; that document is handed over again by the next poll.
     *
     * @param limit how many at most
     * @return how many; 0 when there is nothing new; {@link #TOO_OLD} when the next one was deleted
     */
    public int poll(RecordHandler handler, int limit) {
        if (!attached()) {
            return 0;
        }
        long last = positions.lastSeq();
        if (nextSeq > last) {
            return 0;
        }
        if (nextSeq == START) {
            if (last == 0) {
                return 0;
            }
            nextSeq = firstSeq();
        }
        if ((!located || cycle < positions.oldestCycle()) && !locate(nextSeq)) {
            return TOO_OLD;
        }
        int wanted = (int) Math.min(limit, last - nextSeq + 1);
        int done = 0;
        while (done < wanted && readNext(handler)) {
            done++;
        }
        if (located && tailer.cycle() != cycle) {
            hold(tailer.cycle());
        }
        return done == 0 && wanted > 0 ? pollAfterGap(handler) : done;
    }

    /** Chronicle did not find its way to the next cycle, or that cycle is gone. */
    private int pollAfterGap(RecordHandler handler) {
        if (!locate(nextSeq)) {
            return TOO_OLD;
        }
        if (!readNext(handler)) {
            throw new IllegalStateException("the journal " + directory + " lacks sequence " + nextSeq);
        }
        return 1;
    }

    private boolean readNext(RecordHandler handler) {
        try (DocumentContext document = tailer.readingDocument()) {
            if (document.isPresent()) {
                var bytes = document.wire().bytes();
                int length = (int) bytes.readRemaining();
                record.wrap(bytes.addressForRead(bytes.readPosition(), length), length);
                if (FeedHeader.seq(record, 0) == nextSeq) {
                    handOver(handler, length);
                    return true;
                }
            }
            located = false;
            return false;
        }
    }

    private void handOver(RecordHandler handler, int length) {
        located = false; // the tailer goes on behind the document, also when it was not taken
        try {
            handler.onRecord(record, 0, length);
        } catch (RuntimeException | Error e) {
            e.addSuppressed(new IllegalStateException(
                    "sequence " + nextSeq + " of the journal " + directory + " was not taken"));
            throw e;
        }
        nextSeq++;
        located = true;
    }

    @Override
    public void close() {
        closed = true;
        release();
    }

    private void release() {
        AutoCloseable[] open = {scan, queue, pin, bell, positions};
        // What is closed is unmapped: nothing may use it again, even if closing fails.
        scan = null;
        queue = null;
        pin = null;
        bell = null;
        positions = null;
        CloseHelper.closeAll(open);
    }
}
