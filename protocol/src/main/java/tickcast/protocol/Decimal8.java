package tickcast.protocol;

import java.math.BigDecimal;

/**
 * Prices and quantities as the program keeps them: {@code long} mantissas with the constant exponent −8, so 1.5 is
 * 150,000,000. Conversions are exact or refused; only {@link #toDouble} rounds.
 */
public final class Decimal8 {
    /** Digits after the decimal point. */
    public static final int SCALE = 8;
    /** The mantissa of 1. */
    public static final long ONE = 100_000_000L;

    /** More digits than any mantissa has; keeps hostile exponents such as 1e999999999 from being expanded. */
    private static final int MAX_DIGITS = 64;

    private Decimal8() {}

    /** The nearest double; for the v1 layouts and for display. */
    public static double toDouble(long mantissa) {
        return mantissa / 1e8;
    }

    /** The mantissa nearest to {@code value}, which must be finite and in range. */
    public static long ofDouble(double value) {
        return Math.round(value * 1e8);
    }

    /**
     * The mantissa of {@code value}.
     *
     * @throws ArithmeticException when it has more than eight decimals or does not fit
     */
    public static long ofDecimal(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_DIGITS || value.precision() > MAX_DIGITS) {
            if (value.signum() == 0) {
                return 0;
            }
            throw new ArithmeticException("Out of range");
        }
        return value.movePointRight(SCALE).longValueExact();
    }

    /**
     * The mantissa of a plain or scientific decimal.
     *
     * @throws NumberFormatException when it is no decimal, has more than eight decimals or does not fit
     */
    public static long parse(String text) {
        try {
            return ofDecimal(new BigDecimal(text));
        } catch (ArithmeticException e) {
            var refused = new NumberFormatException(text + " does not fit 8 decimals and 64 bits");
            refused.initCause(e);
            throw refused;
        }
    }

    /** The exact decimal, without trailing zeros and never in scientific notation when printed plainly. */
    public static BigDecimal toBigDecimal(long mantissa) {
        if (mantissa == 0) {
            return BigDecimal.ZERO;
        }
        var decimal = BigDecimal.valueOf(mantissa, SCALE).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }

    /** The exact decimal as text, without trailing zeros. */
    public static String format(long mantissa) {
        return toBigDecimal(mantissa).toPlainString();
    }
}
