package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.journal.RecordHandler;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;

/**
 * Makes frames of the feed's messages about some symbols, until they have a size or a message is not due. Confined to a
 * thread.
 */
final class HistoryBatch implements RecordHandler {
    /** For {@link #begin}: all is due. */
    static final long ALL_DUE = Long.MAX_VALUE;

    private static final int INITIAL_BYTES = 4_096;

    private final SbeEncoder sbe = new SbeEncoder();
    private final JsonEncoder json = new JsonEncoder();
    private View view;
    private Int2ObjectHashMap<String> symbols;
    private ByteBuf frames;
    private int limitBytes;
    private long dueUntilNanos;
    private int messages;
    private long nextSeq;
    private long dueNanos;
    private boolean full;

    /**
     * @param newSymbols by number; the others are left out
     * @param fromSeq the first message to come
     * @param newLimitBytes no message is taken when there is so much
     * @param newDueUntilNanos no message published after this is taken
     */
    void begin(
            View newView,
            Int2ObjectHashMap<String> newSymbols,
            long fromSeq,
            int newLimitBytes,
            long newDueUntilNanos) {
        abandon();
        view = newView;
        symbols = newSymbols;
        limitBytes = newLimitBytes;
        dueUntilNanos = newDueUntilNanos;
        messages = 0;
        nextSeq = fromSeq;
        dueNanos = 0;
        full = false;
        int reserved = encoder().reserved();
        frames = PooledByteBufAllocator.DEFAULT
                .directBuffer(reserved + INITIAL_BYTES)
                .writerIndex(reserved)
                .readerIndex(reserved);
    }

    /** Whether no more is taken. */
    boolean full() {
        return full;
    }

    /** The first message that was not taken. */
    long nextSeq() {
        return nextSeq;
    }

    /** When the first message was published that is not due; 0 when there was none. */
    long dueNanos() {
        return dueNanos;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        if (full) {
            return;
        }
        String symbol = symbols.get(FeedHeader.symbolId(buffer, offset));
        if (symbol != null) {
            long published = FeedHeader.publishTime(buffer, offset);
            if (published > dueUntilNanos) {
                dueNanos = published;
                full = true;
                return;
            }
            append(symbol, buffer, offset, length);
        }
        nextSeq = FeedHeader.seq(buffer, offset) + 1;
    }

    /** Appends a message that is not the journal's. */
    void append(String symbol, DirectBuffer buffer, int offset, int length) {
        messages += view.form() == Subprotocol.SBE
                ? sbe.append(buffer, offset, length, frames)
                : json.append(view, symbol, buffer, offset, frames);
        full = frames.readableBytes() >= limitBytes;
    }

    /**
     * Ends what was begun.
     *
     * @param symbol the only one that is in it, null when there are several
     */
    HistoryChunk.Part end(String symbol, long epoch, long nowNanos) {
        if (messages > 0) {
            encoder().frame(frames, messages, epoch, nowNanos);
        }
        var part = new HistoryChunk.Part(frames, messages, symbol, nextSeq);
        frames = null;
        return part;
    }

    /** Forgets what was begun and not ended. */
    void abandon() {
        if (frames != null) {
            frames.release();
            frames = null;
        }
    }

    private ViewEncoder encoder() {
        return view.form() == Subprotocol.SBE ? sbe : json;
    }
}
