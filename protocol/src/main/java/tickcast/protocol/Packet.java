package tickcast.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An SBE packet: {@code epoch u64, sendTime u64, count u16}, then {@code count} times {@code length u16} and an SBE message
 * with its header. This class walks through a received one; the static functions write one. Confined to a thread.
 */
public final class Packet {
    /** Bytes before the first message. */
    public static final int HEADER_LENGTH = 18;
    /** Bytes before each message. */
    public static final int LENGTH_FIELD = 2;
    /** Most messages in one packet. */
    public static final int MAX_COUNT = 0xFFFF;
    /** Longest message in a packet, in bytes. */
    public static final int MAX_MESSAGE_LENGTH = 0xFFFF;

    private static final int SEND_TIME_OFFSET = 8;
    private static final int COUNT_OFFSET = 16;

    private DirectBuffer buffer;
    private int start;
    private int end;
    private int remaining;
    private int next;
    private int messageOffset;
    private int messageLength;

    /** Writes a packet's header; returns its length. */
    public static int putHeader(MutableDirectBuffer buffer, int offset, long epoch, long sendTimeNanos, int count) {
        buffer.putLong(offset, epoch, LITTLE_ENDIAN);
        buffer.putLong(offset + SEND_TIME_OFFSET, sendTimeNanos, LITTLE_ENDIAN);
        buffer.putShort(offset + COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
        return HEADER_LENGTH;
    }

    /** Appends a message with its length before it; returns how many bytes that took. */
    public static int putMessage(
            MutableDirectBuffer buffer, int offset, DirectBuffer message, int messageOffset, int messageLength) {
        buffer.putShort(offset, (short) messageLength, LITTLE_ENDIAN);
        buffer.putBytes(offset + LENGTH_FIELD, message, messageOffset, messageLength);
        return LENGTH_FIELD + messageLength;
    }

    /**
     * Begins to read a packet; its messages are walked with {@link #next}.
     *
     * @throws MalformedMessageException when it is shorter than a header
     */
    public Packet wrap(DirectBuffer packet, int offset, int length) {
        if (length < HEADER_LENGTH) {
            throw new MalformedMessageException(
                    "A packet of " + length + " bytes, must have at least " + HEADER_LENGTH);
        }
        buffer = packet;
        start = offset;
        end = offset + length;
        remaining = count();
        next = offset + HEADER_LENGTH;
        return this;
    }

    /** Identity of the feed. */
    public long epoch() {
        return buffer.getLong(start, LITTLE_ENDIAN);
    }

    /** When the gateway made the packet, ns since the Unix epoch. */
    public long sendTime() {
        return buffer.getLong(start + SEND_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** How many messages it says to hold. */
    public int count() {
        return buffer.getShort(start + COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Steps to the next message; false after the last.
     *
     * @throws MalformedMessageException when a message does not fit the packet, or bytes are left over
     */
    public boolean next() {
        if (remaining == 0) {
            if (next != end) {
                throw new MalformedMessageException((end - next) + " bytes after the last message of a packet");
            }
            return false;
        }
        if (next + LENGTH_FIELD > end) {
            throw new MalformedMessageException("A packet ends " + remaining + " messages early");
        }
        messageLength = buffer.getShort(next, LITTLE_ENDIAN) & 0xFFFF;
        messageOffset = next + LENGTH_FIELD;
        next = messageOffset + messageLength;
        if (next > end || messageLength < FeedHeader.LENGTH) {
            throw new MalformedMessageException("A message of " + messageLength + " bytes in a packet with "
                    + (end - messageOffset) + " left; must have at least " + FeedHeader.LENGTH + " and fit");
        }
        remaining--;
        return true;
    }

    /** Where the current message's SBE header begins. */
    public int messageOffset() {
        return messageOffset;
    }

    /** Length of the current message, SBE header included. */
    public int messageLength() {
        return messageLength;
    }
}
