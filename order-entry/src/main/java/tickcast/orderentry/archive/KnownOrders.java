package tickcast.orderentry.archive;

import java.util.function.LongPredicate;
import org.agrona.collections.LongArrayQueue;

/** Orders in the order in which they became known, each with the hash of its name; bounded. Confined to a thread. */
final class KnownOrders {
    /** Takes an order that is not to be known any more. */
    interface Forgetter {
        void forget(long orderId, long name);
    }

    private final int most;
    private final LongArrayQueue ids = new LongArrayQueue(0);
    private final LongArrayQueue names = new LongArrayQueue(0);

    KnownOrders(int most) {
        this.most = most;
    }

    void clear() {
        ids.clear();
        names.clear();
    }

    void add(long orderId, long name) {
        ids.addLong(orderId);
        names.addLong(name);
    }

    /** Forgets the oldest beyond the bound, those that are open excepted: they become the youngest. */
    void shrink(LongPredicate open, Forgetter forgetter) {
        for (int looked = ids.size(); ids.size() > most && looked > 0; looked--) {
            long orderId = ids.pollLong();
            long name = names.pollLong();
            if (open.test(orderId)) {
                add(orderId, name);
            } else {
                forgetter.forget(orderId, name);
            }
        }
    }

    /** Those that are open become the youngest. */
    void makeYoungest(LongPredicate open) {
        var youngest = new KnownOrders(most);
        for (int left = ids.size(); left > 0; left--) {
            long orderId = ids.pollLong();
            (open.test(orderId) ? youngest : this).add(orderId, names.pollLong());
        }
        while (!youngest.ids.isEmpty()) {
            add(youngest.ids.pollLong(), youngest.names.pollLong());
        }
    }
}
