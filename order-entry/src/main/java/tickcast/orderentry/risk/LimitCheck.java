package tickcast.orderentry.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.sbe.Side;

/** Compares one order's terms with the limits; what it returns is null when they hold. All values are mantissas. */
final class LimitCheck {
    private static final long HUNDRED_PERCENT = 100 * Decimal8.ONE;

    private LimitCheck() {}

    static RiskRefusal quantity(long quantity, SymbolLimits limits) {
        long max = limits.maxQuantity();
        if (quantity <= max) {
            return null;
        }
        return refusal(
                ErrorCode.MAX_QUANTITY,
                "Quantity " + Decimal8.format(quantity) + " is above " + Decimal8.format(max)
                        + ", the most of one order",
                "max-quantity",
                max,
                quantity,
                0);
    }

    /** @param price of the order, or the reference price for a market order */
    static RiskRefusal notional(long price, long quantity, SymbolLimits limits) {
        long max = limits.maxNotional();
        if (max == SymbolLimits.NONE || compareProducts(price, quantity, max, Decimal8.ONE) <= 0) {
            return null;
        }
        var notional = Decimal8.toBigDecimal(price)
                .multiply(Decimal8.toBigDecimal(quantity))
                .stripTrailingZeros();
        return new RiskRefusal(
                ErrorCode.MAX_NOTIONAL,
                "Price times quantity is " + notional.toPlainString() + ", above " + Decimal8.format(max)
                        + ", the most of one order",
                "max-notional",
                Decimal8.toBigDecimal(max),
                plain(notional),
                BigDecimal.ZERO);
    }

    static RiskRefusal collar(long price, long reference, SymbolLimits limits) {
        long percent = limits.priceCollar();
        if (percent == SymbolLimits.NONE
                || compareProducts(Math.abs(price - reference), HUNDRED_PERCENT, reference, percent) <= 0) {
            return null;
        }
        var distance = Decimal8.toBigDecimal(Math.abs(price - reference))
                .movePointRight(2)
                .divide(Decimal8.toBigDecimal(reference), Decimal8.SCALE, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        var middle = Decimal8.toBigDecimal(reference);
        var most = middle.multiply(Decimal8.toBigDecimal(percent)).movePointLeft(2);
        return new RiskRefusal(
                ErrorCode.PRICE_COLLAR,
                "Price " + Decimal8.format(price) + " is " + distance.toPlainString() + " % from the reference price "
                        + Decimal8.format(reference) + ", above " + Decimal8.format(percent) + " %; from "
                        + middle.subtract(most)
                                .max(BigDecimal.ZERO)
                                .stripTrailingZeros()
                                .toPlainString() + " to "
                        + middle.add(most).stripTrailingZeros().toPlainString() + " is allowed",
                "price-collar",
                Decimal8.toBigDecimal(percent),
                plain(distance),
                BigDecimal.ZERO);
    }

    /** @param more what the open orders of that side would have more to trade */
    static RiskRefusal position(SymbolRisk symbol, Side side, long more, SymbolLimits limits) {
        long max = limits.maxPosition();
        long before = symbol.worst(side);
        if (more <= 0 || before + more <= max) {
            return null;
        }
        return refusal(
                ErrorCode.MAX_POSITION,
                "The position, with all open orders to " + (side == Side.BUY ? "buy" : "sell") + ", could become "
                        + Decimal8.format(before + more) + (side == Side.BUY ? " long" : " short") + ", above "
                        + Decimal8.format(max) + "; without this order " + Decimal8.format(before),
                "max-position",
                max,
                before + more,
                before);
    }

    static RiskRefusal openOrders(String limit, String of, long open, long max) {
        if (open < max) {
            return null;
        }
        return new RiskRefusal(
                ErrorCode.TOO_MANY_OPEN_ORDERS,
                of + " has " + open + " open orders, at most " + max + " are allowed",
                limit,
                BigDecimal.valueOf(max),
                BigDecimal.valueOf(open + 1),
                BigDecimal.valueOf(open));
    }

    private static RiskRefusal refusal(
            ErrorCode code, String message, String limit, long allowed, long value, long used) {
        return new RiskRefusal(
                code,
                message,
                limit,
                Decimal8.toBigDecimal(allowed),
                Decimal8.toBigDecimal(value),
                Decimal8.toBigDecimal(used));
    }

    /** Never in scientific notation. */
    private static BigDecimal plain(BigDecimal decimal) {
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }

    /** Compares a·b with c·d, none of them below 0, without overflow. */
    private static int compareProducts(long a, long b, long c, long d) {
        int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
        return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
    }
}
