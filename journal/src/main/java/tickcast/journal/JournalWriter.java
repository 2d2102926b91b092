package tickcast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.FeedHeader;

/**
 * Appends to a journal. There is one writer at a time, in any process; opening a second one fails at once.
 *
 * <p>For one thread at a time: it may be handed to another thread, and closed by another one, once the first has stopped
 * using it. It must be closed: one left to the garbage collector makes Chronicle log its alarm.
 * Trouble with the files themselves is thrown as {@link UncheckedIOException} or as Chronicle threw it.
 */
public final class JournalWriter implements AutoCloseable {
    /** The longest document. */
    public static final int MAX_LENGTH = Queues.BLOCK_BYTES / 8;

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    /** A cycle ends early when it has this part of the budget, so that there is always something old to delete. */
    private static final int CYCLES_IN_BUDGET = 8;

    private static final long MIN_CYCLE_BYTES = 64L << 20;
    private static final int MIN_LENGTH = FeedHeader.SEQ_OFFSET + Long.BYTES;
    private static final int NO_CYCLE = CycleScan.NOT_FOUND;

    private final ProcessLock lock;
    private final Epoch epoch;
    private final LongSupplier clockMillis;
    private final RollCycle rollCycle;
    private final CycleFiles files;
    private final long maxSeqsInCycle;
    private final long maxCycleBytes;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Positions positions;
    private final Bells bells;
    private final DiskGuard diskGuard;
    private final Retention retention;
    private final UnsafeBuffer target = new UnsafeBuffer();

    private long lastSeq;
    /** Of the newest document. */
    private int cycle;
    /** Of the next document; Chronicle's clock shows nothing else. */
    private int nextCycle;

    private long keptSeq;
    private long cycleFirstSeq;
    private long cycleBytes;
    private int checkpointCycle;
    private boolean rollsOnRequestOnly;
    private long nowMillis;
    private long retainAgainMillis = Long.MIN_VALUE;

