package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Random recorded events, with random orders of users between them and without: users fare as the reference says, and
 * the recording goes on as if they were not there.
 */
class UserFillsAgainstReferenceTest {
    private static final int SYMBOL = 1;
    private static final int EVENTS = 8_000;
    private static final int PRICES = 24;
    private static final long FIRST_USER_ID = 1_000_000_000;

    private final EventLog events = new EventLog();
    private final PrintedTrades trades = new PrintedTrades();
    private final PrintedTrades tradesWithoutUsers = new PrintedTrades();
    private final MatchingEngine engine = new MatchingEngine(events, Integer.MAX_VALUE);
    private final OrderBook bookWithoutUsers =
            new OrderBook(SYMBOL, 1, 1, Integer.MAX_VALUE, new OrderPool(), UnheardEvents.INSTANCE);
    private final ReferenceReplay reference = new ReferenceReplay();
    private final Map<Long, Long> quantities = new HashMap<>();
    private final Map<Long, Long> filled = new HashMap<>();
    private long newestUserId = FIRST_USER_ID;
    private int fillsByTheRecording;
    private int fillsOfIncoming;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void usersBetweenRecordedOrders(long seed) {
        engine.addSymbol(SYMBOL, 1, 1);
        OrderBook book = engine.book(SYMBOL);
        RecordedBook recorded = new RecordedBook(book, new OrderIndex(), new OrderPool(), new UserFills(), trades);
        RecordedBook withoutUsers = new RecordedBook(
                bookWithoutUsers, new OrderIndex(), new OrderPool(), new UserFills(), tradesWithoutUsers);
        SplittableRandom random = new SplittableRandom(seed);
        RandomRecording recording = new RandomRecording(random, PRICES, 0, reference, recorded, withoutUsers);
        for (int i = 0; i < EVENTS; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> userActs(random, recording);
                case 2 -> {
                    if (random.nextInt(30) == 0) {
                        changeStatus(recorded);
                    }
                }
                default -> recording.next();
            }
            compare(i);
        }
        assertConserved();
        assertTrue(fillsByTheRecording > 100, () -> "only " + fillsByTheRecording);
        assertTrue(fillsOfIncoming > 100, () -> "only " + fillsOfIncoming);
    }

    private void userActs(SplittableRandom random, RandomRecording recording) {
        long price = recording.price();
        Side side = recording.side(price);
        long quantity = 1 + random.nextInt(30);
        long id = Math.max(FIRST_USER_ID, newestUserId - random.nextInt(20));
        int account = 1 + (int) (id % 3);
        switch (random.nextInt(8)) {
            case 0 -> {
                engine.cancel(id, account, Reason.CLIENT_REQUEST);
                reference.cancel(id, account);
            }
            case 1 -> {
                engine.replace(id, account, price, quantity);
                reference.replaceOwn(id, account, price, quantity);
            }
            default -> submit(random, side, price, quantity);
        }
    }

    private void submit(SplittableRandom random, Side side, long price, long quantity) {
        newestUserId++;
        int account = 1 + (int) (newestUserId % 3);
        OrderType type = random.nextInt(8) == 0 ? OrderType.MARKET : OrderType.LIMIT;
        TimeInForce timeInForce = random.nextInt(4) == 0 ? TimeInForce.get((short) random.nextInt(3)) : TimeInForce.GTC;
        boolean postOnly = random.nextInt(6) == 0;
        quantities.put(newestUserId, quantity);
        engine.submit(newestUserId, account, SYMBOL, side, type, timeInForce, postOnly, price, quantity);
        reference.submit(newestUserId, account, side, type, timeInForce, postOnly, price, quantity);
    }

    private void changeStatus(RecordedBook recorded) {
        boolean open = engine.book(SYMBOL).status() != TradingStatus.OPEN;
        engine.status(SYMBOL, open ? TradingStatus.OPEN : TradingStatus.HALTED);
        reference.open(open);
        if (open) {
            recorded.opened();
            reference.opened();
        }
    }

    private void compare(int event) {
        List<String> expected = reference.takeEvents();
        assertEquals(expected, events.takeWithoutLevels(), () -> "event " + event);
        List<String> printed = reference.takePrinted();
        assertEquals(printed, trades.take(), () -> "event " + event);
        assertEquals(printed, tradesWithoutUsers.take(), () -> "event " + event);
        for (Side side : List.of(Side.BUY, Side.SELL)) {
            assertEquals(
                    reference.levels(side), EventLog.levels(engine.book(SYMBOL).side(side)), () -> "event " + event);
            assertEquals(
                    EventLog.levels(bookWithoutUsers.side(side)),
                    recordedLevels(engine.book(SYMBOL).side(side)),
                    () -> "event " + event);
        }
        expected.forEach(this::account);
    }

    private static List<String> recordedLevels(BookSide side) {
        return IntStream.range(0, side.depth())
                .mapToObj(side::level)
                .filter(level -> level.recordedQuantity() > 0)
                .map(level -> EventLog.level(side.side(), level.recordedQuantity(), level.price()))
                .toList();
    }

    private void account(String event) {
        String[] words = event.split("[ ,]+");
        switch (words[0]) {
            case "traded" -> {
                filled.merge(Long.parseLong(words[1]), Long.parseLong(words[4]), Long::sum);
                filled.merge(Long.parseLong(words[3]), Long.parseLong(words[4]), Long::sum);
                fillsByTheRecording += words[1].equals("0") ? 1 : 0;
                fillsOfIncoming += words[1].equals("0") ? 0 : 1;
            }
            case "replaced" -> quantities.put(Long.parseLong(words[1]), Long.parseLong(words[4]));
            case "canceled" -> {
                long id = Long.parseLong(words[1]);
                assertEquals(quantities.remove(id), filled.getOrDefault(id, 0L) + Long.parseLong(words[2]), event);
            }
            case "rejected" -> quantities.remove(Long.parseLong(words[1]));
            default -> {
                // Nothing is counted.
            }
        }
    }

    /** Of every order that was neither rejected nor cancelled: what traded and what rests is all of it. */
    private void assertConserved() {
        quantities.forEach((id, quantity) -> {
            BookOrder order = engine.order(id);
            long leaves = order == null ? 0 : order.leavesQuantity();
            assertEquals(quantity, filled.getOrDefault(id, 0L) + leaves, () -> "order " + id);
        });
    }
}
