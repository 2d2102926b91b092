package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickcast.protocol.sbe.SelfTradePrevention.CANCEL_BOTH;
import static tickcast.protocol.sbe.SelfTradePrevention.CANCEL_NEWEST;
import static tickcast.protocol.sbe.SelfTradePrevention.CANCEL_OLDEST;
import static tickcast.protocol.sbe.SelfTradePrevention.NONE;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Cases that exchanges have published with their outcome, in the words of this engine:
 *
 * <ul>
 *   <li>Binance, Spot API documentation, "Self Trade Prevention (STP) FAQ", scenarios A to F. Its EXPIRE_TAKER is {@code
 *       CANCEL_NEWEST} here, EXPIRE_MAKER {@code CANCEL_OLDEST}; prices and quantities are ten times as high.
 *   <li>Binance, Spot API documentation, "Order Amend Keep Priority"; quantities are a hundred times as high.
 *   <li>CME Group, "CME Globex Matching Algorithm Steps", FIFO: an order loses its place by a higher quantity and by another
 *       price.
 * </ul>
 */
class PublishedExamplesTest {
    private static final int SYMBOL = 1;
    private static final int ME = 1;
    private static final int SOMEBODY = 2;

    private final EventLog events = new EventLog();
    private final MatchingEngine engine = new MatchingEngine(events);

    @BeforeEach
    void openSymbol() {
        engine.addSymbol(SYMBOL, 1, 1);
    }

    @Test
    void selfTradeScenarioA() {
        limit(1, ME, BUY, 10, 10, NONE);
        limit(2, ME, SELL, 10, 10, NONE);
        expect("accepted 1", "accepted 2", "traded 2 with 1, 10 @ 10, leaving 0 and 0");
    }

    @Test
    void selfTradeScenarioB() {
        threeBids();
        limit(4, ME, SELL, 10, 30, CANCEL_OLDEST);
        expect("accepted 4", "canceled 1 12 SELF_TRADE", "canceled 2 13 SELF_TRADE", "canceled 3 81 SELF_TRADE");
        assertEquals(List.of(), levels(BUY));
        assertEquals(List.of("ask 30 @ 10"), levels(SELL));
    }

    @Test
    void selfTradeScenarioC() {
        threeBids();
        limit(4, ME, SELL, 10, 30, CANCEL_NEWEST);
        expect("accepted 4", "canceled 4 30 SELF_TRADE");
        assertEquals(List.of("bid 12 @ 12", "bid 13 @ 11", "bid 81 @ 10"), levels(BUY));
        assertEquals(List.of(), levels(SELL));
    }

    @Test
    void selfTradeScenarioD() {
        limit(1, ME, BUY, 10, 10, NONE);
        limit(2, ME, SELL, 10, 30, CANCEL_BOTH);
        expect("accepted 1", "accepted 2", "canceled 1 10 SELF_TRADE", "canceled 2 30 SELF_TRADE");
    }

    @Test
    void selfTradeScenarioE() {
        limit(1, ME, BUY, 10, 10, CANCEL_OLDEST);
        limit(2, ME, SELL, 10, 10, CANCEL_NEWEST);
        expect("accepted 1", "accepted 2", "canceled 2 10 SELF_TRADE");
    }

    @Test
    void selfTradeScenarioF() {
        limit(1, ME, BUY, 10, 10, NONE);
        engine.submit(2, ME, SYMBOL, SELL, OrderType.MARKET, TimeInForce.IOC, false, 0, 10, CANCEL_OLDEST);
        expect("accepted 1", "accepted 2", "canceled 1 10 SELF_TRADE", "canceled 2 10 IOC_REMAINDER");
    }

    @Test
    void amendedOrderKeepsItsPriority() {
        bookToAmend();
        engine.replace(15, ME, 87_000, 500);
        limit(30, SOMEBODY, SELL, 86_999, 1_100, NONE);
        expect(
                "replaced 15 500 of 500 @ 87000",
                "accepted 30",
                "traded 30 with 10, 100 @ 87000, leaving 1000 and 0",
                "traded 30 with 15, 500 @ 87000, leaving 500 and 0",
                "traded 30 with 20, 400 @ 87000, leaving 100 and 0",
                "traded 30 with 21, 100 @ 86999, leaving 0 and 100");
    }

    @Test
    void orderThatIsCancelledAndSentAgainLosesItsPriority() {
        bookToAmend();
        engine.cancel(15, ME, Reason.CLIENT_REQUEST);
        limit(22, ME, BUY, 87_000, 500, NONE);
        limit(30, SOMEBODY, SELL, 86_999, 1_100, NONE);
        expect(
                "canceled 15 550 CLIENT_REQUEST",
                "accepted 22",
                "accepted 30",
                "traded 30 with 10, 100 @ 87000, leaving 1000 and 0",
                "traded 30 with 20, 400 @ 87000, leaving 600 and 0",
                "traded 30 with 22, 500 @ 87000, leaving 100 and 0",
                "traded 30 with 21, 100 @ 86999, leaving 0 and 100");
    }

    @Test
    void firstInFirstOutUntilTheQuantityIsRaisedOrThePriceChanged() {
        for (int id = 1; id <= 4; id++) {
            limit(id, SOMEBODY, SELL, 100, 10, NONE);
        }
        engine.replace(1, SOMEBODY, 100, 15);
        engine.replace(2, SOMEBODY, 101, 10);
        engine.replace(2, SOMEBODY, 100, 10);
        engine.replace(3, SOMEBODY, 100, 5);
        events.take();
        limit(5, ME, BUY, 100, 40, NONE);
        expect(
                "accepted 5",
                "traded 5 with 3, 5 @ 100, leaving 35 and 0",
                "traded 5 with 4, 10 @ 100, leaving 25 and 0",
                "traded 5 with 1, 15 @ 100, leaving 10 and 0",
                "traded 5 with 2, 10 @ 100, leaving 0 and 0");
    }

    private void threeBids() {
        limit(1, ME, BUY, 12, 12, NONE);
        limit(2, ME, BUY, 11, 13, NONE);
        limit(3, ME, BUY, 10, 81, NONE);
        events.take();
    }

    private void bookToAmend() {
        limit(10, SOMEBODY, BUY, 87_000, 100, NONE);
        limit(15, ME, BUY, 87_000, 550, NONE);
        limit(20, SOMEBODY, BUY, 87_000, 400, NONE);
        limit(21, SOMEBODY, BUY, 86_999, 200, NONE);
        events.take();
    }

    private void limit(long orderId, int account, Side side, long price, long quantity, SelfTradePrevention mode) {
        engine.submit(orderId, account, SYMBOL, side, OrderType.LIMIT, TimeInForce.GTC, false, price, quantity, mode);
    }

    private List<String> levels(Side side) {
        return EventLog.levels(engine.book(SYMBOL).side(side));
    }

    private void expect(String... expected) {
        assertEquals(List.of(expected), events.takeWithoutLevels());
    }
}
