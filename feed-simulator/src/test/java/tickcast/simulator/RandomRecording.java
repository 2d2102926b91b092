package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import tickcast.protocol.sbe.Side;

/** Makes the same random recorded events happen to several: some of them contradict those before. */
final class RandomRecording {
    private static final int RECENT_ORDERS = 40;

    private final SplittableRandom random;
    private final int prices;
    private final RecordedOrders[] targets;
    private final int hugeQuantities;
    private long newestId;
    private long contradictions;

    /**
     * @param prices 1, 2, 3 …, bids on the lower half and asks on the upper, with exceptions
     * @param hugeQuantities how many of 1,000 quantities are so great that totals may overflow
     */
    RandomRecording(SplittableRandom random, int prices, int hugeQuantities, RecordedOrders... targets) {
        this.random = random;
        this.prices = prices;
        this.hugeQuantities = hugeQuantities;
        this.targets = targets;
    }

    long contradictions() {
        return contradictions;
    }

    long price() {
        return 1 + random.nextInt(prices);
    }

    Side side(long price) {
        boolean wayward = random.nextInt(20) == 0;
        return price <= prices / 2 != wayward ? Side.BUY : Side.SELL;
    }

    long quantity() {
        return random.nextInt(1_000) < hugeQuantities ? Long.MAX_VALUE / 3 : 1 + random.nextInt(20);
    }

    void next() {
        long price = price();
        Side side = side(price);
        long quantity = quantity();
        long id = Math.max(1, newestId - random.nextInt(RECENT_ORDERS));
        int kind = random.nextInt(1_000);
        if (kind < 400) {
            boolean again = random.nextInt(50) == 0;
            newestId += again ? 0 : 1;
            same(target -> target.add(newestId, side, price, quantity));
        } else if (kind < 550) {
            long tradePrice = random.nextInt(4) == 0 ? price : 0;
            boolean printed = random.nextInt(5) != 0;
            same(target -> target.execute(id, quantity, tradePrice, printed));
        } else if (kind < 620) {
            same(target -> target.reduce(id, quantity));
        } else if (kind < 700) {
            same(target -> target.delete(id));
        } else if (kind < 780) {
            newestId++;
            long newId = random.nextInt(50) == 0 ? id - 1 : newestId;
            same(target -> target.replace(id, newId, price, quantity));
        } else if (kind < 880) {
            long total = random.nextInt(3) == 0 ? 0 : quantity;
            same(target -> target.level(side, price, total));
        } else if (kind < 930) {
            same(target -> target.executeLevel(side, price, quantity));
        } else if (kind < 970) {
            Side aggressor = Side.get((short) (random.nextInt(3) == 2 ? 255 : random.nextInt(2)));
            same(target -> {
                target.trade(price, quantity, aggressor);
                return true;
            });
        } else if (kind < 995) {
            same(target -> {
                target.cross(price, quantity);
                return true;
            });
        } else {
            same(target -> {
                target.clear();
                return true;
            });
        }
    }

    private interface Event {
        boolean happensTo(RecordedOrders target);
    }

    private void same(Event event) {
        boolean first = event.happensTo(targets[0]);
        for (int i = 1; i < targets.length; i++) {
            assertEquals(first, event.happensTo(targets[i]));
        }
        contradictions += first ? 0 : 1;
    }
}
