package tickcast.simulator;

import org.agrona.collections.Long2ObjectHashMap;

/** The orders of all books: the resting ones by id, and the objects that are free to be used again. */
final class OrderPool {
    private final Long2ObjectHashMap<BookOrder> resting = new Long2ObjectHashMap<>();
    private BookOrder free;

    BookOrder take() {
        if (free == null) {
            return new BookOrder();
        }
        BookOrder order = free;
        free = order.next;
        order.next = null;
        return order;
    }

    void release(BookOrder order) {
        order.next = free;
        free = order;
    }

    /** The resting order of that id, null when there is none. */
    BookOrder find(long orderId) {
        return resting.get(orderId);
    }

    void rests(BookOrder order) {
        resting.put(order.orderId(), order);
    }

    void left(BookOrder order) {
        resting.remove(order.orderId());
    }

    int restingCount() {
        return resting.size();
    }
}
