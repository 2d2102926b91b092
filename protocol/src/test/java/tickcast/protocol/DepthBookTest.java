package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.protocol.DepthBook.Update.APPLIED;
import static tickcast.protocol.DepthBook.Update.CHECKSUM_MISMATCH;
import static tickcast.protocol.DepthBook.Update.DUPLICATE;
import static tickcast.protocol.DepthBook.Update.GAP;
import static tickcast.protocol.DepthBook.Update.IGNORED;
import static tickcast.protocol.FeedMessages.conflated;
import static tickcast.protocol.FeedMessages.definition;
import static tickcast.protocol.FeedMessages.delta;
import static tickcast.protocol.FeedMessages.snapshot;
import static tickcast.protocol.FeedMessages.status;
import static tickcast.protocol.FeedMessages.trade;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.FeedMessages.Level;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

final class DepthBookTest {
    private final DepthBook exchange = new DepthBook();
    private final DepthBook book = new DepthBook();

    @Test
    void levelsStandBestFirst() {
        book.set(BUY, 10, 1);
        book.set(BUY, 12, 1);
        book.set(BUY, 11, 1);
        book.set(SELL, 15, 1);
        book.set(SELL, 13, 1);

        assertEquals("12 11 10", prices(book, BUY));
        assertEquals("13 15", prices(book, SELL));
    }

    @Test
    void setTellsWhichRankChanged() {
        assertEquals(0, book.set(BUY, 10, 1));
        assertEquals(1, book.set(BUY, 9, 1));
        assertEquals(0, book.set(BUY, 11, 1));
        assertEquals(1, book.set(BUY, 10, 5));
        assertEquals(-1, book.set(BUY, 10, 5));
        assertEquals(-1, book.set(BUY, 8, 0));
        assertEquals(0, book.set(BUY, 11, 0));
    }

    @Test
    void snapshotThenDeltasFollowTheChain() {
        exchange.set(BUY, 10, 1);
        assertEquals(APPLIED, book.apply(snapshot(exchange, 7, 0), 0));
        assertEquals(APPLIED, book.apply(change(9, 7, BUY, 11, 4), 0));
        assertEquals(APPLIED, book.apply(trade(12, 9, 11, 1), 0));
        assertEquals(APPLIED, book.apply(status(13, 12, TradingStatus.HALTED), 0));

        assertEquals("11 10", prices(book, BUY));
        assertEquals(13, book.lastSeq());
        assertEquals(11, book.lastPrice());
        assertTrue(book.valid());
    }

    @Test
    void definitionStartsTheChainOfACheckpoint() {
        exchange.set(SELL, 20, 2);
        assertEquals(APPLIED, book.apply(definition(100, 90), 0));
        assertEquals(APPLIED, book.apply(snapshot(exchange, 105, 100), 0));
        assertEquals(APPLIED, book.apply(change(106, 105, SELL, 21, 1), 0));
    }

    @Test
    void beforeASnapshotEverythingIsIgnored() {
        assertEquals(IGNORED, book.apply(trade(3, 2, 10, 1), 0));
        assertEquals(IGNORED, book.apply(change(4, 3, BUY, 10, 1), 0));
        assertFalse(book.valid());
    }

    @Test
    void aMissedMessageInvalidatesUntilTheNextSnapshot() {
        book.apply(snapshot(exchange, 1, 0), 0);
        change(2, 1, BUY, 10, 1);
        assertEquals(GAP, book.apply(change(3, 2, BUY, 11, 1), 0));
        assertFalse(book.valid());
        assertEquals(IGNORED, book.apply(change(4, 3, BUY, 12, 1), 0));

        assertEquals(APPLIED, book.apply(snapshot(exchange, 4, 0), 0));
        assertTrue(book.valid());
        assertEquals("12 11 10", prices(book, BUY));
    }

    @Test
    void aSnapshotOfTheChainHealsAndStillTellsTheGap() {
        book.apply(snapshot(exchange, 1, 0), 0);
        exchange.set(BUY, 10, 1);
        assertEquals(GAP, book.apply(snapshot(exchange, 9, 8), 0));
        assertTrue(book.valid());
        assertEquals(APPLIED, book.apply(change(10, 9, BUY, 11, 1), 0));
    }

    @Test
    void aMissedTradeIsAGapToo() {
        book.apply(snapshot(exchange, 1, 0), 0);
        assertEquals(GAP, book.apply(trade(3, 2, 10, 1), 0));
        assertFalse(book.valid());
    }

    @Test
    void aRepeatChangesNothing() {
        book.apply(snapshot(exchange, 1, 0), 0);
        var delta = change(2, 1, BUY, 10, 1);
        assertEquals(APPLIED, book.apply(delta, 0));
        assertEquals(DUPLICATE, book.apply(delta, 0));
        assertEquals(DUPLICATE, book.apply(snapshot(exchange, 2, 1), 0));
        assertTrue(book.valid());
    }

