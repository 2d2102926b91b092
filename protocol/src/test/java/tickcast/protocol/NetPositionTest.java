package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.PositionEncoder;
import tickcast.protocol.sbe.Side;

class NetPositionTest {
    private final NetPosition position = new NetPosition(7);
    private BigDecimal cash = BigDecimal.ZERO;

    @Test
    void opensAndAddsAtTheAverage() {
        trade(Side.BUY, "10", "2");
        trade(Side.BUY, "13", "1");
        assertPosition("3", "33", "0", "11");
    }

    @Test
    void closesInPartAtTheAverage() {
        trade(Side.BUY, "10", "2");
        trade(Side.BUY, "13", "1");
        trade(Side.SELL, "12", "1");
        assertPosition("2", "22", "1", "11");
        trade(Side.SELL, "9", "2");
        assertPosition("0", "0", "-3", "0");
    }

    @Test
    void goesThroughZero() {
        trade(Side.SELL, "10", "2");
        assertPosition("-2", "-20", "0", "10");
        trade(Side.BUY, "9.5", "5");
        assertPosition("3", "28.5", "1", "9.5");
        trade(Side.SELL, "9", "4");
        assertPosition("-1", "-9", "-0.5", "9");
    }

    @Test
    void unrealisedProfitIsWhatClosingWouldRealise() {
        trade(Side.SELL, "10", "2");
        assertEquals(
                0,
                new BigDecimal("3")
                        .compareTo(Decimal16.toBigDecimal(position.unrealisedProfit(Decimal8.parse("8.5")))));
        trade(Side.BUY, "8.5", "2");
        assertPosition("0", "0", "3", "0");
    }

    @Test
    void profitLessCostIsWhatWasReceivedLessWhatWasPaid() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            trade(
                    random.nextBoolean() ? Side.BUY : Side.SELL,
                    Decimal8.format(1 + random.nextLong(100_000_000_000_000_000L)),
                    Decimal8.format(1 + random.nextLong(100_000_000_000L)));
            assertEquals(
                    0,
                    cash.compareTo(
                            Decimal16.toBigDecimal(position.realisedProfit().subtract(position.cost()))));
            assertEquals(Long.signum(position.netQuantity()), position.cost().signum());
            assertEqualAfterEncoding();
        }
    }

    @Test
    void aQuantityBeyondAllBoundsStaysAtTheirEnd() {
        position.trade(Side.SELL, 1, Long.MAX_VALUE);
        position.trade(Side.SELL, 1, 5);
        assertEquals(-Long.MAX_VALUE, position.netQuantity());
        position.trade(Side.BUY, 1, Long.MAX_VALUE);
        position.trade(Side.BUY, 1, Long.MAX_VALUE);
        position.trade(Side.BUY, 1, 1);
        assertEquals(Long.MAX_VALUE, position.netQuantity());
    }

    @Test
    void emptyUntilItTrades() {
        assertTrue(position.isEmpty());
        trade(Side.BUY, "1", "1");
        assertFalse(position.isEmpty());
        trade(Side.SELL, "2", "1");
        assertFalse(position.isEmpty());
    }

    private void trade(Side side, String price, String quantity) {
        position.trade(side, Decimal8.parse(price), Decimal8.parse(quantity));
        var amount = new BigDecimal(price).multiply(new BigDecimal(quantity));
        cash = side == Side.BUY ? cash.subtract(amount) : cash.add(amount);
    }

    private void assertPosition(String netQuantity, String cost, String realisedProfit, String averagePrice) {
        assertEquals(netQuantity, Decimal8.format(position.netQuantity()));
        assertEquals(cost, Decimal16.toBigDecimal(position.cost()).toPlainString());
        assertEquals(
                realisedProfit,
                Decimal16.toBigDecimal(position.realisedProfit()).toPlainString());
        assertEquals(averagePrice, Decimal8.format(position.averagePrice()));
        assertEqualAfterEncoding();
    }

    private void assertEqualAfterEncoding() {
        var buffer = new ExpandableArrayBuffer();
        var encoder = new PositionEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        position.encode(encoder);
        encoder.account("alice");
        var book = new PositionBook();
        book.apply(buffer, 0);
        var decoded = book.find("alice", 7);
        assertEquals(position.netQuantity(), decoded.netQuantity());
        assertEquals(position.cost(), decoded.cost());
        assertEquals(position.realisedProfit(), decoded.realisedProfit());
    }

    @Test
    void amountsOf128Bits() {
        var buffer = new ExpandableArrayBuffer();
        var encoder = new PositionEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        var decoder = new PositionDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        var limit = BigInteger.ONE.shiftLeft(127);
        for (var amount : new BigInteger[] {
            limit.subtract(BigInteger.ONE),
            limit.negate(),
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            BigInteger.ONE.shiftLeft(63),
            BigInteger.ONE.shiftLeft(64).negate()
        }) {
            Decimal16.encode(amount, encoder.cost());
            assertEquals(amount, Decimal16.decode(decoder.cost()));
        }
        assertEquals(
                "-0.0000000000000001",
                Decimal16.toBigDecimal(BigInteger.ONE.negate()).toPlainString());
    }
}
