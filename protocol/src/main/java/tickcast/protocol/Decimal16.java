package tickcast.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import tickcast.protocol.sbe.AmountDecoder;
import tickcast.protocol.sbe.AmountEncoder;

/** Amounts of money as the program keeps them: mantissas with the constant exponent −16, since they are prices times quantities. */
public final class Decimal16 {
    /** Digits after the decimal point. */
    public static final int SCALE = 2 * Decimal8.SCALE;

    private static final int MAX_BITS = 127;
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private Decimal16() {}

    /** The exact amount of a price times a quantity. */
    public static BigInteger product(long priceMantissa, long quantityMantissa) {
        return BigInteger.valueOf(priceMantissa).multiply(BigInteger.valueOf(quantityMantissa));
    }

    /** The exact decimal, without trailing zeros and never in scientific notation when printed plainly. */
    public static BigDecimal toBigDecimal(BigInteger mantissa) {
        if (mantissa.signum() == 0) {
            return BigDecimal.ZERO;
        }
        var decimal = new BigDecimal(mantissa, SCALE).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }

    public static BigInteger decode(AmountDecoder amount) {
        var low = BigInteger.valueOf(amount.low());
        return BigInteger.valueOf(amount.high()).shiftLeft(Long.SIZE).add(low.signum() < 0 ? low.add(TWO_TO_64) : low);
    }

    /** @throws ArithmeticException when it has more than 128 bits */
    public static void encode(BigInteger mantissa, AmountEncoder amount) {
        if (mantissa.bitLength() > MAX_BITS) {
            throw new ArithmeticException(mantissa + " has more than 128 bits");
        }
        amount.high(mantissa.shiftRight(Long.SIZE).longValue()).low(mantissa.longValue());
    }
}
