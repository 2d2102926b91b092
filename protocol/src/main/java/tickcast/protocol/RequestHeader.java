package tickcast.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The fields that stand at the same place in every message of the orders journal, beside the sequence. {@code offset} is
 * where the message's SBE header begins.
 */
public final class RequestHeader {
    private static final int RECEIVED_TIME_OFFSET = FeedHeader.SEQ_OFFSET + Long.BYTES;
    private static final int SESSION_ID_OFFSET = RECEIVED_TIME_OFFSET + Long.BYTES;
    private static final int REQUEST_ID_OFFSET = SESSION_ID_OFFSET + Long.BYTES;

    private RequestHeader() {}

    public static long writtenTime(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FeedHeader.TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static long receivedTime(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + RECEIVED_TIME_OFFSET, LITTLE_ENDIAN);
    }

    public static long sessionId(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SESSION_ID_OFFSET, LITTLE_ENDIAN);
    }

    public static long requestId(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + REQUEST_ID_OFFSET, LITTLE_ENDIAN);
    }
}
