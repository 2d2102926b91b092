package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.Side;

class OrderIndexTest {
    private static final long PLACES = 1 << 22;

    private final OrderIndex index = new OrderIndex();

    @Test
    void newerOrderTakesThePlaceAndTheOlderOneIsStillFound() {
        BookOrder older = order(1, 5);
        BookOrder newer = order(1, 5 + PLACES);
        BookOrder sameIdElsewhere = order(2, 5);
        index.put(older);
        index.put(newer);
        index.put(sameIdElsewhere);
        assertSame(older, index.get(1, 5));
        assertSame(newer, index.get(1, 5 + PLACES));
        assertSame(sameIdElsewhere, index.get(2, 5));
        assertNull(index.get(3, 5));

        index.remove(sameIdElsewhere);
        index.remove(older);
        assertNull(index.get(1, 5));
        assertNull(index.get(2, 5));
        assertSame(newer, index.get(1, 5 + PLACES));
    }

    @Test
    void findsWhatAMapFinds() {
        Random random = new Random(3);
        Map<String, BookOrder> expected = new HashMap<>();
        List<BookOrder> kept = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            int symbolId = 1 + random.nextInt(3);
            long orderId = random.nextInt(2_000) + PLACES * random.nextInt(3) - PLACES;
            String name = symbolId + " " + orderId;
            assertSame(expected.get(name), index.get(symbolId, orderId));
            if (!expected.containsKey(name)) {
                BookOrder order = order(symbolId, orderId);
                index.put(order);
                expected.put(name, order);
                kept.add(order);
            } else if (random.nextBoolean()) {
                BookOrder order = kept.remove(random.nextInt(kept.size()));
                index.remove(order);
                expected.remove(order.symbolId() + " " + order.orderId());
            }
        }
    }

    private static BookOrder order(int symbolId, long orderId) {
        BookOrder order = new BookOrder();
        order.enterRecorded(orderId, symbolId, Side.BUY, 1, 1);
        return order;
    }
}
