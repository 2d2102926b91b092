package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

class InteractiveOrdersTest {
    private static final int SYMBOL = 3;
    private static final int ALICE = 1;
    private static final int MIDDLE = 50;

    private final EventLog events = new EventLog();
    private final PrintedTrades trades = new PrintedTrades();
    private final MatchingEngine engine = new MatchingEngine(events, Integer.MAX_VALUE);
    private final OrderBook recordedBook =
            new OrderBook(SYMBOL, 1, 1, Integer.MAX_VALUE, new OrderPool(), UnheardEvents.INSTANCE);
    private final RecordedBook recorded =
            new RecordedBook(recordedBook, new OrderIndex(), new OrderPool(), new UserFills(), UnheardEvents.INSTANCE);
    private OrderBook live;
    private InteractiveOrders orders;
    private long newestId;

    @BeforeEach
    void openSymbol() {
        engine.addSymbol(SYMBOL, 1, 1);
        live = engine.book(SYMBOL);
        orders = new InteractiveOrders(engine, live, new OrderIndex(), new OrderPool(), trades);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void withoutUsersTheBookIsTheRecordedOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean open = true;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) == 0) {
                open = !open;
                engine.status(SYMBOL, open ? TradingStatus.OPEN : TradingStatus.HALTED);
                if (open) {
                    orders.opened();
                }
            }
            next(random);
            int event = i;
            if (open) {
                assertEquals(EventLog.levels(recordedBook.side(BUY)), levels(BUY), () -> "event " + event);
                assertEquals(EventLog.levels(recordedBook.side(SELL)), levels(SELL), () -> "event " + event);
            }
        }
        orders.clear();
        expectLevels();
    }

    /** A market that is never crossed, and where whoever stands first trades first. */
    private void next(SplittableRandom random) {
        Side side = random.nextBoolean() ? BUY : SELL;
        long price = side == BUY ? MIDDLE - random.nextInt(10) : MIDDLE + 1 + random.nextInt(10);
        long quantity = 1 + random.nextInt(20);
        List<BookOrder> known = known(side);
        BookOrder any = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
        int kind = random.nextInt(100);
        if (kind < 35 || any == null) {
            newestId++;
            both(target -> target.add(newestId, side, price, quantity));
        } else if (kind < 50) {
            execute(side, quantity, random.nextInt(5) != 0);
        } else if (kind < 60) {
            long id = any.orderId();
            both(target -> target.reduce(id, quantity));
        } else if (kind < 75) {
            long id = any.orderId();
            both(target -> target.delete(id));
        } else if (kind < 85) {
            long id = any.orderId();
            newestId++;
            both(target -> target.replace(id, newestId, price, quantity));
        } else if (kind < 99) {
            long total = random.nextInt(2) == 0 ? 0 : quantity;
            both(target -> target.level(side, price, total));
        } else if (random.nextInt(10) == 0) {
            both(target -> {
                target.clear();
                return true;
            });
        }
    }

    /** What stands first trades, or is taken out by a trade that is not printed. */
    private void execute(Side side, long quantity, boolean printed) {
        BookOrder first = recordedBook.side(side).level(0).first();
        long traded = Math.min(quantity, first.leavesQuantity());
        long id = first.orderId();
        long price = first.price();
        if (id == RecordedBook.NO_ID) {
            if (recorded.anonymousQuantity(side, price)
                    == recordedBook.side(side).level(0).quantity()) {
                both(target -> target.executeLevel(side, price, traded));
            }
        } else {
            both(target -> target.execute(id, traded, 0, printed));
        }
    }

    private List<BookOrder> known(Side side) {
        List<BookOrder> found = new ArrayList<>();
        BookSide levels = recordedBook.side(side);
        for (int rank = 0; rank < levels.depth(); rank++) {
            for (BookOrder order = levels.level(rank).first(); order != null; order = order.next) {
                if (order.orderId() != RecordedBook.NO_ID) {
                    found.add(order);
                }
            }
        }
        return found;
    }

    private interface Event {
        boolean happensTo(RecordedOrders target);
    }

    private void both(Event event) {
        assertEquals(event.happensTo(recorded), event.happensTo(orders));
    }

    @Test
    void whatAUserTakesIsGoneForTheOthers() {
        orders.add(1, SELL, 100, 10);
        orders.add(2, SELL, 101, 10);
        user(101, BUY, 100, 8);
        expectLevels("ask 2 @ 100", "ask 10 @ 101");
        events.take();
        assertTrue(orders.execute(1, 10, 0, true));
        expectLevels("ask 10 @ 101");
        assertEquals(List.of("ask 0 @ 100"), levelEvents());
        assertTrue(orders.execute(2, 10, 0, true));
        expectLevels();
        assertFalse(orders.delete(1));
    }

    @Test
    void aUserInFrontIsTakenInsteadOfTheRecordedOrder() {
        user(101, BUY, 100, 8);
        orders.add(1, BUY, 100, 10);
        events.take();
        orders.execute(1, 10, 0, true);
        List<String> made = events.takeWithoutLevels();
        assertTrue(made.stream().anyMatch(event -> event.contains("with 101, 8 @ 100")), made::toString);
        expectLevels("bid 8 @ 100");
    }

    @Test
    void anOrderThatIsCanceledLeavesWhatUsersLeftOfIt() {
        orders.add(1, SELL, 100, 10);
        user(101, BUY, 100, 4);
        orders.reduce(1, 3);
        expectLevels("ask 3 @ 100");
        orders.delete(1);
        expectLevels();
    }

    @Test
    void aReplacedOrderComesWhole() {
        orders.add(1, SELL, 100, 10);
        user(101, BUY, 100, 4);
        user(102, BUY, 99, 5);
        orders.replace(1, 2, 99, 8);
        expectLevels("ask 3 @ 99");
    }

    @Test
    void ordersThatComeDuringAHaltWaitForItsEnd() {
        orders.add(1, BUY, 99, 10);
        engine.status(SYMBOL, TradingStatus.HALTED);
        orders.add(2, SELL, 100, 10);
        orders.add(3, SELL, 101, 10);
        orders.add(4, SELL, 102, 10);
        orders.level(SELL, 103, 20);
        orders.level(SELL, 103, 15);
        orders.reduce(1, 4);
        orders.delete(3);
        orders.reduce(4, 1);
        expectLevels("bid 6 @ 99");
        engine.status(SYMBOL, TradingStatus.OPEN);
        orders.opened();
        expectLevels("bid 6 @ 99", "ask 10 @ 100", "ask 9 @ 102", "ask 15 @ 103");
        orders.opened();
        orders.add(5, BUY, 98, 1);
        expectLevels("bid 6 @ 99", "bid 1 @ 98", "ask 10 @ 100", "ask 9 @ 102", "ask 15 @ 103");
    }

    @Test
    void ordersThatWaitEnterWithTheNextWhenSomeoneElseOpensTheSymbol() {
        engine.status(SYMBOL, TradingStatus.HALTED);
        orders.add(1, SELL, 100, 10);
        orders.level(BUY, 98, 7);
        engine.status(SYMBOL, TradingStatus.OPEN);
        orders.add(2, SELL, 101, 10);
        expectLevels("bid 7 @ 98", "ask 10 @ 100", "ask 10 @ 101");
    }

    @Test
    void executionsDuringAHaltAreTradesOfTheRecordedOrdersAlone() {
        user(101, BUY, 100, 5);
        orders.add(1, BUY, 100, 10);
        orders.level(BUY, 99, 10);
        engine.status(SYMBOL, TradingStatus.HALTED);
        orders.execute(1, 4, 98, true);
        orders.execute(1, 2, 98, false);
        orders.executeLevel(BUY, 99, 3);
        expectLevels("bid 9 @ 100", "bid 7 @ 99");
        assertEquals(List.of("4 @ 98 SELL", "3 @ 99 SELL"), trades.take());
    }

    @Test
    void aTotalThatShrinksTakesUnknownOrdersFirst() {
        orders.level(SELL, 100, 10);
        orders.add(1, SELL, 100, 5);
        orders.level(SELL, 100, 8);
        expectLevels("ask 8 @ 100");
        orders.delete(1);
        expectLevels("ask 3 @ 100");
    }

    @Test
    void whatUsersTookOfATotalIsNotTakenFromKnownOrders() {
        orders.level(SELL, 100, 10);
        orders.add(1, SELL, 100, 5);
        user(101, BUY, 100, 10);
        orders.level(SELL, 100, 5);
        expectLevels("ask 5 @ 100");
        orders.level(SELL, 100, 2);
        expectLevels("ask 2 @ 100");
    }

    @Test
    void hiddenTradesAndCrossesArePrinted() {
        user(101, BUY, 100, 5);
        orders.trade(99, 3, SELL);
        orders.cross(98, 4);
        assertEquals(List.of("3 @ 99 SELL", "4 @ 98 NULL_VAL"), trades.take());
        expectLevels("bid 5 @ 100");
    }

    @Test
    void aClearedBookKeepsUsers() {
        orders.add(1, BUY, 100, 10);
        orders.level(SELL, 105, 10);
        user(101, BUY, 100, 5);
        user(102, SELL, 104, 5);
        orders.clear();
        expectLevels("bid 5 @ 100", "ask 5 @ 104");
        assertTrue(orders.add(1, BUY, 100, 10));
        expectLevels("bid 15 @ 100", "ask 5 @ 104");
    }

    @Test
    void contradictionsChangeNothing() {
        orders.add(1, BUY, 100, 10);
        assertFalse(orders.add(1, BUY, 100, 10));
        assertFalse(orders.execute(2, 10, 0, true));
        assertFalse(orders.reduce(2, 10));
        assertFalse(orders.delete(2));
        assertFalse(orders.replace(2, 3, 100, 10));
        expectLevels("bid 10 @ 100");
        assertFalse(orders.execute(1, 11, 0, true));
        expectLevels();
    }

    private void user(long orderId, Side side, long price, long quantity) {
        engine.submit(orderId, ALICE, SYMBOL, side, OrderType.LIMIT, TimeInForce.GTC, false, price, quantity);
    }

    private List<String> levelEvents() {
        return events.take().stream()
                .filter(event -> event.startsWith("bid ") || event.startsWith("ask "))
                .toList();
    }

    private List<String> levels(Side side) {
        return EventLog.levels(live.side(side));
    }

    private void expectLevels(String... expected) {
        List<String> there = new ArrayList<>(levels(BUY));
        there.addAll(levels(SELL));
        assertEquals(List.of(expected), there);
    }
}
