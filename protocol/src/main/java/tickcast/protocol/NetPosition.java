package tickcast.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.PositionEncoder;
import tickcast.protocol.sbe.Side;

/**
 * What an account has of one symbol, by the method of average cost. Everybody who applies the same trades in the same
 * order gets the same figures to the last digit: amounts are mantissas with the exponent −16, exact sums of prices times
 * quantities; only where a position is closed in part is its part of the cost rounded (towards zero). Realised profit
 * less cost is always exactly what was received less what was paid. Confined to a thread.
 *
 * <p>A net quantity that would not fit 64 bits stays at their end.
 */
public final class NetPosition {
    private final int symbolId;
    private long netQuantity;
    private BigInteger cost = BigInteger.ZERO;
    private BigInteger realisedProfit = BigInteger.ZERO;

    public NetPosition(int symbolId) {
        this.symbolId = symbolId;
    }

    /** One of the account's orders has traded. */
    public void trade(Side side, long price, long quantity) {
        long change = side == Side.BUY ? quantity : -quantity;
        var paid = Decimal16.product(price, change);
        long held = netQuantity;
        netQuantity = saturatedSum(held, change);
        if (held == 0 || held > 0 == change > 0) {
            cost = cost.add(paid);
        } else if (quantity <= Math.abs(held)) {
            var closed = cost.multiply(BigInteger.valueOf(quantity)).divide(BigInteger.valueOf(Math.abs(held)));
            cost = cost.subtract(closed);
            realisedProfit = realisedProfit.subtract(paid).subtract(closed);
        } else {
            var opened = Decimal16.product(price, change + held);
            realisedProfit = realisedProfit.subtract(paid.subtract(opened)).subtract(cost);
            cost = opened;
        }
    }

    /** Takes over what the exchange tells. */
    public void restate(PositionDecoder position) {
        netQuantity = position.netQuantity();
        cost = Decimal16.decode(position.cost());
        realisedProfit = Decimal16.decode(position.realisedProfit());
    }

    /** Writes the symbol, the quantity and the amounts. */
    public void encode(PositionEncoder position) {
        position.symbolId(Integer.toUnsignedLong(symbolId)).netQuantity(netQuantity);
        Decimal16.encode(cost, position.cost());
        Decimal16.encode(realisedProfit, position.realisedProfit());
    }

    public int symbolId() {
        return symbolId;
    }

    /** Bought less sold; a mantissa with the exponent −8. */
    public long netQuantity() {
        return netQuantity;
    }

    /** Of what is held; has the sign of the quantity. */
    public BigInteger cost() {
        return cost;
    }

    public BigInteger realisedProfit() {
        return realisedProfit;
    }

    /** What closing the whole position at that price would add to the realised profit. */
    public BigInteger unrealisedProfit(long price) {
        return Decimal16.product(price, netQuantity).subtract(cost);
    }

    /** Of what is held, as a mantissa with the exponent −8, half a digit rounded to even; 0 when nothing is. */
    public long averagePrice() {
        if (netQuantity == 0) {
            return 0;
        }
        return new BigDecimal(cost)
                .divide(BigDecimal.valueOf(netQuantity), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** Whether there was never anything to tell of. */
    public boolean isEmpty() {
        return netQuantity == 0 && realisedProfit.signum() == 0;
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
        }
        return sum;
    }
}
