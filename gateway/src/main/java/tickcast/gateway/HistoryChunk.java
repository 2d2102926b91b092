package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import java.util.List;
import tickcast.protocol.json.PastOutcome;

/**
 * What was read of history at a time.
 *
 * @param refused why nothing could be read; null when it could
 * @param parts in the order in which they are to be sent
 * @param caughtUp whether it ends where the shard was when it was read, not where a chunk is full
 * @param dueNanos publish time of the next message when it is not due yet, 0 when it is not that what ended the chunk
 * @param start what was found out for a replay that begins; null for all other reads
 */
record HistoryChunk(PastOutcome refused, List<Part> parts, boolean caughtUp, long dueNanos, ReplayStart.Found start) {

    /**
     * Frames to be written at once.
     *
     * @param symbol the only symbol in them, null when there are several
     * @param nextSeq where history goes on after them
     */
    record Part(ByteBuf frames, int messages, String symbol, long nextSeq) {}

    static HistoryChunk refused(PastOutcome why) {
        return new HistoryChunk(why, List.of(), false, 0, null);
    }

    void release() {
        parts.forEach(part -> part.frames().release());
    }
}
