package tickcast.simulator.recording;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** The books that a recording tells by levels, and how often it tells other things. */
final class ToldBooks implements RecordedEvents {
    /** A book's levels by price. */
    record Levels(TreeMap<Long, Long> bids, TreeMap<Long, Long> asks) {
        Levels() {
            this(new TreeMap<>(Comparator.reverseOrder()), new TreeMap<>());
        }

        Levels copy() {
            return new Levels(new TreeMap<>(bids), new TreeMap<>(asks));
        }

        TreeMap<Long, Long> of(Side side) {
            return side == Side.BUY ? bids : asks;
        }

        void set(Side side, long price, long quantity) {
            if (quantity == 0) {
                of(side).remove(price);
            } else {
                of(side).put(price, quantity);
            }
        }

        /** The best level of each side. */
        Levels best() {
            var best = new Levels();
            for (Side side : new Side[] {Side.BUY, Side.SELL}) {
                if (!of(side).isEmpty()) {
                    best.of(side).put(of(side).firstKey(), of(side).firstEntry().getValue());
                }
            }
            return best;
        }
    }

    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<Integer, Levels> books = new HashMap<>();
    int warnings;
    int disagreements;
    int trades;

    /** Null when the book is not known. */
    Levels of(String symbol) {
        return keys.containsKey(symbol) ? books.get(keys.get(symbol)) : null;
    }

    @Override
    public void instrument(int key, String symbol, long tickSize, long lotSize) {
        if (keys.put(symbol, key) != null) {
            throw new AssertionError(symbol + " is told twice");
        }
    }

    @Override
    public void level(int key, Side side, long price, long quantity) {
        books.get(key).set(side, price, quantity);
    }

    @Override
    public void trade(int key, long price, long quantity, Side aggressor) {
        if (!keys.containsValue(key)) {
            throw new AssertionError("trade of an unknown instrument");
        }
        trades++;
    }

    @Override
    public void clear(int key) {
        books.put(key, new Levels());
    }

    @Override
    public void bookUnknown(int key, String reason) {
        books.remove(key);
    }

    @Override
    public void warning(String text) {
        warnings++;
    }

    @Override
    public void disagreement(String text) {
        disagreements++;
    }

    @Override
    public void status(int key, TradingStatus status) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void statusOfAll(TradingStatus status) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void add(int key, long orderId, Side side, long price, long quantity) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void execute(int key, long orderId, long quantity, long price, boolean printed) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void reduce(int key, long orderId, long quantity) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void delete(int key, long orderId) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void replace(int key, long orderId, long newOrderId, long price, long quantity) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void executeLevel(int key, Side side, long price, long quantity) {
        throw new AssertionError("not told by levels");
    }

    @Override
    public void cross(int key, long price, long quantity) {
        throw new AssertionError("not told by levels");
    }
}
