package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

class DisplayedDepthTest {
    /** Beyond the first size of any table by symbol. */
    private static final int SYMBOL = 1_000;

    private static final int MIDDLE = 3_000;

    private final EventLog events = new EventLog();
    private final MatchingEngine engine = new MatchingEngine(events, Integer.MAX_VALUE);
    private final DisplayedDepth displayed = new DisplayedDepth(engine);
    private final DepthBook published = new DepthBook();
    private final LevelChanges changes = new LevelChanges();
    private OrderBook book;
    private RecordedBook recorded;
    private long newestId;
    private int largestDelta;

    @BeforeEach
    void addSymbol() {
        engine.addSymbol(SYMBOL, 1, 1);
        book = engine.book(SYMBOL);
        recorded = new RecordedBook(book, new OrderIndex(), new OrderPool(), new UserFills(), UnheardEvents.INSTANCE);
    }

    @Test
    void usersBeyondTheRecordedMarketAreHiddenUntilItGoesAway() {
        recorded.add(1, SELL, 100, 10);
        recorded.add(2, SELL, 102, 10);
        recorded.add(3, BUY, 98, 10);
        publish();
        user(BUY, 100, 15);
        user(BUY, 99, 5);
        expect("bid 5 @ 99", "bid 10 @ 98", "ask 10 @ 100", "ask 10 @ 102");
        recorded.delete(1);
        expect("bid 5 @ 100", "bid 5 @ 99", "bid 10 @ 98", "ask 10 @ 102");
        recorded.add(4, BUY, 100, 1);
        expect("bid 6 @ 100", "bid 5 @ 99", "bid 10 @ 98", "ask 10 @ 102");
        recorded.delete(4);
        recorded.add(5, SELL, 99, 0);
        expect("bid 5 @ 100", "bid 5 @ 99", "bid 10 @ 98", "ask 10 @ 102");
        recorded.add(6, SELL, 99, 11);
        expect("bid 10 @ 98", "ask 11 @ 99", "ask 10 @ 102");
    }

    @Test
    void aHiddenLevelIsShownAgainBehindARecordedOneOfItsSide() {
        recorded.add(1, SELL, 100, 10);
        user(BUY, 101, 15);
        expect("ask 10 @ 100");
        recorded.add(2, BUY, 103, 5);
        expect("bid 5 @ 103", "ask 10 @ 100");
        recorded.delete(1);
        expect("bid 5 @ 103", "bid 5 @ 101");
        recorded.add(3, SELL, 104, 5);
        expect("bid 5 @ 103", "bid 5 @ 101", "ask 5 @ 104");
    }

    @Test
    void usersOfBothSidesMeetOnlyTheRecordedMarket() {
        recorded.add(1, SELL, 100, 10);
        recorded.add(2, BUY, 90, 10);
        user(BUY, 100, 15);
        user(SELL, 90, 30);
        expect("bid 10 @ 90", "ask 10 @ 100");
        recorded.clear();
        replace();
        expect("ask 15 @ 90");
    }

    @Test
    void theLevelsBehindTheThousandthMoveUp() {
        for (int i = 0; i < 1_005; i++) {
            recorded.add(i + 1, BUY, MIDDLE - i, 1 + i);
        }
        publish();
        assertEquals(OrderBook.MAX_LEVELS, published.depth(BUY));
        for (int i = 0; i < 7; i++) {
            recorded.delete(1 + i);
        }
        publish();
        assertEquals(998, published.depth(BUY));
        assertEquals(1_005, published.quantity(BUY, 997));
    }

