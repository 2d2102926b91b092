package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import tickcast.protocol.Packet;

/** The feed's own messages, copied; all that a subscriber is sent at a time is one packet. */
final class SbeEncoder implements ViewEncoder {
    private static final int RESERVED = FrameHeader.MAX_LENGTH + Packet.HEADER_LENGTH;

    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(4_096);
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer(4_096);

    @Override
    public int append(View view, SymbolChannel channel, DirectBuffer message, int offset, int length, ByteBuf out) {
        return append(message, offset, length, out);
    }

    /** Appends a message, live or not. */
    int append(DirectBuffer message, int offset, int length, ByteBuf out) {
        int written = Packet.putMessage(scratch, 0, message, offset, length);
        out.writeBytes(scratch.byteArray(), 0, written);
        return 1;
    }

    @Override
    public int appendSnapshot(View view, SymbolChannel channel, long nowNanos, ByteBuf out) {
        int length = channel.encodeSnapshot(snapshot, nowNanos, view.depth());
        return append(snapshot, 0, length, out);
    }

    @Override
    public int appendConflated(SymbolChannel channel, SentMark sent, long nowNanos, ByteBuf out) {
        return sent.merged(channel) == 0
                ? 0
                : append(snapshot, 0, channel.encodeConflated(snapshot, sent, nowNanos), out);
    }

    @Override
    public int reserved() {
        return RESERVED;
    }

    @Override
    public void frame(ByteBuf buffer, int messages, long epoch, long nowNanos) {
        int payload = buffer.writerIndex() - FrameHeader.MAX_LENGTH;
        int start = FrameHeader.MAX_LENGTH - FrameHeader.length(payload);
        Packet.putHeader(scratch, 0, epoch, nowNanos, messages);
        buffer.setBytes(FrameHeader.MAX_LENGTH, scratch.byteArray(), 0, Packet.HEADER_LENGTH);
        FrameHeader.set(buffer, start, FrameHeader.BINARY, payload);
        buffer.readerIndex(start);
    }
}