    private JournalWriter(
            JournalSettings settings, ProcessLock lock, LongSupplier clockMillis, LongSupplier usableBytes)
            throws IOException {
        var directory = settings.directory();
        this.lock = lock;
        this.clockMillis = clockMillis;
        this.nowMillis = clockMillis.getAsLong();
        this.epoch = Epoch.readOrCreate(directory, nowMillis, settings.roll());
        this.rollCycle = Queues.rollCycle(epoch.roll());
        this.maxSeqsInCycle = rollCycle.maxMessagesPerCycle() / 2;
        this.maxCycleBytes = Math.max(MIN_CYCLE_BYTES, settings.retainBytes() / CYCLES_IN_BUDGET);
        this.diskGuard = new DiskGuard(usableBytes, settings.minFreeBytes());
        if (epoch.roll() != settings.roll()) {
            LOG.warn("{} keeps rolling {}, as it was created, not {}", directory, epoch.roll(), settings.roll());
        }

        files = new CycleFiles(directory, rollCycle);
        TailRepair.deleteHeadless(files);
        Queues.releaseLocks(directory);
        queue = Queues.open(directory, rollCycle, () -> (long) nextCycle * rollCycle.lengthInMillis());
        try {
            positions = Positions.openOrCreate(directory);
            bells = Bells.openOrCreate(directory);
            retention = new Retention(settings, files, positions);
            var end = JournalEnd.find(queue, files, positions, retention);
            lastSeq = end.lastSeq();
            cycle = end.cycle();
            cycleFirstSeq = end.cycleFirstSeq();
            cycleBytes = end.cycleBytes();
            checkpointCycle = end.checkpointCycle();
            nextCycle = end.nextCycle();
            appender = queue.createAppender();
            appender.singleThreadedCheckDisabled(true);
        } catch (IOException | RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** @throws JournalLockedException when another live writer has the journal */
    public static JournalWriter open(JournalSettings settings) {
        return open(settings, System::currentTimeMillis);
    }

    /** With a clock in milliseconds since the Unix epoch, which decides when a cycle ends. */
    public static JournalWriter open(JournalSettings settings, LongSupplier clockMillis) {
        return open(settings, clockMillis, settings.directory().toFile()::getUsableSpace);
    }

    static JournalWriter open(JournalSettings settings, LongSupplier clockMillis, LongSupplier usableBytes) {
        try {
            Files.createDirectories(settings.directory());
            var lock = WriterLock.acquire(settings.directory());
            try {
                return new JournalWriter(settings, lock, clockMillis, usableBytes);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the journal " + settings.directory(), e);
        }
    }

    /** Whether a live writer has the journal right now, in any process. For any thread. */
    public static boolean hasWriter(Path directory) {
        try {
            return WriterLock.isHeld(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for a writer in " + directory, e);
        }
    }

    /** The process that writes the journal in {@code directory}, or did last, in words. */
    public static String writerOf(Path directory) {
        try {
            return WriterLock.holderOf(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell who writes " + directory, e);
        }
    }

    /** When the journal was created, in milliseconds since the Unix epoch: its identity. */
    public long epoch() {
        return epoch.millis();
    }

    /** The sequence of the newest document, 0 when there is none. */
    public long lastSeq() {
        return lastSeq;
    }

    /**
     * Whether the next append begins a new cycle, so that a checkpoint is due first. A writer that asks rolls only here,
     * never within {@link #append}; one that never asks rolls by itself.
     */
    public boolean newCycle() {
        rollsOnRequestOnly = true;
        chooseNextCycle();
        return nextCycle != cycle;
    }

    /**
     * The clock may go back, cycles must not. A cycle that is half full, or has its part of the budget, ends early; cycles may
     * run ahead of the clock so, and then end by their size alone until it has caught up.
     */
    private void chooseNextCycle() {
        nowMillis = clockMillis.getAsLong();
        int byClock = Math.toIntExact(nowMillis / rollCycle.lengthInMillis());
        nextCycle = Math.max(nextCycle, byClock);
        if (nextCycle == cycle && (lastSeq - cycleFirstSeq >= maxSeqsInCycle || cycleBytes >= maxCycleBytes)) {
            nextCycle++;
        }
    }

    /**
     * Appends one document, copied from the buffer. Its sequence, at {@link FeedHeader#SEQ_OFFSET}, must be
     * {@link #lastSeq()} + 1.
     *
     * @return false when the disk is nearly full; nothing was written
     * @throws IllegalArgumentException when the sequence or the length is wrong; nothing was written
     */
    public boolean append(DirectBuffer buffer, int offset, int length) {
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length must be " + MIN_LENGTH + " to " + MAX_LENGTH + ": " + length);
        }
        long seq = FeedHeader.seq(buffer, offset);
        if (seq != lastSeq + 1) {
            throw new IllegalArgumentException("sequence must be " + (lastSeq + 1) + ": " + seq);
        }
        if (!rollsOnRequestOnly) {
            chooseNextCycle();
        }
        if (!diskGuard.admits(length, nowMillis)) {
            retain(true);
            return false;
        }
        if (nextCycle != cycle && cycle != NO_CYCLE) {
            retention.put(cycle, cycleBytes);
        }
        write(buffer, offset, length);
        publish(seq);
        bells.ring();
        return true;
    }

    private void write(DirectBuffer buffer, int offset, int length) {
        DocumentContext document = appender.writingDocument();
        boolean written = false;
        try {
            var bytes = document.wire().bytes();
            target.wrap(bytes.addressForWrite(bytes.writePosition()), length);
            buffer.getBytes(offset, target, 0, length);
            bytes.writeSkip(length);
            cycleBytes = bytes.writePosition();
            written = true;
        } finally {
            if (!written) {
                document.rollbackOnClose();
            }
            document.close();
        }
    }

    private void publish(long seq) {
        lastSeq = seq;
        if (nextCycle != cycle) {
            cycle = nextCycle;
            cycleFirstSeq = seq;
            retention.put(cycle, cycleBytes);
            if (positions.oldestCycle() == Positions.NONE) {
                positions.oldestCycle(cycle);
            }
            positions.newestCycle(cycle);
            positions.lastSeq(seq);
            retain(false);
        } else {
            positions.lastSeq(seq);
            if (nowMillis >= retainAgainMillis) {
                retain(false);
            }
        }
    }

    /** The checkpoint that began with {@code firstSeq} is complete: readers may start from it. */
    public void checkpointWritten(long firstSeq) {
        if (firstSeq < 1 || firstSeq > lastSeq) {
            throw new IllegalArgumentException("no such checkpoint: " + firstSeq);
        }
        checkpointCycle = cycleOf(firstSeq);
        positions.checkpoint(firstSeq);
        retain(false);
    }

    /**
     * From now on nothing from this sequence on is deleted, even if the journal grows beyond its budget. To be said anew
     * by each writer, before it writes: until then it deletes nothing.
     */
    public void keepFrom(long seq) {
        if (seq < 1 || seq > lastSeq) {
            throw new IllegalArgumentException("no such sequence: " + seq);
        }
        if (seq != keptSeq) {
            keptSeq = seq;
            retention.keepFrom(cycleOf(seq));
        }
    }

    /** By how much the journal is beyond its budget because of {@link #keepFrom}; 0 when it is not. */
    public long overBudgetBytes() {
        return retention.overBudgetBytes();
    }

    private int cycleOf(long seq) {
        return seq >= cycleFirstSeq ? cycle : olderCycleOf(seq);
    }

    private int olderCycleOf(long seq) {
        try (var scan = new CycleScan(queue)) {
            return scan.cycleOf(seq, files.cycles());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + queue.fileAbsolutePath(), e);
        }
    }

    private void retain(boolean diskFull) {
        retainAgainMillis = nowMillis + 1_000;
        if (cycle == NO_CYCLE) {
            return;
        }
        retention.put(cycle, cycleBytes);
        try {
            if (retention.run(checkpointCycle == NO_CYCLE ? cycle : checkpointCycle, diskFull)) {
                queue.refreshDirectoryListing();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete old cycles of " + queue.fileAbsolutePath(), e);
        }
    }

    /** Gives the journal free for another writer. */
    @Override
    public void close() {
        if (queue.isClosed()) {
            return;
        }
        appender.close();
        queue.close();
        positions.close();
        bells.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
