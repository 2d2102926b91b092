package tickcast.orderentry.risk;

import tickcast.protocol.sbe.SelfTradePrevention;

/**
 * What holds for an account's orders of one symbol. Quantities and amounts are mantissas; a limit of {@link #NONE} does not
 * hold.
 *
 * @param maxQuantity of one order
 * @param maxNotional price times quantity of one order; of a market order at the reference price
 * @param priceCollar most percent between the price of a limit order and the reference price
 * @param maxPosition of what is held, long or short, as if all open orders of a side had traded
 * @param maxOpenOrders of the account in the symbol
 * @param selfTradePrevention for orders that choose none; null = the exchange's own, and an order may choose any
 */
public record SymbolLimits(
        long maxQuantity,
        long maxNotional,
        long priceCollar,
        long maxPosition,
        long maxOpenOrders,
        SelfTradePrevention selfTradePrevention) {
    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** No limits at all. */
    public static final SymbolLimits UNLIMITED = new SymbolLimits(NONE, NONE, NONE, NONE, NONE, null);

    /** The tighter of each two; this one's self-trade prevention if it has one. */
    SymbolLimits tightenedBy(SymbolLimits other) {
        return new SymbolLimits(
                Math.min(maxQuantity, other.maxQuantity),
                Math.min(maxNotional, other.maxNotional),
                Math.min(priceCollar, other.priceCollar),
                Math.min(maxPosition, other.maxPosition),
                Math.min(maxOpenOrders, other.maxOpenOrders),
                selfTradePrevention == null ? other.selfTradePrevention : selfTradePrevention);
    }

    /** This one's limits, the other's where this one has none. */
    SymbolLimits or(SymbolLimits other) {
        return new SymbolLimits(
                or(maxQuantity, other.maxQuantity),
                or(maxNotional, other.maxNotional),
                or(priceCollar, other.priceCollar),
                or(maxPosition, other.maxPosition),
                or(maxOpenOrders, other.maxOpenOrders),
                selfTradePrevention == null ? other.selfTradePrevention : selfTradePrevention);
    }

    static long or(long limit, long other) {
        return limit == NONE ? other : limit;
    }
}
