package tickcast.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.MutableLong;
import tickcast.journal.JournalReader;
import tickcast.journal.Seek;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.ClientMessage.Place;
import tickcast.protocol.json.ClientMessage.Replay;
import tickcast.protocol.json.PastOutcome;

/**
 * Finds the place where a replay begins and makes snapshots of its symbols as they were before that: from the checkpoint
 * before it on, all that was said of them is applied.
 *
 * @param symbols by number; not changed any more
 * @param newestSeq the newest that may be read
 * @param epochNanos the time, ns since the Unix epoch
 */
record ReplayStart(
        long epoch,
        Replay replay,
        View view,
        Int2ObjectHashMap<String> symbols,
        long newestSeq,
        LongSupplier epochNanos)
        implements HistoryRead {
    private static final int POLL_LIMIT = 64;
    private static final long NOWHERE = 0;

    /**
     * What is to be replayed.
     *
     * @param fromSeq the first message
     * @param endSeq the last message
     * @param publishNanos when the first message was published
     */
    record Found(long fromSeq, long endSeq, long publishNanos) {}

    @Override
    public HistoryChunk read(JournalReader reader, HistoryBatch batch) {
        long oldest = reader.firstSeq();
        long from = first(reader, replay.from(), oldest);
        if (from < oldest || oldest == 0) {
            return HistoryChunk.refused(PastOutcome.TOO_OLD);
        }
        long end = end(reader, oldest);
        if (from > newestSeq || end == NOWHERE) {
            return HistoryChunk.refused(PastOutcome.TOO_FAR);
        }
        var books = books(reader, from);
        long publishNanos = publishNanos(reader, from);
        if (books == null || publishNanos == NOWHERE) {
            return HistoryChunk.refused(PastOutcome.TOO_OLD);
        }
        return new HistoryChunk(
                null, snapshots(books, from, publishNanos, batch), false, 0, new Found(from, end, publishNanos));
    }

    /** The sequence of a place, one before {@code oldest} when that is deleted, one beyond the newest when it is not there yet. */
    private long first(JournalReader reader, Place place, long oldest) {
        if (place.seq() != 0) {
            return place.seq();
        }
        long first = firstPublishedFrom(reader, place.timeNanos(), oldest);
        // What was published before the first message ever was nothing.
        return first == oldest && oldest > 1 && publishNanos(reader, oldest) > place.timeNanos() ? oldest - 1 : first;
    }

    private long end(JournalReader reader, long oldest) {
        var place = replay.to();
        if (place == null) {
            return Long.MAX_VALUE;
        }
        if (place.seq() != 0) {
            return place.seq() <= newestSeq ? place.seq() : NOWHERE;
        }
        return place.timeNanos() <= epochNanos.getAsLong()
                ? Math.max(1, firstPublishedFrom(reader, place.timeNanos() + 1, oldest) - 1)
                : NOWHERE;
    }

    private long firstPublishedFrom(JournalReader reader, long timeNanos, long oldest) {
        long low = oldest;
        long high = newestSeq + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (publishNanos(reader, middle) < timeNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** When a message was published; {@link #NOWHERE} when it is deleted. */
    private static long publishNanos(JournalReader reader, long seq) {
        var published = new MutableLong(NOWHERE);
        if (reader.seek(seq) == Seek.FOUND) {
            reader.poll((buffer, offset, length) -> published.set(FeedHeader.publishTime(buffer, offset)), 1);
        }
        return published.get();
    }

    /** The books before {@code from}; null when what leads there is deleted. */
    private Int2ObjectHashMap<DepthBook> books(JournalReader reader, long from) {
        long checkpoint = reader.seekCheckpoint();
        if (checkpoint != 0 && checkpoint < from) {
            var books = applied(reader, checkpoint, from);
            if (books == null || whole(books)) {
                return books;
            }
        }
        long cycle = reader.seekCycleOf(from);
        var books = cycle == 0 ? null : applied(reader, cycle, from);
        if (books == null || whole(books)) {
            return books;
        }
        // Inside the checkpoint that the cycle begins with: the cycle before it knows, if the symbol was listed then.
        long before = reader.seekCycleOf(cycle - 1);
        return before == 0 ? books : applied(reader, before, from);
    }

    /** Applies what stands from where the reader is to {@code from}; null when that is deleted. */
    private Int2ObjectHashMap<DepthBook> applied(JournalReader reader, long first, long from) {
        var books = new Int2ObjectHashMap<DepthBook>();
        symbols.forEach((id, symbol) -> books.put(id.intValue(), new DepthBook()));
        for (long next = first; next < from; ) {
            int read = reader.poll(
                    (buffer, offset, length) -> {
                        var book = books.get(FeedHeader.symbolId(buffer, offset));
                        if (book != null) {
                            book.apply(buffer, offset);
                        }
                    },
                    (int) Math.min(POLL_LIMIT, from - next));
            if (read <= 0) {
                return null;
            }
            next += read;
        }
        return books;
    }

    private static boolean whole(Int2ObjectHashMap<DepthBook> books) {
        return books.values().stream().allMatch(DepthBook::valid);
    }

    private List<HistoryChunk.Part> snapshots(
            Int2ObjectHashMap<DepthBook> books, long from, long publishNanos, HistoryBatch batch) {
        var message = new ExpandableArrayBuffer();
        var parts = new ArrayList<HistoryChunk.Part>();
        books.forEach((id, book) -> {
            if (book.valid()) {
                var symbol = symbols.get(id.intValue());
                int length = book.encodeSnapshot(message, 0, id, publishNanos, publishNanos, book.lastSeq(), 0, 0);
                batch.begin(view, symbols, from, Integer.MAX_VALUE, HistoryBatch.ALL_DUE);
                batch.append(symbol, message, 0, length);
                parts.add(batch.end(symbol, epoch, epochNanos.getAsLong()));
            }
        });
        return parts;
    }
}
