package tickcast.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * The rules for users' orders between recorded ones once more, as plainly as they can be said: all that rests lies in one
 * list, oldest first, and every question is answered by going through it.
 */
final class ReferenceReplay implements RecordedOrders {
    private static final int RECORDED = 0;
    private static final long NO_ID = 0;

    private static final class Entry {
        private final long id;
        private final int account;
        private final Side side;
        private final boolean postOnly;
        private final long price;
        private long total;
        private long leaves;
        private long taken;

        private Entry(long id, int account, Side side, boolean postOnly, long price, long total) {
            this.id = id;
            this.account = account;
            this.side = side;
            this.postOnly = postOnly;
            this.price = price;
            this.total = total;
            this.leaves = total;
        }

        private boolean recorded() {
            return account == RECORDED;
        }

        private long available() {
            return recorded() ? Math.max(0, leaves - taken) : leaves;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private boolean open = true;

    /** What the parties were told since the last call. */
    List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** The trades of the recording that were printed since the last call. */
    List<String> takePrinted() {
        List<String> taken = List.copyOf(printed);
        printed.clear();
        return taken;
    }

    /** The price levels of a side, best first. */
    List<String> levels(Side side) {
        return levels(side, entry -> true);
    }

    List<String> recordedLevels(Side side) {
        return levels(side, Entry::recorded);
    }

    private List<String> levels(Side side, Predicate<Entry> which) {
        TreeMap<Long, Long> sums = entries.stream()
                .filter(entry -> entry.side == side && which.test(entry))
                .collect(Collectors.toMap(
                        entry -> side == Side.BUY ? -entry.price : entry.price,
                        entry -> entry.leaves,
                        Long::sum,
                        TreeMap::new));
        return sums.entrySet().stream()
                .map(entry -> EventLog.level(side, entry.getValue(), Math.abs(entry.getKey())))
                .toList();
    }

    void open(boolean newOpen) {
        open = newOpen;
    }

    @Override
    public boolean add(long orderId, Side side, long price, long quantity) {
        return enter(orderId, side, price, quantity, 0);
    }

    private boolean enter(long orderId, Side side, long price, long quantity, long taken) {
        if (orderId == NO_ID || price <= 0 || quantity <= 0 || known(orderId) != null || !fits(side, price, quantity)) {
            return false;
        }
        Entry entry = new Entry(orderId, RECORDED, side, false, price, quantity);
        entry.taken = taken;
        entries.add(entry);
        entered(entry);
        return true;
    }

    @Override
    public boolean execute(long orderId, long quantity, long price, boolean isPrinted) {
        Entry entry = known(orderId);
        if (entry == null) {
            return false;
        }
        long traded = Math.min(quantity, entry.leaves);
        if (isPrinted) {
            print(price == 0 ? entry.price : price, traded, opposite(entry.side));
            traded(entry.side, entry.price, traded, true);
        }
        less(entry, traded);
        return traded == quantity;
    }

    @Override
    public boolean reduce(long orderId, long quantity) {
        Entry entry = known(orderId);
        boolean agrees = entry != null && quantity <= entry.leaves;
        if (entry != null) {
            less(entry, quantity);
        }
        return agrees;
    }

    @Override
    public boolean delete(long orderId) {
        Entry entry = known(orderId);
        return entry != null && entries.remove(entry);
    }

    @Override
    public boolean replace(long orderId, long newOrderId, long price, long quantity) {
        Entry entry = known(orderId);
        if (entry == null) {
            return false;
        }
        entries.remove(entry);
        return enter(newOrderId, entry.side, price, quantity, Math.min(entry.taken, quantity));
    }

    @Override
    public boolean executeLevel(Side side, long price, long quantity) {
        print(price, quantity, opposite(side));
        traded(side, price, quantity, true);
        List<Entry> there = new ArrayList<>(anonymous(side, price));
        there.addAll(named(side, price));
        return less(there, quantity) == 0;
    }

    @Override
    public boolean level(Side side, long price, long quantity) {
        long before = there(side, price).stream()
                .filter(Entry::recorded)
                .mapToLong(entry -> entry.leaves)
                .sum();
        if (quantity < before) {
            List<Entry> there = new ArrayList<>(reversed(anonymous(side, price)));
            there.addAll(reversed(named(side, price)));
            less(there, before - quantity);
            return true;
        }
        if (quantity == before) {
            return true;
        }
        if (!fits(side, price, quantity - before)) {
            return false;
        }
        List<Entry> there = there(side, price);
        Entry last = there.isEmpty() ? null : there.get(there.size() - 1);
        if (last == null || !last.recorded() || last.id != NO_ID) {
            last = new Entry(NO_ID, RECORDED, side, false, price, 0);
            entries.add(last);
        }
        last.taken = Math.min(last.taken, last.leaves);
        last.total += quantity - before;
        last.leaves += quantity - before;
        entered(last);
        return true;
    }

    @Override
    public void trade(long price, long quantity, Side aggressor) {
        print(price, quantity, aggressor);
        if (aggressor == Side.NULL_VAL) {
            traded(Side.BUY, price, quantity, false);
            traded(Side.SELL, price, quantity, false);
        } else {
            traded(opposite(aggressor), price, quantity, true);
        }
    }

    @Override
    public void cross(long price, long quantity) {
        print(price, quantity, Side.NULL_VAL);
        for (Side side : new Side[] {Side.BUY, Side.SELL}) {
            long left = quantity;
            for (Entry user : usersReachedBy(opposite(side), price)) {
                if (user.price != price) {
                    left -= fill(user, price, left);
                }
            }
        }
    }

    @Override
    public void clear() {
        entries.removeIf(Entry::recorded);
    }

    @Override
    public void opened() {
        for (Side side : new Side[] {Side.BUY, Side.SELL}) {
            entries.stream()
                    .filter(entry -> entry.recorded() && entry.side == side)
                    .sorted(bestFirst(side))
                    .toList()
                    .forEach(this::entered);
        }
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
        long limit = type == OrderType.LIMIT ? price : side == Side.BUY ? Long.MAX_VALUE : 0;
        Entry order = new Entry(id, account, side, postOnly, limit, quantity);
        List<Entry> others = reached(order);
        if (!open) {
            events.add("rejected " + id + " SYMBOL_NOT_OPEN");
        } else if (postOnly && (type == OrderType.MARKET || !others.isEmpty())) {
            events.add("rejected " + id + " POST_ONLY_WOULD_TRADE");
        } else if (timeInForce == TimeInForce.FOK && whyNotFilled(order, others) != null) {
            events.add("rejected " + id + " " + whyNotFilled(order, others));
        } else {
            events.add("accepted " + id);
            match(order, others, type == OrderType.LIMIT && timeInForce == TimeInForce.GTC);
        }
    }

    void cancel(long id, int account) {
        Entry order = own(id, account);
        if (order != null) {
            entries.remove(order);
            events.add("canceled " + id + " " + order.leaves + " CLIENT_REQUEST");
        }
    }

    void replaceOwn(long id, int account, long newPrice, long newTotal) {
        Entry order = own(id, account);
        if (order == null) {
            return;
        }
        Entry changed = new Entry(id, account, order.side, order.postOnly, newPrice, newTotal);
        changed.leaves = newTotal - (order.total - order.leaves);
        List<Entry> others = reached(changed);
        if (!open) {
            events.add("cancelRejected " + id + " SYMBOL_NOT_OPEN");
        } else if (changed.leaves <= 0) {
            events.add("cancelRejected " + id + " QUANTITY_TOO_SMALL");
        } else if (order.postOnly && !others.isEmpty()) {
            events.add("cancelRejected " + id + " POST_ONLY_WOULD_TRADE");
        } else {
            events.add("replaced " + id + " " + changed.leaves + " of " + newTotal + " @ " + newPrice);
            if (newPrice == order.price && newTotal <= order.total) {
                entries.set(entries.indexOf(order), changed);
            } else {
                entries.remove(order);
                match(changed, others, true);
            }
        }
    }

    private void match(Entry order, List<Entry> others, boolean mayRest) {
        for (Entry other : others) {
            if (order.leaves == 0) {
                return;
            }
            if (other.account == order.account) {
                events.add("canceled " + order.id + " " + order.leaves + " SELF_TRADE");
                return;
            }
            long quantity = Math.min(order.leaves, other.available());
            if (quantity > 0) {
                order.leaves -= quantity;
                if (other.recorded()) {
                    other.taken += quantity;
                } else {
                    less(other, quantity);
                }
                events.add(EventLog.trade(other.id, order.id, quantity, other.price, other.leaves, order.leaves));
            }
        }
        if (order.leaves > 0 && mayRest) {
            entries.add(order);
        } else if (order.leaves > 0) {
            events.add("canceled " + order.id + " " + order.leaves + " IOC_REMAINDER");
        }
    }

    private static Reason whyNotFilled(Entry order, List<Entry> others) {
        long missing = order.leaves;
        for (Entry other : others) {
            if (other.account == order.account) {
                return Reason.SELF_TRADE;
            }
            missing -= other.available();
            if (missing <= 0) {
                return null;
            }
        }
        return Reason.FOK_NOT_FILLABLE;
    }

    /** A recorded order came; the users it meets trade at their own prices. */
    private void entered(Entry recorded) {
        long left = recorded.available();
        for (Entry user : usersReachedBy(recorded.side, recorded.price)) {
            long filled = fill(user, user.price, left);
            left -= filled;
            recorded.taken += filled;
        }
    }

    /** Resting orders of a side traded at a price: so do users with a better one, or with the same and none before. */
    private void traded(Side side, long price, long quantity, boolean atPriceToo) {
        long left = quantity;
        for (Entry user : usersReachedBy(opposite(side), price)) {
            boolean first = there(side, price).stream()
                    .takeWhile(entry -> entry != user)
                    .noneMatch(Entry::recorded);
            if (user.price != price || atPriceToo && first) {
                left -= fill(user, user.price, left);
            }
        }
    }

    private long fill(Entry user, long price, long most) {
        long quantity = open ? Math.min(user.leaves, most) : 0;
        if (quantity > 0) {
            less(user, quantity);
            events.add(EventLog.trade(user.id, 0, quantity, price, user.leaves, most - quantity));
        }
        return quantity;
    }

    private List<Entry> usersReachedBy(Side incomingSide, long limit) {
        return reached(new Entry(0, RECORDED, incomingSide, false, limit, 1)).stream()
                .filter(entry -> !entry.recorded())
                .toList();
    }

    /** What rests on the other side at the incoming order's limit or better, in the order in which it would trade. */
    private List<Entry> reached(Entry incoming) {
        boolean buys = incoming.side == Side.BUY;
        return entries.stream()
                .filter(entry -> entry.side != incoming.side)
                .filter(entry -> buys ? entry.price <= incoming.price : entry.price >= incoming.price)
                .sorted(bestFirst(opposite(incoming.side)))
                .toList();
    }

    private static Comparator<Entry> bestFirst(Side side) {
        return Comparator.comparingLong(entry -> side == Side.BUY ? -entry.price : entry.price);
    }

    private List<Entry> there(Side side, long price) {
        return entries.stream()
                .filter(entry -> entry.side == side && entry.price == price)
                .toList();
    }

    private List<Entry> anonymous(Side side, long price) {
        return there(side, price).stream()
                .filter(entry -> entry.recorded() && entry.id == NO_ID)
                .toList();
    }

    private List<Entry> named(Side side, long price) {
        return there(side, price).stream()
                .filter(entry -> entry.recorded() && entry.id != NO_ID)
                .toList();
    }

    private static List<Entry> reversed(List<Entry> list) {
        List<Entry> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    private boolean fits(Side side, long price, long more) {
        return more
                <= Long.MAX_VALUE
                        - there(side, price).stream()
                                .mapToLong(entry -> entry.leaves)
                                .sum();
    }

    private void less(Entry entry, long by) {
        entry.leaves -= Math.min(by, entry.leaves);
        if (entry.leaves == 0) {
            entries.remove(entry);
        }
    }

    /** Returns how much could not be taken. */
    private long less(List<Entry> from, long by) {
        long left = by;
        for (Entry entry : from) {
            long less = Math.min(left, entry.leaves);
            left -= less;
            less(entry, less);
        }
        return left;
    }

    private Entry known(long orderId) {
        return entries.stream()
                .filter(entry -> entry.recorded() && entry.id == orderId && orderId != NO_ID)
                .findFirst()
                .orElse(null);
    }

    private Entry own(long id, int account) {
        for (Entry entry : entries) {
            if (!entry.recorded() && entry.id == id && entry.account == account) {
                return entry;
            }
        }
        events.add("cancelRejected " + id + " UNKNOWN_ORDER");
        return null;
    }

    private void print(long price, long quantity, Side aggressor) {
        printed.add(quantity + " @ " + price + " " + aggressor);
    }

    private static Side opposite(Side side) {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }
}
