package tickcast.simulator;

import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/** Listens to books that nobody needs to hear of. */
enum UnheardEvents implements EngineListener, TradePrinter {
    INSTANCE;

    @Override
    public void trade(int symbolId, long price, long quantity, Side aggressor) {
        // Not told.
    }

    @Override
    public void accepted(BookOrder order) {
        // Not told.
    }

    @Override
    public void rejected(BookOrder order, Reason reason) {
        // Not told.
    }

    @Override
    public void traded(BookOrder resting, BookOrder incoming, long price, long quantity) {
        // Not told.
    }

    @Override
    public void canceled(BookOrder order, Reason reason) {
        // Not told.
    }

    @Override
    public void replaced(BookOrder order) {
        // Not told.
    }

    @Override
    public void cancelRejected(BookOrder order, Reason reason) {
        // Not told.
    }

    @Override
    public void unknownOrder(long orderId, int account) {
        // Not told.
    }

    @Override
    public void levelChanged(int symbolId, Side side, long price, long quantity) {
        // Not told.
    }
}