    @Test
    void theLevelsBehindTheThousandthMoveUpThoughSomeAreHidden() {
        for (int i = 0; i < 995; i++) {
            recorded.add(i + 1, BUY, MIDDLE - i, 1);
        }
        for (int i = 0; i < 12; i++) {
            user(BUY, MIDDLE + 20 + i, 100);
        }
        recorded.add(2_000, SELL, MIDDLE + 1, 1);
        publish();
        assertEquals(988, published.depth(BUY));
        for (int i = 0; i < 8; i++) {
            recorded.delete(1 + i);
        }
        publish();
        assertEquals(987, published.depth(BUY));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTransactionsOnDeepBooks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int price = 1; price < MIDDLE; price += 2) {
            recorded.add(++newestId, BUY, price, 5);
            recorded.add(++newestId, SELL, MIDDLE + price, 5);
        }
        publish();
        int deepest = 0;
        int shallowest = Integer.MAX_VALUE;
        for (int i = 0; i < 4_000; i++) {
            int count = random.nextInt(50) == 0 ? random.nextInt(900) : 1 + random.nextInt(5);
            // The market deepens and thins out in turns.
            boolean grows = i / 250 % 2 == 0;
            for (int j = 0; j < count; j++) {
                change(random, grows);
            }
            if (random.nextInt(200) == 0) {
                if (random.nextInt(4) == 0) {
                    recorded.clear();
                }
                replace();
            } else {
                publish();
            }
            assertShownAsExpected(i);
            deepest = Math.max(deepest, book.side(BUY).depth());
            shallowest = Math.min(shallowest, book.side(BUY).depth());
        }
        assertTrue(deepest > 1_100 && shallowest < 900, deepest + " to " + shallowest);
        assertTrue(largestDelta > 500);
    }

    /** The first difference alone: the books are long. */
    private void assertShownAsExpected(int transaction) {
        List<String> expected = expected();
        List<String> shown = shown();
        for (int i = 0; i < Math.min(expected.size(), shown.size()); i++) {
            assertEquals(expected.get(i), shown.get(i), "transaction " + transaction);
        }
        assertEquals(expected.size(), shown.size(), "transaction " + transaction);
    }

    private void change(SplittableRandom random, boolean grows) {
        int distance = random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(2_400);
        Side side = random.nextBoolean() ? BUY : SELL;
        long price = MIDDLE + (side == BUY ? -distance : distance);
        long id = Math.max(1, newestId - random.nextInt(3_000));
        int kind = random.nextInt(100);
        if (kind < (grows ? 55 : 15)) {
            recorded.add(++newestId, side, price, 1 + random.nextInt(9));
        } else if (kind < 70) {
            recorded.delete(id);
        } else if (kind < 75) {
            recorded.execute(id, 3, 0, true);
        } else if (kind < 80) {
            recorded.replace(id, ++newestId, price, 4);
        } else if (kind < 90) {
            recorded.level(side, price, grows ? 7 : 0);
        } else if (kind < 97) {
            long past = side == BUY ? price + random.nextInt(40) : price - random.nextInt(40);
            submit(side, past, 1 + random.nextInt(60));
        } else {
            engine.cancel(1_000_000 + Math.max(1, newestId - random.nextInt(60)), 1, Reason.CLIENT_REQUEST);
        }
    }

    private void user(Side side, long price, long quantity) {
        submit(side, price, quantity);
        publish();
    }

    private void submit(Side side, long price, long quantity) {
        long id = 1_000_000 + ++newestId;
        int account = 1 + (int) (id % 50_000);
        engine.submit(id, account, SYMBOL, side, OrderType.LIMIT, TimeInForce.GTC, false, Math.max(1, price), quantity);
    }

    /** As the feed's publisher does with what a transaction changed. */
    private void publish() {
        for (String event : events.take()) {
            String[] words = event.split(" ");
            if (words[0].equals("bid") || words[0].equals("ask")) {
                Side side = words[0].equals("bid") ? BUY : SELL;
                changes.put(side, Long.parseLong(words[3]), Long.parseLong(words[1]));
            }
        }
        if (changes.count() > 0) {
            displayed.complete(SYMBOL, published, changes);
            for (int i = 0; i < changes.count(); i++) {
                assertTrue(published.set(changes.side(i), changes.price(i), changes.quantity(i)) >= 0, "no change");
            }
            largestDelta = Math.max(largestDelta, changes.count());
            changes.clear();
        }
    }

    private void replace() {
        events.take();
        displayed.replace(SYMBOL, published);
    }

    /** By the definition: the 1,000 best levels, but none of users alone that meets a recorded order. */
    private List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (Side side : List.of(BUY, SELL)) {
            BookSide levels = book.side(side);
            BookSide others = book.opposite(side);
            for (int rank = 0; rank < Math.min(1_000, levels.depth()); rank++) {
                BookLevel level = levels.level(rank);
                boolean meets = false;
                for (int other = 0; other < others.depth() && !meets; other++) {
                    long otherPrice = others.level(other).price();
                    boolean reached = side == BUY ? level.price() >= otherPrice : level.price() <= otherPrice;
                    if (!reached) {
                        break;
                    }
                    meets = others.level(other).recordedQuantity() > 0;
                }
                if (level.recordedQuantity() > 0 || !meets) {
                    lines.add(EventLog.level(side, level.quantity(), level.price()));
                }
            }
        }
        return lines;
    }

    private List<String> shown() {
        List<String> lines = new ArrayList<>();
        for (Side side : List.of(BUY, SELL)) {
            for (int rank = 0; rank < published.depth(side); rank++) {
                lines.add(EventLog.level(side, published.quantity(side, rank), published.price(side, rank)));
            }
        }
        return lines;
    }

    private void expect(String... expected) {
        publish();
        assertEquals(List.of(expected), shown());
        assertEquals(expected(), shown());
    }
}
