package tickcast.simulator;

import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/**
 * Everything that comes out of the {@link MatchingEngine}, in the order in which it happened. Orders are pooled: they
 * may be read during the call only, and show their state after the event.
 */
interface EngineListener {
    void accepted(BookOrder order);

    /** The order never entered the book. */
    void rejected(BookOrder order, Reason reason);

    /** Both orders already show the trade; price is that of the resting order. */
    void traded(BookOrder resting, BookOrder incoming, long price, long quantity);

    /** What was left of the order is gone. */
    void canceled(BookOrder order, Reason reason);

    /** The order has its new terms; trades may follow. */
    void replaced(BookOrder order);

    /** A cancel or replace was refused; the order is unchanged. */
    void cancelRejected(BookOrder order, Reason reason);

    /** A cancel or replace named no resting order of its account. */
    void unknownOrder(long orderId, int account);

    /** A price level has a new total quantity; 0 = gone. */
    void levelChanged(int symbolId, Side side, long price, long quantity);
}
