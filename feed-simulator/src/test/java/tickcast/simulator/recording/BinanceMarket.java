package tickcast.simulator.recording;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/**
 * A random book and the records that a client of the venue would write of it: tickers at once, depth updates a little
 * later and sometimes lost or repeated, snapshots now and then and sometimes late. Knows what book the records prove.
 */
final class BinanceMarket {
    private static final long TICK = Decimal8.ONE / 100;
    private static final int MAX_LEVELS_A_SIDE = 25;

    private record Delayed(int dueStep, Runnable write) {}

    private final String symbol;
    private final boolean futures;
    private final boolean snapshots;
    private final BinanceWriter writer;
    private final Random random;
    private final ToldBooks.Levels truth = new ToldBooks.Levels();
    private final Map<Long, ToldBooks.Levels> history = new HashMap<>();
    private final ArrayDeque<Delayed> delayedDiffs = new ArrayDeque<>();
    private final ArrayDeque<Delayed> delayedSnapshots = new ArrayDeque<>();
    private final ToldBooks.Levels changed = new ToldBooks.Levels();
    private long id;
    private long firstChangeId;
    private long lastDiffId;
    private int step;
    private int trades;

    private final ProvenBook proven = new ProvenBook();

    BinanceMarket(String symbol, boolean futures, boolean snapshots, BinanceWriter writer, Random random) {
        this.symbol = symbol;
        this.futures = futures;
        this.snapshots = snapshots;
        this.writer = writer;
        this.random = random;
        id = 1_000 + random.nextInt(1_000_000);
        lastDiffId = id;
        history.put(id, truth.copy());
    }

    String symbol() {
        return symbol;
    }

    int trades() {
        return trades;
    }

    /** What the records so far prove; null = nothing. */
    ToldBooks.Levels proven() {
        Long depth = proven.depthId();
        if (depth != null) {
            return history.get(depth);
        }
        Long ticker = proven.tickerId();
        return ticker == null ? null : history.get(ticker).best();
    }

    /** Changes the book once; writes some records, or none. */
    void step() {
        step++;
        change();
        while (!delayedDiffs.isEmpty() && delayedDiffs.getFirst().dueStep <= step) {
            delayedDiffs.removeFirst().write.run();
        }
        while (!delayedSnapshots.isEmpty() && delayedSnapshots.getFirst().dueStep <= step) {
            delayedSnapshots.removeFirst().write.run();
        }
        if (random.nextInt(5) == 0) {
            endDiff();
        }
        if (snapshots && random.nextInt(60) == 0) {
            takeSnapshot();
        }
        if (random.nextInt(10) == 0) {
            trades++;
            writer.trade(symbol, trades, "1.5", "2", random.nextBoolean());
        }
    }

    private void change() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        TreeMap<Long, Long> levels = truth.of(side);
        long distance = (1 + random.nextInt(20)) * TICK;
        long price = side == Side.BUY ? bound(Side.SELL, 100) - distance : bound(Side.BUY, 90) + distance;
        long quantity = random.nextInt(100) * Decimal8.ONE / 10;
        if (levels.size() > MAX_LEVELS_A_SIDE || random.nextInt(3) == 0 && !levels.isEmpty()) {
            price = random.nextBoolean() ? levels.firstKey() : levels.lastKey();
            quantity = 0;
        }
        ToldBooks.Levels bestBefore = truth.best();
        id += futures ? 1 + random.nextInt(3) : 1;
        firstChangeId = changed.bids().isEmpty() && changed.asks().isEmpty() ? id : firstChangeId;
        truth.set(side, price, quantity);
        changed.of(side).put(price, quantity);
        history.put(id, truth.copy());
        ToldBooks.Levels best = truth.best();
        if (!best.equals(bestBefore)) {
            writer.ticker(symbol, id, price(best.bids()), size(best.bids()), price(best.asks()), size(best.asks()));
            proven.ticker(id);
        }
    }

    private long bound(Side side, long otherwise) {
        return truth.of(side).isEmpty()
                ? otherwise * Decimal8.ONE
                : truth.of(side).firstKey();
    }

    private void endDiff() {
        if (changed.bids().isEmpty() && changed.asks().isEmpty()) {
            return;
        }
        long firstId = futures ? firstChangeId : lastDiffId + 1;
        long baseId = lastDiffId;
        long lastId = id;
        String bids = BinanceWriter.levels(changed.bids());
        String asks = BinanceWriter.levels(changed.asks());
        changed.bids().clear();
        changed.asks().clear();
        lastDiffId = id;
        int times = random.nextInt(30) == 0 ? 0 : random.nextInt(30) == 0 ? 2 : 1;
        int dueStep = delayedDiffs.isEmpty() ? step : delayedDiffs.getLast().dueStep;
        for (int i = 0; i < times; i++) {
            delayedDiffs.addLast(new Delayed(Math.max(dueStep, step + random.nextInt(4)), () -> {
                if (futures) {
                    writer.futuresDepth(symbol, firstId, lastId, baseId, bids, asks);
                } else {
                    writer.depth(symbol, firstId, lastId, bids, asks);
                }
                proven.diff(baseId, lastId);
            }));
            dueStep = delayedDiffs.getLast().dueStep;
        }
    }

    private void takeSnapshot() {
        long lastId = id;
        String bids = BinanceWriter.levels(truth.bids());
        String asks = BinanceWriter.levels(truth.asks());
        int dueStep = delayedSnapshots.isEmpty() ? step : delayedSnapshots.getLast().dueStep;
        delayedSnapshots.addLast(new Delayed(Math.max(dueStep, step + random.nextInt(30)), () -> {
            writer.snapshotOf(symbol, lastId, bids, asks);
            proven.snapshot(lastId);
        }));
    }

    private static String price(TreeMap<Long, Long> best) {
        return BinanceWriter.decimal(best.isEmpty() ? 0 : best.firstKey());
    }

    private static String size(TreeMap<Long, Long> best) {
        return BinanceWriter.decimal(best.isEmpty() ? 0 : best.firstEntry().getValue());
    }
}
