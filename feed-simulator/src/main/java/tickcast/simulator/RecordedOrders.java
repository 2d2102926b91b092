package tickcast.simulator;

import tickcast.protocol.sbe.Side;

/**
 * The recorded orders of one symbol, and what they mean for the orders of users. Each method returns whether the event
 * agrees with those before it: an order is known, not known twice, has so much left; what can be done of one that does
 * not is done.
 */
interface RecordedOrders {
    boolean add(long orderId, Side side, long price, long quantity);

    /**
     * @param price of the trade, 0 for the order's own
     * @param printed whether the trade is told here, or elsewhere
     */
    boolean execute(long orderId, long quantity, long price, boolean printed);

    boolean reduce(long orderId, long quantity);

    boolean delete(long orderId);

    boolean replace(long orderId, long newOrderId, long price, long quantity);

    /** An order that is not known by its id traded. */
    boolean executeLevel(Side side, long price, long quantity);

    /** The total of recorded orders at a price. */
    boolean level(Side side, long price, long quantity);

    /** A trade that changes no book; the aggressor may be {@link Side#NULL_VAL}. */
    void trade(long price, long quantity, Side aggressor);

    void cross(long price, long quantity);

    /** No recorded order rests any more. */
    void clear();

    /** The symbol is open from now on: what could not meet users' orders before meets them now. */
    void opened();
}
