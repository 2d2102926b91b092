package tickcast.journal;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;

/** Documents for tests: only their sequence and their length matter. */
final class Documents {
    static final int LENGTH = 60;

    private Documents() {}

    static UnsafeBuffer document(long seq) {
        return document(seq, LENGTH);
    }

    /** Every byte behind the sequence is made from it. */
    static UnsafeBuffer document(long seq, int length) {
        var buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        fill(buffer, seq, length);
        return buffer;
    }

    static void fill(UnsafeBuffer buffer, long seq, int length) {
        buffer.setMemory(0, length, (byte) (seq % 127 + 1));
        FeedHeader.putSeq(buffer, 0, seq);
    }

    static boolean intact(DirectBuffer buffer, int offset, int length) {
        byte expected = (byte) (FeedHeader.seq(buffer, offset) % 127 + 1);
        for (int i = FeedHeader.SEQ_OFFSET + Long.BYTES; i < length; i++) {
            if (buffer.getByte(offset + i) != expected) {
                return false;
            }
        }
        return true;
    }

    /** Appends so many documents. */
    static void append(JournalWriter writer, int count) {
        append(writer, count, LENGTH);
    }

    static void append(JournalWriter writer, int count, int length) {
        var buffer = new ExpandableArrayBuffer(length);
        for (int i = 0; i < count; i++) {
            long seq = writer.lastSeq() + 1;
            buffer.setMemory(0, length, (byte) (seq % 127 + 1));
            FeedHeader.putSeq(buffer, 0, seq);
            if (!writer.append(buffer, 0, length)) {
                throw new AssertionError("refused at " + seq);
            }
        }
    }
}
