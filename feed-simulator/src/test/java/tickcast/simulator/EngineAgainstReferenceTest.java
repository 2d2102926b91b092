package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** The engine and the naive one get the same random calls and must tell the same story. */
class EngineAgainstReferenceTest {
    private static final int SYMBOL = 1;
    private static final int CALLS = 100_000;

    private final EventLog events = new EventLog();
    private final MatchingEngine engine = new MatchingEngine(events);
    private final ReferenceEngine reference = new ReferenceEngine(OrderBook.MAX_LEVELS);
    private long newestId;
    private int levelLimitHits;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void narrowBook(long seed) {
        run(new SplittableRandom(seed), 20, 10, 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void wideBookAtTheLevelLimit(long seed) {
        engine.addSymbol(SYMBOL, 1, 1);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            fillLevels(random);
            run(random, 1_100, 1_050, OrderBook.MAX_LEVELS);
        }
        assertTrue(levelLimitHits > 0, "the level limit was never met");
    }

    private void fillLevels(SplittableRandom random) {
        BookSide bids = engine.book(SYMBOL).side(Side.BUY);
        for (int price = 1; bids.depth() < OrderBook.MAX_LEVELS; price++) {
            if (bids.find(price) == null) {
                submit(random, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, price, 5);
            }
        }
    }

    private void run(SplittableRandom random, int prices, int middle, int recentOrders) {
        if (engine.book(SYMBOL) == null) {
            engine.addSymbol(SYMBOL, 1, 1);
        }
        for (int i = 0; i < CALLS / prices; i++) {
            long price = 1 + random.nextInt(prices);
            boolean wayward = random.nextInt(8) == 0;
            Side side = price <= middle != wayward ? Side.BUY : Side.SELL;
            long quantity = 1 + random.nextInt(20);
            long id = Math.max(1, newestId - random.nextInt(recentOrders));
            int account = (int) (id % 4);
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    engine.cancel(id, account, Reason.CLIENT_REQUEST);
                    reference.cancel(id, account);
                }
                case 2, 3 -> {
                    engine.replace(id, account, price, quantity);
                    reference.replace(id, account, price, quantity);
                }
                case 4 -> submit(random, side, OrderType.MARKET, timeInForce(random), 0, quantity);
                case 5 -> submit(random, side, OrderType.LIMIT, timeInForce(random), price, quantity);
                default -> submit(random, side, OrderType.LIMIT, TimeInForce.GTC, price, quantity);
            }
            compare(i);
        }
    }

    private void submit(
            SplittableRandom random, Side side, OrderType type, TimeInForce timeInForce, long price, long quantity) {
        newestId++;
        int account = (int) (newestId % 4);
        boolean postOnly = random.nextInt(5) == 0;
        var mode = SelfTradePrevention.get((short) random.nextInt(4));
        engine.submit(newestId, account, SYMBOL, side, type, timeInForce, postOnly, price, quantity, mode);
        reference.submit(newestId, account, side, type, timeInForce, postOnly, price, quantity, mode);
    }

    private void compare(int call) {
        List<String> expected = reference.take();
        assertEquals(expected, events.take(), () -> "call " + call);
        levelLimitHits += (int)
                expected.stream().filter(event -> event.endsWith("LEVEL_LIMIT")).count();
        for (Side side : List.of(Side.BUY, Side.SELL)) {
            assertEquals(
                    reference.levels(side), EventLog.levels(engine.book(SYMBOL).side(side)), () -> "call " + call);
        }
    }

    private static TimeInForce timeInForce(SplittableRandom random) {
        return TimeInForce.get((short) random.nextInt(4));
    }
}
