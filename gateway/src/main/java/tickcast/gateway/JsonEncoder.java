package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.FeedJsonWriter;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** The feed's messages as JSON, each in a text frame of its own. */
final class JsonEncoder implements ViewEncoder {
    private final FeedJsonWriter writer = new FeedJsonWriter();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer(4_096);

    @Override
    public int append(View view, SymbolChannel channel, DirectBuffer message, int offset, int length, ByteBuf out) {
        boolean wanted = switch (FeedHeader.templateId(message, offset)) {
            case TradeDecoder.TEMPLATE_ID -> view.has(Channel.TRADES);
            case BookDeltaDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID -> view.has(Channel.BOOK);
            default -> true;
        };
        if (!wanted) {
            return 0;
        }
        text.reset();
        try {
            writer.write(message, offset, channel.symbol(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        FrameHeader.write(out, FrameHeader.TEXT, text.size());
        out.writeBytes(text.toByteArray());
        return 1;
    }

    @Override
    public int appendSnapshot(View view, SymbolChannel channel, long nowNanos, ByteBuf out) {
        int length = channel.encodeSnapshot(snapshot, nowNanos);
        return append(view, channel, snapshot, 0, length, out);
    }
}
