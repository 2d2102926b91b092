package tickcast.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * The rules of one open symbol once more, as plainly as they can be said: all resting orders lie in one list, oldest
 * priority first, and every question is answered by going through it.
 */
final class ReferenceEngine {
    private static final class Entry {
        private final long id;
        private final int account;
        private final Side side;
        private final boolean postOnly;
        private final SelfTradePrevention mode;
        private long price;
        private long total;
        private long leaves;

        private Entry(
                long id,
                int account,
                Side side,
                boolean postOnly,
                SelfTradePrevention mode,
                long price,
                long quantity) {
            this.id = id;
            this.account = account;
            this.side = side;
            this.postOnly = postOnly;
            this.mode = mode;
            this.price = price;
            this.total = quantity;
            this.leaves = quantity;
        }

        private boolean mayNotTradeWith(Entry other) {
            return other.account == account && account != 0 && mode != SelfTradePrevention.NONE;
        }
    }

    private final int maxLevels;
    private final List<Entry> resting = new ArrayList<>();
    private List<String> events = new ArrayList<>();

    ReferenceEngine(int maxLevels) {
        this.maxLevels = maxLevels;
    }

    List<String> take() {
        List<String> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    void submit(
            long id,
            int account,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity) {
        submit(id, account, side, type, timeInForce, postOnly, price, quantity, SelfTradePrevention.CANCEL_NEWEST);
    }

    void submit(
            long id,
            int account,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity,
            SelfTradePrevention mode) {
        long limit = type == OrderType.LIMIT ? price : side == Side.BUY ? Long.MAX_VALUE : 0;
        Entry order = new Entry(id, account, side, postOnly, mode, limit, quantity);
        boolean mayRest = type == OrderType.LIMIT && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.DAY);
        List<Entry> others = tradable(order);
        if (postOnly && (type == OrderType.MARKET || !others.isEmpty())) {
            events.add("rejected " + id + " POST_ONLY_WOULD_TRADE");
        } else if (timeInForce == TimeInForce.FOK && whyNotFilled(order, others) != null) {
            events.add("rejected " + id + " " + whyNotFilled(order, others));
        } else if (mayRest && others.isEmpty() && isFull(order)) {
            events.add("rejected " + id + " LEVEL_LIMIT");
        } else {
            events.add("accepted " + id);
            trade(order, mayRest);
        }
    }

    void cancel(long id, int account) {
        Entry order = own(id, account);
        if (order != null) {
            resting.remove(order);
            events.add("canceled " + id + " " + order.leaves + " CLIENT_REQUEST");
            level(order.side, order.price);
        }
    }

    void replace(long id, int account, long newPrice, long newTotal) {
        Entry order = own(id, account);
        if (order == null) {
            return;
        }
        long traded = order.total - order.leaves;
        Entry changed = new Entry(id, account, order.side, order.postOnly, order.mode, newPrice, newTotal);
        changed.leaves = newTotal - traded;
        String changedText = "replaced " + id + " " + changed.leaves + " of " + newTotal + " @ " + newPrice;
        boolean trades = !tradable(changed).isEmpty();
        int place = resting.indexOf(order);
        if (newTotal <= traded) {
            events.add("cancelRejected " + id + " QUANTITY_TOO_SMALL");
        } else if (order.postOnly && trades) {
            events.add("cancelRejected " + id + " POST_ONLY_WOULD_TRADE");
        } else if (newPrice == order.price && newTotal <= order.total) {
            resting.set(place, changed);
            events.add(changedText);
            if (newTotal < order.total) {
                level(order.side, order.price);
            }
        } else {
            resting.remove(order);
            if (!trades && isFull(changed)) {
                resting.add(place, order);
                events.add("cancelRejected " + id + " LEVEL_LIMIT");
            } else {
                level(order.side, order.price);
                events.add(changedText);
                trade(changed, true);
            }
        }
    }

