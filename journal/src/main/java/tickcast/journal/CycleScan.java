package tickcast.journal;

import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;

/** Finds sequences in the cycles of a queue: looks at the first document of a few, and never scans. */
final class CycleScan implements AutoCloseable {
    /** No such cycle. */
    static final int NOT_FOUND = -1;

    private final RollCycle rollCycle;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private final Long2LongHashMap firstSeqs = new Long2LongHashMap(0);

    CycleScan(SingleChronicleQueue queue) {
        this.rollCycle = queue.rollCycle();
        this.tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    /** The sequence of the first document of a cycle, 0 when it has none. Remembered, because opening a file is slow. */
    long firstSeq(int cycle) {
        long known = firstSeqs.get(cycle);
        if (known != 0) {
            return known;
        }
        long first = seqAt(rollCycle.toIndex(cycle, 0));
        if (first != 0) {
            firstSeqs.put(cycle, first);
        }
        return first;
    }

    /** The sequence of the last document of a cycle, 0 when it has none. */
    long lastSeq(int cycle) {
        long documents = tailer.excerptsInCycle(cycle);
        return documents <= 0 ? 0 : seqAt(rollCycle.toIndex(cycle, documents - 1));
    }

    /** Which of the cycles, oldest first, has the sequence, provided that it exists in one of them. */
    int cycleOf(long seq, int[] cycles) {
        int found = NOT_FOUND;
        int low = 0;
        int high = cycles.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int probe = middle;
            long first = firstSeq(cycles[probe]);
            while (first == 0 && probe > low) {
                probe--;
                first = firstSeq(cycles[probe]);
            }
            if (first == 0) {
                low = middle + 1;
            } else if (first <= seq) {
                found = cycles[probe];
                low = middle + 1;
            } else {
                high = probe - 1;
            }
        }
        return found;
    }

    private long seqAt(long index) {
        if (!tailer.moveToIndex(index)) {
            return 0;
        }
        try (var document = tailer.readingDocument()) {
            if (!document.isPresent() || document.index() != index) {
                return 0;
            }
            var bytes = document.wire().bytes();
            int length = (int) bytes.readRemaining();
            buffer.wrap(bytes.addressForRead(bytes.readPosition(), length), length);
            return FeedHeader.seq(buffer, 0);
        }
    }

    ExcerptTailer tailer() {
        return tailer;
    }

    @Override
    public void close() {
        tailer.close();
    }
}
