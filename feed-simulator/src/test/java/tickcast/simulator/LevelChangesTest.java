package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

class LevelChangesTest {
    private final LevelChanges changes = new LevelChanges();

    @Test
    void eachLevelStandsOnceWithItsNewestQuantity() {
        changes.put(Side.BUY, 10, 1);
        changes.put(Side.SELL, 10, 2);
        changes.put(Side.BUY, 10, 3);
        expect("bid 3 @ 10", "ask 2 @ 10");
    }

    @Test
    void whatTheBookSaysAlreadyIsForgotten() {
        DepthBook book = new DepthBook();
        book.set(Side.BUY, 10, 5);
        book.set(Side.BUY, 11, 6);
        book.set(Side.SELL, 12, 7);
        changes.put(Side.BUY, 10, 5);
        changes.put(Side.BUY, 9, 0);
        changes.put(Side.BUY, 11, 0);
        changes.put(Side.SELL, 12, 8);
        changes.put(Side.SELL, 10, 5);
        changes.put(Side.SELL, 13, 0);
        changes.keepDifferent(book);
        expect("bid 0 @ 11", "ask 8 @ 12", "ask 5 @ 10");
    }

    @Test
    void nothingIsLeftWhenNothingDiffers() {
        DepthBook book = new DepthBook();
        for (int price = 1; price <= 100; price++) {
            book.set(Side.BUY, price, price);
            changes.put(Side.BUY, price, price);
        }
        changes.keepDifferent(book);
        expect();
        changes.put(Side.BUY, 1, 2);
        expect("bid 2 @ 1");
    }

    private void expect(String... expected) {
        assertEquals(
                List.of(expected),
                IntStream.range(0, changes.count())
                        .mapToObj(i -> EventLog.level(changes.side(i), changes.quantity(i), changes.price(i)))
                        .toList());
    }
}
