package tickcast.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/** What the fills of an account in a symbol make, in decimals. */
final class PlainPosition {
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    /** Bought less sold. */
    BigDecimal quantity = BigDecimal.ZERO;
    /** Received less paid. */
    BigDecimal cash = BigDecimal.ZERO;
    /** Of what is held; 0 when nothing is. */
    BigDecimal averagePrice = BigDecimal.ZERO;

    void trade(Side side, long priceMantissa, long quantityMantissa) {
        var price = Decimal8.toBigDecimal(priceMantissa);
        var change = Decimal8.toBigDecimal(side == Side.BUY ? quantityMantissa : -quantityMantissa);
        var after = quantity.add(change);
        if (quantity.signum() * change.signum() >= 0) {
            averagePrice =
                    averagePrice.multiply(quantity).add(price.multiply(change)).divide(after, DIGITS);
        } else if (after.signum() == 0) {
            averagePrice = BigDecimal.ZERO;
        } else if (after.signum() != quantity.signum()) {
            averagePrice = price;
        }
        cash = cash.subtract(price.multiply(change));
        quantity = after;
    }
}
