package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** An engine, two accounts, and what it tells of their orders. */
abstract class EngineRig {
    static final int SYMBOL = 3;
    static final int ALICE = 1;
    static final int BOB = 2;

    final EventLog events = new EventLog();
    final MatchingEngine engine;

    EngineRig(int maxLevels) {
        engine = new MatchingEngine(events, maxLevels);
    }

    final void limit(long orderId, int account, Side side, long price, long quantity) {
        submit(orderId, account, side, OrderType.LIMIT, TimeInForce.GTC, false, price, quantity);
    }

    final void submit(
            long orderId,
            int account,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity) {
        engine.submit(orderId, account, SYMBOL, side, type, timeInForce, postOnly, price, quantity);
    }
}
