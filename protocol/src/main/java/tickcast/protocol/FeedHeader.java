package tickcast.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/**
 * The fields that stand at the same place in every feed message, read without decoding the rest. {@code offset} is where
 * the message's SBE header begins. Time and sequence stand there in the messages of the other journals too.
 */
public final class FeedHeader {
    /** Offset of the time (u64, ns since the Unix epoch). */
    public static final int TIME_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Offset of the sequence (u64). */
    public static final int SEQ_OFFSET = TIME_OFFSET + Long.BYTES;

    /** Bytes of header and common fields together; no feed message is shorter. */
    public static final int LENGTH = 44;

    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int PREV_SEQ_OFFSET = SEQ_OFFSET + Long.BYTES;
    private static final int SYMBOL_ID_OFFSET = PREV_SEQ_OFFSET + Long.BYTES;
    private static final int EVENT_TIME_OFFSET = SYMBOL_ID_OFFSET + Integer.BYTES;

    private FeedHeader() {}

    public static int templateId(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + TEMPLATE_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public static long publishTime(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static long seq(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQ_OFFSET, LITTLE_ENDIAN);
    }

    public static long prevSeq(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + PREV_SEQ_OFFSET, LITTLE_ENDIAN);
    }

    public static int symbolId(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + SYMBOL_ID_OFFSET, LITTLE_ENDIAN);
    }

    public static long eventTime(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** Writes the five common fields, which stand alike in every feed message. */
    public static void put(
            MutableDirectBuffer buffer,
            int offset,
            long publishTimeNanos,
            long seq,
            long prevSeq,
            int symbolId,
            long eventTimeNanos) {
        putTime(buffer, offset, publishTimeNanos);
        putSeq(buffer, offset, seq);
        putPrevSeq(buffer, offset, prevSeq);
        buffer.putInt(offset + SYMBOL_ID_OFFSET, symbolId, LITTLE_ENDIAN);
        buffer.putLong(offset + EVENT_TIME_OFFSET, eventTimeNanos, LITTLE_ENDIAN);
    }

    public static void putTime(MutableDirectBuffer buffer, int offset, long timeNanos) {
        buffer.putLong(offset + TIME_OFFSET, timeNanos, LITTLE_ENDIAN);
    }

    public static void putPrevSeq(MutableDirectBuffer buffer, int offset, long prevSeq) {
        buffer.putLong(offset + PREV_SEQ_OFFSET, prevSeq, LITTLE_ENDIAN);
    }

    public static void putSeq(MutableDirectBuffer buffer, int offset, long seq) {
        buffer.putLong(offset + SEQ_OFFSET, seq, LITTLE_ENDIAN);
    }
}
