package tickcast.protocol;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.ConflatedEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.SymbolStatusEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/** Feed messages for tests, about symbol 1. */
final class FeedMessages {
    static final int SYMBOL_ID = 1;
    private static final long TIME = 1_767_225_600_000_000_000L;

    record Level(Side side, long price, long quantity) {}

    private FeedMessages() {}

    static UnsafeBuffer definition(long seq, long prevSeq) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new SymbolDefinitionEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tickSize(1)
                .lotSize(2)
                .referencePrice(3)
                .status(TradingStatus.OPEN)
                .symbolText("BTC/USD");
        return sized(buffer, encoder.encodedLength(), seq, prevSeq);
    }

    static UnsafeBuffer status(long seq, long prevSeq, TradingStatus status) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new SymbolStatusEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .status(status);
        return sized(buffer, encoder.encodedLength(), seq, prevSeq);
    }

    static UnsafeBuffer trade(long seq, long prevSeq, long price, long quantity) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new TradeEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tradeId(seq)
                .price(price)
                .quantity(quantity)
                .aggressor(Side.SELL);
        return sized(buffer, encoder.encodedLength(), seq, prevSeq);
    }

    static UnsafeBuffer conflated(long seq, long prevSeq, long merged, long trades) {
        var buffer = new UnsafeBuffer(new byte[256]);
        var encoder = new ConflatedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .merged(merged)
                .trades(trades);
        return sized(buffer, encoder.encodedLength(), seq, prevSeq);
    }

    static UnsafeBuffer delta(long seq, long prevSeq, long checksum, Level... levels) {
        var buffer = new UnsafeBuffer(new byte[128 + 17 * levels.length]);
        var encoder = new BookDeltaEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .checksum(checksum);
        var group = encoder.levelsCount(levels.length);
        for (var level : levels) {
            group.next().side(level.side()).price(level.price()).quantity(level.quantity());
        }
        return sized(buffer, encoder.encodedLength(), seq, prevSeq);
    }

    static UnsafeBuffer snapshot(DepthBook book, long seq, long prevSeq) {
        var buffer = new UnsafeBuffer(new byte[65_536]);
        int length = book.encodeSnapshot(buffer, 0, SYMBOL_ID, TIME, TIME, seq, prevSeq, 0);
        return new UnsafeBuffer(buffer, 0, length);
    }

    private static UnsafeBuffer sized(MutableDirectBuffer buffer, int bodyLength, long seq, long prevSeq) {
        FeedHeader.put(buffer, 0, TIME, seq, prevSeq, SYMBOL_ID, TIME);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
