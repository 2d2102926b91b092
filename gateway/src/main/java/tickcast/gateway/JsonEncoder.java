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
        return append(view, channel.symbol(), message, offset, out);
    }

    /** Appends a message about {@code symbol}, live or not. */
    int append(View view, String symbol, DirectBuffer message, int offset, ByteBuf out) {
        boolean wanted = switch (FeedHeader.templateId(message, offset)) {
            case TradeDecoder.TEMPLATE_ID -> view.has(Channel.TRADES);
            case BookDeltaDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID -> view.has(Channel.BOOK);
            default -> true;
        };
        if (!wanted) {
            return 0;
        }
        write(symbol, message, offset, out);
        return 1;
    }

    private void write(String symbol, DirectBuffer message, int offset, ByteBuf out) {
        text.reset();
        try {
            writer.write(message, offset, symbol, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        FrameHeader.write(out, FrameHeader.TEXT, text.size());
        out.writeBytes(text.toByteArray());
    }

    @Override
    public int appendSnapshot(View view, SymbolChannel channel, long nowNanos, ByteBuf out) {
        int length = channel.encodeSnapshot(snapshot, nowNanos, view.depth());
        return append(view, channel, snapshot, 0, length, out);
    }

    @Override
    public int appendConflated(SymbolChannel channel, SentMark sent, long nowNanos, ByteBuf out) {
        if (sent.merged(channel) == 0) {
            return 0;
        }
        channel.encodeConflated(snapshot, sent, nowNanos);
        write(channel.symbol(), snapshot, 0, out);
        return 1;
    }
}
