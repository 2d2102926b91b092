package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

class BookChangeTest {
    private final DepthBook book = new DepthBook();
    private final BookChange change = new BookChange();

    @Test
    void nothingTouchedReachesNothing() {
        assertFalse(change.reaches(Side.BUY, book, 1));
        change.everything();
        assertTrue(change.reaches(Side.BUY, book, 1));
        change.clear();
        assertFalse(change.reaches(Side.BUY, book, 1));
    }

    @Test
    void reachesExactlyWhenTheBestLevelsDiffer() {
        var random = new Random(3);
        int reached = 0;
        for (int round = 0; round < 20_000; round++) {
            var side = random.nextBoolean() ? Side.BUY : Side.SELL;
            int depth = 1 + random.nextInt(6);
            var before = best(side, depth);
            change.clear();
            boolean changed = false;
            for (int i = 0; i <= random.nextInt(3); i++) {
                long price = 1 + random.nextInt(12);
                if (book.set(side, price, random.nextInt(3)) >= 0) {
                    change.touch(side, price);
                    changed = true;
                }
            }
            boolean differs = !best(side, depth).equals(before);
            boolean reaches = change.reaches(side, book, depth);
            assertTrue(reaches || !differs, "a change was missed");
            if (changed && reaches && !differs) {
                // Only a level that came and went within one message can look like a change without being one.
                continue;
            }
            assertEquals(differs, reaches);
            reached += reaches ? 1 : 0;
        }
        assertTrue(reached > 1_000, "reached: " + reached);
    }

    private List<Long> best(Side side, int depth) {
        var levels = new ArrayList<Long>();
        for (int rank = 0; rank < Math.min(depth, book.depth(side)); rank++) {
            levels.add(book.price(side, rank));
            levels.add(book.quantity(side, rank));
        }
        return levels;
    }
}
