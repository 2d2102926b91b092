package tickcast.simulator.recording;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** The book of one symbol that events make; fails when an event does not fit it. */
final class RecordedDepth implements RecordedEvents {
    private static final long PRICE_UNIT = Decimal8.ONE / 10_000;

    private final TreeMap<Long, Total> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Total> asks = new TreeMap<>();
    private final Map<Long, Resting> orders = new HashMap<>();
    private String symbol;
    private TradingStatus status;
    private String disagreement;
    private long executed;
    private long traded;
    private long crossed;

    String symbol() {
        return symbol;
    }

    TradingStatus status() {
        return status;
    }

    /** The first one, null when there was none. */
    String disagreement() {
        return disagreement;
    }

    /** Shares that rested and were executed. */
    long executed() {
        return executed;
    }

    /** Shares of trades that change no book. */
    long traded() {
        return traded;
    }

    long crossed() {
        return crossed;
    }

    int orders() {
        return orders.size();
    }

    /** As a row of a LOBSTER order-book file; fails when the book has more levels. */
    String row(int levels) {
        check(bids.size() <= levels && asks.size() <= levels, "more than %d levels", levels);
        var row = new StringBuilder();
        var ask = asks.entrySet().iterator();
        var bid = bids.entrySet().iterator();
        for (int i = 0; i < levels; i++) {
            row.append(i == 0 ? "" : ",").append(ask.hasNext() ? text(ask.next()) : "9999999999,0");
            row.append(',').append(bid.hasNext() ? text(bid.next()) : "-9999999999,0");
        }
        return row.toString();
    }

    @Override
    public void instrument(int key, String symbol, long tickSize, long lotSize) {
        this.symbol = symbol;
    }

    @Override
    public void status(int key, TradingStatus status) {
        check(status != this.status, "status %s again", status);
        this.status = status;
    }

    @Override
    public void statusOfAll(TradingStatus status) {
        check(false, "a recording of one symbol has no status of all");
    }

    @Override
    public void add(int key, long orderId, Side side, long price, long quantity) {
        ready(key);
        check(price > 0 && quantity > 0, "add of %d at %d", quantity, price);
        check(orders.put(orderId, new Resting(side, price, quantity)) == null, "order %d rests already", orderId);
        side(side).computeIfAbsent(price, p -> new Total()).known += quantity;
    }

    @Override
    public void execute(int key, long orderId, long quantity, long price, boolean printed) {
        take(key, orderId, quantity);
        check(printed, "unprinted execution of order %d", orderId);
        executed += quantity / Decimal8.ONE;
    }

    @Override
    public void reduce(int key, long orderId, long quantity) {
        take(key, orderId, quantity);
        check(orders.containsKey(orderId), "order %d reduced to nothing", orderId);
    }

    @Override
    public void delete(int key, long orderId) {
        check(orders.containsKey(orderId), "order %d does not rest", orderId);
        take(key, orderId, orders.get(orderId).quantity);
    }

    @Override
    public void replace(int key, long orderId, long newOrderId, long price, long quantity) {
        check(false, "replaced order %d", orderId);
    }

    @Override
    public void executeLevel(int key, Side side, long price, long quantity) {
        ready(key);
        Total total = side(side).get(price);
        check(total != null && total.anonymous >= quantity, "less than %d is anonymous at %d", quantity, price);
        total.anonymous -= quantity;
        dropIfEmpty(side, price);
        executed += quantity / Decimal8.ONE;
    }

    @Override
    public void level(int key, Side side, long price, long quantity) {
        ready(key);
        if (quantity == 0) {
            check(side(side).remove(price) != null, "no level at %d", price);
            orders.values().removeIf(order -> order.side == side && order.price == price);
            return;
        }
        Total total = side(side).computeIfAbsent(price, p -> new Total());
        check(total.known <= quantity, "%d at %d is less than known orders", quantity, price);
        total.anonymous = quantity - total.known;
    }

    @Override
    public void trade(int key, long price, long quantity, Side aggressor) {
        ready(key);
        traded += quantity / Decimal8.ONE;
    }

    @Override
    public void cross(int key, long price, long quantity) {
        ready(key);
        crossed += quantity / Decimal8.ONE;
    }

    @Override
    public void clear(int key) {
        bids.clear();
        asks.clear();
        orders.clear();
    }

    @Override
    public void bookUnknown(int key, String reason) {
        check(false, "book unknown: %s", reason);
    }

    @Override
    public void warning(String text) {
        check(!text.isBlank(), "empty warning");
    }

    @Override
    public void disagreement(String text) {
        disagreement = disagreement == null ? text : disagreement;
    }

    private void take(int key, long orderId, long quantity) {
        ready(key);
        Resting order = orders.get(orderId);
        check(order != null && order.quantity >= quantity, "less than %d of order %d rests", quantity, orderId);
        order.quantity -= quantity;
        side(order.side).get(order.price).known -= quantity;
        dropIfEmpty(order.side, order.price);
        if (order.quantity == 0) {
            orders.remove(orderId);
        }
    }

    private void dropIfEmpty(Side side, long price) {
        if (side(side).get(price).sum() == 0) {
            side(side).remove(price);
        }
    }

    private TreeMap<Long, Total> side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private void ready(int key) {
        check(key == 0 && symbol != null, "symbol %d is not known", key);
    }

    private static String text(Map.Entry<Long, Total> level) {
        return level.getKey() / PRICE_UNIT + "," + level.getValue().sum() / Decimal8.ONE;
    }

    private static void check(boolean holds, String text, Object... arguments) {
        if (!holds) {
            throw new AssertionError(text.formatted(arguments));
        }
    }

    private static final class Total {
        private long known;
        private long anonymous;

        private long sum() {
            return known + anonymous;
        }
    }

    private static final class Resting {
        private final Side side;
        private final long price;
        private long quantity;

        private Resting(Side side, long price, long quantity) {
            this.side = side;
            this.price = price;
            this.quantity = quantity;
        }
    }
}