    @Test
    void aWrongChecksumInvalidates() {
        book.apply(snapshot(exchange, 1, 0), 0);
        assertEquals(CHECKSUM_MISMATCH, book.apply(delta(2, 1, 12345, new Level(BUY, 10, 1)), 0));
        assertFalse(book.valid());
        assertEquals(APPLIED, book.apply(snapshot(exchange, 2, 0), 0));
        assertTrue(book.valid());
    }

    @Test
    void limitedSnapshotHoldsTheBestLevels() {
        for (int i = 1; i <= 30; i++) {
            exchange.set(BUY, i, i);
            exchange.set(SELL, 100 + i, i);
        }
        var buffer = new UnsafeBuffer(new byte[4096]);
        int length = exchange.encodeSnapshot(buffer, 0, 1, 5, 5, 9, 0, 10);
        assertEquals(8 + 44 - 8 + 14 + 2 * 4 + 20 * 16, length);
        assertEquals(APPLIED, book.apply(buffer, 0));
        assertEquals(10, book.depth(BUY));
        assertEquals(30, book.price(BUY, 0));
        assertEquals(101, book.price(SELL, 0));
    }

    @Test
    void aSnapshotOfFewerThanTenLevelsHasTheirChecksum() {
        for (int i = 1; i <= 30; i++) {
            exchange.set(BUY, i, i);
        }
        var buffer = new UnsafeBuffer(new byte[4096]);
        exchange.encodeSnapshot(buffer, 0, 1, 5, 5, 9, 0, 3);
        assertEquals(APPLIED, book.apply(buffer, 0));
        assertEquals("30 29 28", prices(book, BUY));
    }

    @Test
    void aConflatedSymbolTradesAtOnceAndShowsItsBookLater() {
        book.apply(snapshot(exchange, 1, 0), 0);
        exchange.set(BUY, 10, 1);
        assertEquals(APPLIED, book.apply(trade(3, 0, 11, 1), 0));
        assertEquals(3, book.lastSeq());
        assertEquals(11, book.lastPrice());
        assertEquals(1, book.levelsSeq());
        assertEquals(APPLIED, book.apply(conflated(3, 1, 1, 0), 0));
        assertEquals(APPLIED, book.apply(snapshot(exchange, 3, 0), 0));
        assertEquals(3, book.levelsSeq());
        assertEquals(APPLIED, book.apply(status(4, 0, TradingStatus.HALTED), 0));
        assertTrue(book.valid());
    }

    @Test
    void whatWasConflatedMayHaveBegunBeforeTheSubscription() {
        book.apply(snapshot(exchange, 7, 0), 0);
        assertEquals(APPLIED, book.apply(conflated(9, 4, 5, 0), 0));
        assertTrue(book.valid());
        assertEquals(9, book.lastSeq());
        assertEquals(7, book.levelsSeq());
    }

    @Test
    void whatIsNeitherSentNorConflatedIsAGap() {
        book.apply(snapshot(exchange, 7, 0), 0);
        assertEquals(GAP, book.apply(conflated(9, 8, 1, 0), 0));
        assertFalse(book.valid());
    }

    @Test
    void aDeltaCannotStandAlone() {
        book.apply(snapshot(exchange, 7, 0), 0);
        assertEquals(GAP, book.apply(change(9, 0, BUY, 10, 1), 0));
    }

    @Test
    void randomChangesAgainstSortedMaps() {
        var random = new SplittableRandom(7);
        var bids = new TreeMap<Long, Long>(Comparator.reverseOrder());
        var asks = new TreeMap<Long, Long>();
        for (int i = 0; i < 20_000; i++) {
            var side = random.nextBoolean() ? BUY : SELL;
            long price = 1 + random.nextLong(300);
            long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextLong(5);
            var expected = side == BUY ? bids : asks;
            if (quantity == 0) {
                expected.remove(price);
            } else {
                expected.put(price, quantity);
            }
            book.set(side, price, quantity);
            if (i % 97 == 0) {
                assertSide(bids, BUY);
                assertSide(asks, SELL);
            }
        }
    }

    private void assertSide(TreeMap<Long, Long> expected, Side side) {
        assertEquals(expected.size(), book.depth(side));
        int rank = 0;
        for (var level : expected.entrySet()) {
            assertEquals(level.getKey(), book.price(side, rank));
            assertEquals(level.getValue(), book.quantity(side, rank++));
        }
    }

    private DirectBuffer change(long seq, long prevSeq, Side side, long price, long quantity) {
        exchange.set(side, price, quantity);
        return delta(seq, prevSeq, exchange.checksum(), new Level(side, price, quantity));
    }

    private static String prices(DepthBook book, Side side) {
        var text = new StringBuilder();
        for (int rank = 0; rank < book.depth(side); rank++) {
            text.append(rank == 0 ? "" : " ").append(book.price(side, rank));
        }
        return text.toString();
    }
}
