package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.V1;
import tickcast.protocol.json.Channel;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradeDecoder;

/** The compact layouts, each in a frame of its own. */
final class V1Encoder implements ViewEncoder {
    private final byte[] bytes = new byte[V1.BOOK_HEADER_LENGTH + V1.MAX_LEVELS * V1.LEVEL_LENGTH];
    private final UnsafeBuffer scratch = new UnsafeBuffer(bytes);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TradeDecoder trade = new TradeDecoder();

    @Override
    public int append(View view, SymbolChannel channel, DirectBuffer message, int offset, int length, ByteBuf out) {
        int appended = 0;
        if (FeedHeader.templateId(message, offset) == TradeDecoder.TEMPLATE_ID) {
            trade.wrapAndApplyHeader(message, offset, header);
            if (view.has(Channel.PRICE) && !view.conflated()) {
                price(channel, out);
                appended++;
            }
            if (view.has(Channel.TRADES)) {
                frame(
                        V1.encodeTrade(
                                scratch,
                                0,
                                channel.symbolId(),
                                trade.aggressor(),
                                trade.price(),
                                trade.quantity(),
                                trade.tradeId(),
                                trade.eventTime()),
                        out);
                appended++;
            }
        } else if (view.has(Channel.BOOK)) {
            appended += changedSides(view, channel, channel.change(), out);
        }
        return appended;
    }

    @Override
    public int appendChanged(View view, SymbolChannel channel, BookChange changes, long nowNanos, ByteBuf out) {
        int appended = 0;
        if (changes.priceOf(view)) {
            price(channel, out);
            appended++;
        }
        return appended + (view.has(Channel.BOOK) ? changedSides(view, channel, changes, out) : 0);
    }

    private int changedSides(View view, SymbolChannel channel, BookChange changes, ByteBuf out) {
        int appended = 0;
        for (var side = Side.BUY; side != null; side = side == Side.BUY ? Side.SELL : null) {
            if (changes.reaches(side, channel.book(), view.depth())) {
                book(side, view, channel, out);
                appended++;
            }
        }
        return appended;
    }

    @Override
    public int appendSnapshot(View view, SymbolChannel channel, long nowNanos, ByteBuf out) {
        int appended = 0;
        if (view.has(Channel.PRICE) && channel.book().lastPrice() != BookSnapshotDecoder.lastPriceNullValue()) {
            price(channel, out);
            appended++;
        }
        if (view.has(Channel.BOOK)) {
            book(Side.BUY, view, channel, out);
            book(Side.SELL, view, channel, out);
            appended += 2;
        }
        return appended;
    }

    private void price(SymbolChannel channel, ByteBuf out) {
        frame(
                V1.encodePrice(
                        scratch, 0, channel.symbolId(), channel.book().lastPrice(), channel.lastPriceTimeNanos()),
                out);
    }

    private void book(Side side, View view, SymbolChannel channel, ByteBuf out) {
        frame(V1.encodeBook(scratch, 0, channel.symbolId(), side, channel.book(), view.depth()), out);
    }

    private void frame(int length, ByteBuf out) {
        FrameHeader.write(out, FrameHeader.BINARY, length);
        out.writeBytes(bytes, 0, length);
    }
}
