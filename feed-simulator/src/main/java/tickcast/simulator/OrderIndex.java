package tickcast.simulator;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Finds the recorded orders of all symbols by their ids. Venues number orders upwards and most live shortly, so the newest
 * ids have a place of their own, which is found without searching and lies beside those of their neighbours in memory;
 * an order whose place a newer one needs moves to its symbol's map. Confined to a thread.
 */
final class OrderIndex {
    private static final int RECENT = 1 << 22;

    private final BookOrder[] recent = new BookOrder[RECENT];
    private final Int2ObjectHashMap<Long2ObjectHashMap<BookOrder>> old = new Int2ObjectHashMap<>();

    /** The order of that id, null when there is none. */
    BookOrder get(int symbolId, long orderId) {
        BookOrder order = recent[place(orderId)];
        if (order != null && order.orderId() == orderId && order.symbolId() == symbolId) {
            return order;
        }
        Long2ObjectHashMap<BookOrder> ofSymbol = old.get(symbolId);
        return ofSymbol == null ? null : ofSymbol.get(orderId);
    }

    /** Keeps an order; the caller knows that there is none of its id. */
    void put(BookOrder order) {
        int place = place(order.orderId());
        BookOrder before = recent[place];
        if (before != null) {
            old.computeIfAbsent(before.symbolId(), id -> new Long2ObjectHashMap<>())
                    .put(before.orderId(), before);
        }
        recent[place] = order;
    }

    /** Forgets an order that is kept. */
    void remove(BookOrder order) {
        int place = place(order.orderId());
        if (recent[place] == order) {
            recent[place] = null;
        } else {
            old.get(order.symbolId()).remove(order.orderId());
        }
    }

    private static int place(long orderId) {
        return (int) orderId & RECENT - 1;
    }
}
