package tickcast.gateway;

import io.netty.buffer.ByteBuf;

/** The header of a WebSocket frame as a server sends it: final and not masked, so that it is the same for everyone. */
final class FrameHeader {
    static final int MAX_LENGTH = 10;
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private static final int MAX_7_BITS = 125;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MAX_16_BITS = 0xFFFF;

    private FrameHeader() {}

    /** How long the header of a payload is. */
    static int length(int payloadLength) {
        if (payloadLength <= MAX_7_BITS) {
            return 2;
        }
        return payloadLength <= MAX_16_BITS ? 4 : MAX_LENGTH;
    }

    /** Writes the header at {@code index}, which the buffer must have room for; leaves its indices alone. */
    static void set(ByteBuf buffer, int index, int kind, int payloadLength) {
        buffer.setByte(index, kind);
        if (payloadLength <= MAX_7_BITS) {
            buffer.setByte(index + 1, payloadLength);
        } else if (payloadLength <= MAX_16_BITS) {
            buffer.setByte(index + 1, LENGTH_IN_16_BITS);
            buffer.setShort(index + 2, payloadLength);
        } else {
            buffer.setByte(index + 1, LENGTH_IN_64_BITS);
            buffer.setLong(index + 2, payloadLength);
        }
    }

    /** Appends the header of a payload that follows. */
    static void write(ByteBuf buffer, int kind, int payloadLength) {
        int length = length(payloadLength);
        buffer.ensureWritable(length + payloadLength);
        set(buffer, buffer.writerIndex(), kind, payloadLength);
        buffer.writerIndex(buffer.writerIndex() + length);
    }
}
