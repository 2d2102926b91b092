package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/** Recorded orders alone; {@link UserFillsTest} has those of users between them. */
class RecordedBookTest {
    private static final int SYMBOL = 3;

    private final EventLog events = new EventLog();
    private final DepthBook toldLevels = new DepthBook();
    private final PrintedTrades trades = new PrintedTrades();
    private final OrderBook book = new OrderBook(SYMBOL, 1, 1, Integer.MAX_VALUE, new OrderPool(), events);
    private final RecordedBook recorded =
            new RecordedBook(book, new OrderIndex(), new OrderPool(), new UserFills(), trades);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomStreamsMakeTheBooksOfTheReference(long seed) {
        ReferenceReplay reference = new ReferenceReplay();
        RandomRecording recording = new RandomRecording(new SplittableRandom(seed), 20, 5, reference, recorded);
        for (int i = 0; i < 10_000; i++) {
            recording.next();
            int event = i;
            assertEquals(reference.levels(BUY), levels(BUY), () -> "event " + event);
            assertEquals(reference.levels(SELL), levels(SELL), () -> "event " + event);
            assertEquals(reference.takePrinted(), trades.take(), () -> "event " + event);
            assertToldLevelsAreThoseOfTheBook();
        }
        assertTrue(recording.contradictions() > 300);
        recorded.clear();
        expectLevels();
        assertEquals(0, recorded.orderCount());
    }

    @Test
    void anOrderIsKnownUntilNothingOfItIsLeft() {
        assertTrue(recorded.add(7, BUY, 100, 30));
        assertTrue(recorded.execute(7, 10, 0, true));
        assertTrue(recorded.reduce(7, 5));
        assertEquals(15, recorded.order(7).leavesQuantity());
        expectLevels("bid 15 @ 100");
        assertTrue(recorded.execute(7, 15, 99, true));
        assertNull(recorded.order(7));
        expectLevels();
        assertEquals(List.of("10 @ 100 SELL", "15 @ 99 SELL"), trades.take());
    }

    @Test
    void unprintedExecutionsAreNoTrades() {
        recorded.add(7, SELL, 100, 30);
        assertTrue(recorded.execute(7, 10, 98, false));
        expectLevels("ask 20 @ 100");
        assertEquals(List.of(), trades.take());
    }

    @Test
    void whatContradictsItselfLeavesTheBookAlone() {
        recorded.add(7, BUY, 100, 30);
        assertFalse(recorded.add(7, BUY, 100, 5));
        assertFalse(recorded.add(7, SELL, 200, 5));
        assertFalse(recorded.add(0, SELL, 200, 5));
        assertFalse(recorded.add(8, SELL, 200, 0));
        assertFalse(recorded.add(8, SELL, 0, 5));
        assertFalse(recorded.add(8, SELL, 200, -5));
        assertFalse(recorded.execute(8, 5, 0, true));
        assertFalse(recorded.reduce(8, 5));
        assertFalse(recorded.delete(8));
        assertFalse(recorded.replace(8, 9, 200, 5));
        expectLevels("bid 30 @ 100");
        assertEquals(List.of(), trades.take());
    }

    @Test
    void ofTooMuchWhatIsThereIsTaken() {
        recorded.add(7, BUY, 100, 30);
        recorded.add(8, BUY, 100, 30);
        recorded.add(9, BUY, 100, 30);
        assertFalse(recorded.execute(7, 31, 0, true));
        assertFalse(recorded.reduce(8, 31));
        assertFalse(recorded.executeLevel(BUY, 100, 31));
        expectLevels();
        assertEquals(List.of("30 @ 100 SELL", "31 @ 100 SELL"), trades.take());
    }

    @Test
    void aReplacementWithAKnownIdIsGone() {
        recorded.add(7, BUY, 100, 30);
        recorded.add(8, BUY, 99, 10);
        assertFalse(recorded.replace(7, 8, 101, 5));
        expectLevels("bid 10 @ 99");
        assertTrue(recorded.replace(8, 8, 101, 5));
        expectLevels("bid 5 @ 101");
    }

