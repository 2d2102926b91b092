package tickcast.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.json.FeedJsonWriter;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.ConflatedEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.SymbolStatusEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/** An exchange's feed of one symbol, message by message, with the right chain and checksums. */
final class FeedScript {
    static final String SYMBOL = "BTC/USD";
    static final int SYMBOL_ID = 1;
    static final long EPOCH = 1_767_225_600_000L;
    static final long TIME = 1_767_225_600_000_000_000L;

    final DepthBook book = new DepthBook();
    private long seq;
    private long epoch = EPOCH;

    void newEpoch() {
        epoch++;
        seq = 0;
    }

    /** For one who joins now. */
    byte[] snapshot() {
        var buffer = new UnsafeBuffer(new byte[0x10000]);
        seq = Math.max(seq, 1);
        int length = book.encodeSnapshot(buffer, 0, SYMBOL_ID, TIME, TIME, seq, 0, 0);
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    byte[] delta(Side side, long price, long quantity) {
        book.set(side, price, quantity);
        return delta(side, price, quantity, book.checksum());
    }

    byte[] delta(Side side, long price, long quantity, long checksum) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new BookDeltaEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .checksum(checksum);
        encoder.levelsCount(1).next().side(side).price(price).quantity(quantity);
        return next(buffer, encoder.encodedLength());
    }

    byte[] trade(Side aggressor, long price, long quantity) {
        var buffer = new UnsafeBuffer(new byte[256]);
        book.lastPrice(price);
        var encoder = new TradeEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tradeId(77)
                .price(price)
                .quantity(quantity)
                .aggressor(aggressor);
        return next(buffer, encoder.encodedLength());
    }

    /** What a gateway tells instead of the last messages; its book follows. */
    byte[] conflated(int merged, int trades) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new ConflatedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .merged(merged)
                .trades(trades);
        FeedHeader.put(buffer, 0, TIME, seq, seq - merged, SYMBOL_ID, TIME);
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    byte[] status(TradingStatus status) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new SymbolStatusEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .status(status);
        return next(buffer, encoder.encodedLength());
    }

    byte[] definition() {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new SymbolDefinitionEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tickSize(1)
                .lotSize(2)
                .referencePrice(3)
                .status(TradingStatus.OPEN)
                .symbolText(SYMBOL);
        return next(buffer, encoder.encodedLength());
    }

    byte[] packet(byte[]... messages) {
        var buffer = new UnsafeBuffer(new byte[0x20000]);
        int length = Packet.putHeader(buffer, 0, epoch, TIME, messages.length);
        for (byte[] message : messages) {
            length += Packet.putMessage(buffer, length, new UnsafeBuffer(message), 0, message.length);
        }
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    static String json(byte[] message) throws IOException {
        var out = new ByteArrayOutputStream();
        new FeedJsonWriter().write(new UnsafeBuffer(message), 0, SYMBOL, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private byte[] next(UnsafeBuffer buffer, int bodyLength) {
        FeedHeader.put(buffer, 0, TIME, seq + 1, seq, SYMBOL_ID, TIME);
        seq++;
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
