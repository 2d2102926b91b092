package tickcast.simulator;

import java.math.BigDecimal;

/**
 * How fast a recording is replayed.
 *
 * @param factor 1 = as fast as it was recorded, from 0.1 to 1,000; infinite = as fast as possible
 */
public record ReplaySpeed(double factor) {
    public static final ReplaySpeed RECORDED = new ReplaySpeed(1);
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    private static final double LEAST = 0.1;
    private static final double MOST = 1_000;

    public ReplaySpeed {
        if (!(factor >= LEAST && (factor <= MOST || Double.isInfinite(factor)))) {
            throw new IllegalArgumentException(wrong(Double.toString(factor)));
        }
    }

    /**
     * A number with or without an x behind it, or max.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    public static ReplaySpeed parse(String text) {
        if (text.equalsIgnoreCase("max")) {
            return MAX;
        }
        try {
            double factor =
                    new BigDecimal(text.endsWith("x") ? text.substring(0, text.length() - 1) : text).doubleValue();
            if (factor >= LEAST && factor <= MOST) {
                return new ReplaySpeed(factor);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    boolean isMax() {
        return Double.isInfinite(factor);
    }

    @Override
    public String toString() {
        return isMax() ? "max" : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x";
    }

    private static String wrong(String text) {
        return "speed is \"" + text + "\", must be a number from 0.1 to 1000, or max";
    }
}
