package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.Side;

final class V1Test {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
    private final List<String> events = new ArrayList<>();
    private final V1Listener listener = new V1Listener() {
        @Override
        public void onPrice(int symbolId, double price, long timeMillis) {
            events.add("price " + symbolId + " " + price + " " + timeMillis);
        }

        @Override
        public void onBook(int symbolId, Side side, double[] prices, double[] quantities) {
            events.add("book " + symbolId + " " + side + " " + prices.length);
        }

        @Override
        public void onTrade(
                int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis) {
            events.add("trade " + symbolId + " " + aggressor + " " + price + " " + quantity + " " + tradeId + " "
                    + timeMillis);
        }
    };

    @Test
    void roundTrips() {
        V1.decode(buffer, 0, V1.encodePrice(buffer, 0, -1, 150_000_000, 5_999_999), listener);
        V1.decode(
                buffer,
                100,
                V1.encodeTrade(buffer, 100, 9, Side.SELL, 1, 2 * Decimal8.ONE, Long.MAX_VALUE, 7_000_000),
                listener);
        V1.decode(buffer, 0, V1.encodeBook(buffer, 0, 3, Side.BUY, book(12), 10), listener);
        V1.decode(buffer, 0, V1.encodeTrade(buffer, 0, 9, Side.NULL_VAL, 1, 2, 3, 0), listener);

        assertEquals(
                List.of(
                        "price -1 1.5 5",
                        "trade 9 SELL 1.0E-8 2.0 9223372036854775807 7",
                        "book 3 BUY 10",
                        "trade 9 NULL_VAL 1.0E-8 2.0E-8 3 0"),
                events);
    }

    @Test
    void aSideHasAtMost255Levels() {
        var book = book(300);
        assertEquals(7 + 255 * 16, V1.bookLength(Side.BUY, book, 1000));
        assertEquals(7 + 255 * 16, V1.encodeBook(buffer, 0, 1, Side.BUY, book, 1000));
        V1.decode(buffer, 0, 7 + 255 * 16, listener);
        assertEquals(List.of("book 1 BUY 255"), events);
    }

    @Test
    void everyTruncationIsRefused() {
        int[] lengths = {
            V1.encodePrice(buffer, 0, 1, 1, 1),
            V1.encodeTrade(buffer, 1000, 1, Side.BUY, 1, 1, 1, 1),
            V1.encodeBook(buffer, 2000, 1, Side.BUY, book(3), 10)
        };
        for (int i = 0; i < lengths.length; i++) {
            int offset = i * 1000;
            for (int length = 0; length < lengths[i]; length++) {
                int cut = length;
                assertThrows(
                        MalformedMessageException.class,
                        () -> V1.decode(buffer, offset, cut, listener),
                        "cut at " + cut);
            }
        }
        assertTrue(events.isEmpty());
    }

    @Test
    void unknownTypeAndSideAreNamed() {
        buffer.putByte(0, (byte) 9);
        var type = assertThrows(MalformedMessageException.class, () -> V1.decode(buffer, 0, 21, listener));
        assertEquals("v1 message type is 9, must be 1 (price), 2 (book) or 3 (trade)", type.getMessage());

        V1.encodeTrade(buffer, 0, 1, Side.BUY, 1, 1, 1, 1);
        buffer.putByte(5, (byte) 2);
        var side = assertThrows(MalformedMessageException.class, () -> V1.decode(buffer, 0, 38, listener));
        assertEquals("v1 side is 2, must be 0 or 1, in a trade also 255", side.getMessage());

        V1.encodeBook(buffer, 0, 1, Side.BUY, book(1), 1);
        buffer.putByte(5, (byte) 255);
        assertThrows(MalformedMessageException.class, () -> V1.decode(buffer, 0, 23, listener));
    }

    private static DepthBook book(int levels) {
        var book = new DepthBook();
        for (int i = 1; i <= levels; i++) {
            book.set(Side.BUY, i * Decimal8.ONE, Decimal8.ONE);
        }
        return book;
    }
}
