package tickcast.simulator;

import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/** Counts changes of price levels by symbol, and everything together; allocates nothing. */
final class EventCounter implements EngineListener {
    private final int[] levelsBySymbol;
    private long all;

    EventCounter(int[] levelsBySymbol) {
        this.levelsBySymbol = levelsBySymbol;
    }

    long all() {
        return all;
    }

    @Override
    public void accepted(BookOrder order) {
        all++;
    }

    @Override
    public void rejected(BookOrder order, Reason reason) {
        all++;
    }

    @Override
    public void traded(BookOrder resting, BookOrder incoming, long price, long quantity) {
        all++;
    }

    @Override
    public void canceled(BookOrder order, Reason reason) {
        all++;
    }

    @Override
    public void replaced(BookOrder order) {
        all++;
    }

    @Override
    public void cancelRejected(BookOrder order, Reason reason) {
        all++;
    }

    @Override
    public void unknownOrder(long orderId, int account) {
        all++;
    }

    @Override
    public void levelChanged(int symbolId, Side side, long price, long quantity) {
        all++;
        levelsBySymbol[symbolId]++;
    }
}