    @Test
    void theTotalOfALevelStaysWithinALong() {
        recorded.add(7, BUY, 100, Long.MAX_VALUE - 10);
        assertFalse(recorded.add(8, BUY, 100, 11));
        assertTrue(recorded.add(8, BUY, 100, 4));
        assertFalse(recorded.replace(8, 9, 100, 11));
        assertTrue(recorded.level(BUY, 100, Long.MAX_VALUE));
        expectLevels("bid " + Long.MAX_VALUE + " @ 100");
        assertTrue(recorded.level(BUY, 100, 1));
        expectLevels("bid 1 @ 100");
    }

    @Test
    void totalsGrowAndShrinkBehindKnownOrders() {
        recorded.level(SELL, 100, 50);
        recorded.add(7, SELL, 100, 20);
        recorded.level(SELL, 100, 80);
        expectLevels("ask 80 @ 100");
        recorded.level(SELL, 100, 25);
        expectLevels("ask 25 @ 100");
        assertEquals(20, recorded.order(7).leavesQuantity());
        assertEquals(5, recorded.anonymousQuantity(SELL, 100));
        recorded.level(SELL, 100, 15);
        assertEquals(15, recorded.order(7).leavesQuantity());
        recorded.level(SELL, 100, 0);
        assertNull(recorded.order(7));
        expectLevels();
        assertTrue(recorded.level(SELL, 100, 0));
    }

    @Test
    void unknownOrdersTradeBeforeKnownOnesOfTheirLevel() {
        recorded.add(7, SELL, 100, 20);
        recorded.level(SELL, 100, 50);
        assertTrue(recorded.executeLevel(SELL, 100, 25));
        assertEquals(20, recorded.order(7).leavesQuantity());
        assertTrue(recorded.executeLevel(SELL, 100, 10));
        assertEquals(15, recorded.order(7).leavesQuantity());
        assertFalse(recorded.executeLevel(SELL, 101, 10));
        expectLevels("ask 15 @ 100");
        assertEquals(List.of("25 @ 100 BUY", "10 @ 100 BUY", "10 @ 101 BUY"), trades.take());
    }

    @Test
    void hiddenTradesAndCrossesChangeNoBook() {
        recorded.add(7, SELL, 100, 20);
        events.take();
        recorded.trade(99, 5, BUY);
        recorded.trade(99, 6, Side.NULL_VAL);
        recorded.cross(100, 7);
        assertEquals(List.of("5 @ 99 BUY", "6 @ 99 NULL_VAL", "7 @ 100 NULL_VAL"), trades.take());
        assertEquals(List.of(), events.take());
        expectLevels("ask 20 @ 100");
    }

    @Test
    void aClearedBookBeginsAgain() {
        for (int i = 1; i <= 300; i++) {
            recorded.add(i, i % 2 == 0 ? BUY : SELL, 100 + i % 7, i);
            recorded.level(i % 2 == 0 ? BUY : SELL, 200 + i, 1);
        }
        recorded.clear();
        expectLevels();
        assertFalse(recorded.delete(1));
        assertTrue(recorded.add(1, BUY, 100, 5));
        expectLevels("bid 5 @ 100");
    }

    /** Those that listen to the changes see the same levels. */
    private void assertToldLevelsAreThoseOfTheBook() {
        for (String change : events.take()) {
            String[] parts = change.split(" ");
            Side side = parts[0].equals("bid") ? BUY : SELL;
            toldLevels.set(side, Long.parseLong(parts[3]), Long.parseLong(parts[1]));
        }
        for (Side side : List.of(BUY, SELL)) {
            assertEquals(book.side(side).depth(), toldLevels.depth(side));
            for (int rank = 0; rank < toldLevels.depth(side); rank++) {
                assertEquals(book.side(side).level(rank).price(), toldLevels.price(side, rank));
                assertEquals(book.side(side).level(rank).quantity(), toldLevels.quantity(side, rank));
            }
        }
    }

    private List<String> levels(Side side) {
        return EventLog.levels(book.side(side));
    }

    private void expectLevels(String... expected) {
        assertEquals(
                List.of(expected),
                Stream.concat(levels(BUY).stream(), levels(SELL).stream()).toList());
    }
}