    /** The price levels of a side, best first. */
    List<String> levels(Side side) {
        TreeMap<Long, Long> sums = resting.stream()
                .filter(order -> order.side == side)
                .collect(Collectors.toMap(
                        order -> side == Side.BUY ? -order.price : order.price,
                        order -> order.leaves,
                        Long::sum,
                        TreeMap::new));
        return sums.entrySet().stream()
                .map(entry -> EventLog.level(side, entry.getValue(), Math.abs(entry.getKey())))
                .toList();
    }

    private void trade(Entry incoming, boolean mayRest) {
        String ended = null;
        List<Entry> others = tradable(incoming);
        for (int i = 0; i < others.size() && incoming.leaves > 0 && ended == null; i++) {
            Entry other = others.get(i);
            boolean keepsResting = false;
            if (incoming.mayNotTradeWith(other)) {
                keepsResting = incoming.mode == SelfTradePrevention.CANCEL_NEWEST;
                if (!keepsResting) {
                    resting.remove(other);
                    events.add("canceled " + other.id + " " + other.leaves + " SELF_TRADE");
                }
                if (incoming.mode != SelfTradePrevention.CANCEL_OLDEST) {
                    ended = "SELF_TRADE";
                }
            } else {
                long quantity = Math.min(other.leaves, incoming.leaves);
                other.leaves -= quantity;
                incoming.leaves -= quantity;
                events.add(EventLog.trade(other.id, incoming.id, quantity, other.price, other.leaves, incoming.leaves));
                if (other.leaves == 0) {
                    resting.remove(other);
                }
            }
            boolean changed = !keepsResting || i > 0 && others.get(i - 1).price == other.price;
            boolean levelDone = i + 1 == others.size() || others.get(i + 1).price != other.price;
            if (changed && (ended != null || levelDone || incoming.leaves == 0)) {
                level(other.side, other.price);
            }
        }
        if (incoming.leaves > 0 && ended == null) {
            if (!mayRest) {
                ended = "IOC_REMAINDER";
            } else if (isFull(incoming)) {
                ended = "LEVEL_LIMIT";
            } else {
                resting.add(incoming);
                level(incoming.side, incoming.price);
            }
        }
        if (ended != null) {
            events.add("canceled " + incoming.id + " " + incoming.leaves + " " + ended);
        }
    }

    /** The orders that the incoming one reaches, in the order in which it would trade with them. */
    private List<Entry> tradable(Entry incoming) {
        boolean buys = incoming.side == Side.BUY;
        Comparator<Entry> byPrice = Comparator.comparingLong(order -> buys ? order.price : -order.price);
        return resting.stream()
                .filter(order -> order.side != incoming.side)
                .filter(order -> buys ? order.price <= incoming.price : order.price >= incoming.price)
                .sorted(byPrice)
                .toList();
    }

    private static Reason whyNotFilled(Entry incoming, List<Entry> others) {
        long sum = 0;
        for (Entry other : others) {
            if (!incoming.mayNotTradeWith(other)) {
                sum += other.leaves;
            } else if (incoming.mode != SelfTradePrevention.CANCEL_OLDEST) {
                return Reason.SELF_TRADE;
            }
            if (sum >= incoming.leaves) {
                return null;
            }
        }
        return Reason.FOK_NOT_FILLABLE;
    }

    private boolean isFull(Entry order) {
        List<Long> prices = resting.stream()
                .filter(other -> other.side == order.side)
                .map(other -> other.price)
                .distinct()
                .toList();
        return prices.size() >= maxLevels && !prices.contains(order.price);
    }

    private void level(Side side, long price) {
        long sum = resting.stream()
                .filter(order -> order.side == side && order.price == price)
                .mapToLong(order -> order.leaves)
                .sum();
        events.add(EventLog.level(side, sum, price));
    }

    private Entry own(long id, int account) {
        for (Entry order : resting) {
            if (order.id == id && order.account == account) {
                return order;
            }
        }
        events.add("cancelRejected " + id + " UNKNOWN_ORDER");
        return null;
    }
}
