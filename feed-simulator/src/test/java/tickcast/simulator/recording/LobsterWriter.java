package tickcast.simulator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a whole book and writes what LOBSTER would: the messages whose prices are within the best levels before or after
 * them, and the best levels after each. Nothing is written before {@link #begin}.
 */
final class LobsterWriter {
    static final int SELL = -1;
    static final int BUY = 1;

    private final int levels;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final Map<Long, Order> orders = new HashMap<>();
    private final List<Long> ids = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private boolean begun;
    private String time = "34200";

    LobsterWriter(int levels) {
        this.levels = levels;
    }

    LobsterWriter begin() {
        begun = true;
        return this;
    }

    LobsterWriter time(String secondsAfterMidnight) {
        time = secondsAfterMidnight;
        return this;
    }

    LobsterWriter submit(long id, int side, long price, long size) {
        orders.put(id, new Order(id, side, price, size));
        ids.add(id);
        side(side).merge(price, size, Long::sum);
        write(1, id, size, price, side, inView(side, price));
        return this;
    }

    /** Type 2, or 3 when nothing is left. */
    LobsterWriter cancel(long id, long size) {
        return take(id, size, orders.get(id).size == size ? 3 : 2);
    }

    LobsterWriter execute(long id, long size) {
        return take(id, size, 4);
    }

    LobsterWriter hidden(int side, long price, long size) {
        write(5, 0, size, price, side, true);
        return this;
    }

    LobsterWriter cross(long price, long size) {
        write(6, -1, size, price, SELL, true);
        return this;
    }

    /** −1 halt, 0 quoting, 1 resumed. */
    LobsterWriter halt(int what) {
        write(7, 0, 0, what, SELL, true);
        return this;
    }

    /** Ids of the orders that rest, oldest first. */
    List<Long> ids() {
        return ids;
    }

    Order order(long id) {
        return orders.get(id);
    }

    /** An order at the best price of a side, null when there is none. */
    Order best(int side) {
        if (side(side).isEmpty()) {
            return null;
        }
        long price = side(side).firstKey();
        return ids.stream()
                .map(orders::get)
                .filter(order -> order.side == side && order.price == price)
                .findFirst()
                .orElseThrow();
    }

    List<String> messages() {
        return messages;
    }

    List<String> rows() {
        return rows;
    }

    static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Writes both files; the message file's path. */
    Path write(Path directory, String symbol) throws IOException {
        Files.writeString(directory.resolve(fileName(symbol, "orderbook")), text(rows));
        return Files.writeString(directory.resolve(fileName(symbol, "message")), text(messages));
    }

    String fileName(String symbol, String kind) {
        return "%s_2019-03-05_34200000_57600000_%s_%d.csv".formatted(symbol, kind, levels);
    }

    private LobsterWriter take(long id, long size, int type) {
        Order order = orders.get(id);
        boolean inView = inView(order.side, order.price);
        side(order.side).merge(order.price, -size, (rested, taken) -> rested + taken == 0 ? null : rested + taken);
        order.size -= size;
        if (order.size == 0) {
            orders.remove(id);
            ids.remove(id);
        }
        write(type, id, size, order.price, order.side, inView);
        return this;
    }

    private boolean inView(int side, long price) {
        return side(side).headMap(price).size() < levels;
    }

    private TreeMap<Long, Long> side(int side) {
        return side == BUY ? bids : asks;
    }

    private void write(int type, long id, long size, long price, int side, boolean inView) {
        if (begun && inView) {
            messages.add(time + "," + type + "," + id + "," + size + "," + price + "," + side);
            rows.add(row());
        }
    }

    private String row() {
        var row = new StringBuilder();
        var ask = asks.entrySet().iterator();
        var bid = bids.entrySet().iterator();
        for (int i = 0; i < levels; i++) {
            row.append(i == 0 ? "" : ",").append(ask.hasNext() ? level(ask.next()) : "9999999999,0");
            row.append(',').append(bid.hasNext() ? level(bid.next()) : "-9999999999,0");
        }
        return row.toString();
    }

    private static String level(Map.Entry<Long, Long> level) {
        return level.getKey() + "," + level.getValue();
    }

    /** An order that rests. */
    static final class Order {
        final long id;
        final int side;
        final long price;
        long size;

        private Order(long id, int side, long price, long size) {
            this.id = id;
            this.side = side;
            this.price = price;
            this.size = size;
        }
    }
}
