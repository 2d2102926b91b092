package tickcast.gateway;

import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.journal.JournalReader;
import tickcast.protocol.json.PastOutcome;

/**
 * Reads the next messages about some symbols.
 *
 * @param symbols by number; not changed any more
 * @param limitBytes of the frames, above it by at most one message
 * @param untilSeq how far may be read; asked again and again
 * @param dueUntilNanos nothing published later is taken
 * @param epochNanos the time, ns since the Unix epoch
 */
record HistorySlice(
        long epoch,
        long fromSeq,
        View view,
        Int2ObjectHashMap<String> symbols,
        int limitBytes,
        LongSupplier untilSeq,
        long dueUntilNanos,
        LongSupplier epochNanos)
        implements HistoryRead {
    /** After so many messages, whoever they are about, others get their turn. */
    private static final int MOST_READ = 200_000;

    private static final int POLL_LIMIT = 64;

    @Override
    public HistoryChunk read(JournalReader reader, HistoryBatch batch) {
        switch (reader.seek(fromSeq)) {
            case TOO_OLD -> {
                return HistoryChunk.refused(PastOutcome.TOO_OLD);
            }
            case TOO_FAR -> {
                return HistoryChunk.refused(PastOutcome.TOO_FAR);
            }
            case FOUND -> batch.begin(view, symbols, fromSeq, limitBytes, dueUntilNanos);
        }
        long next = fromSeq;
        long until = untilSeq.getAsLong();
        while (next <= until && next - fromSeq < MOST_READ && !batch.full()) {
            int read = reader.poll(batch, (int) Math.min(POLL_LIMIT, until - next + 1));
            if (read == JournalReader.TOO_OLD) {
                batch.abandon();
                return HistoryChunk.refused(PastOutcome.TOO_OLD);
            }
            if (read == 0) {
                break;
            }
            next += read;
            until = untilSeq.getAsLong();
        }
        boolean caughtUp = batch.nextSeq() > until;
        return new HistoryChunk(
                null, List.of(batch.end(null, epoch, epochNanos.getAsLong())), caughtUp, batch.dueNanos(), null);
    }
}
