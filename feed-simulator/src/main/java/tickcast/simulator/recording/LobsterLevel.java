package tickcast.simulator.recording;

/** A visible price level: the total that rests there, and those of its orders that the recording has told of. */
final class LobsterLevel {
    long price;
    long total;

    /** Part of the total that known orders make up. */
    private long known;

    private LobsterOrder first;

    void begin(long price, long total) {
        this.price = price;
        this.total = total;
        known = 0;
        first = null;
    }

    long anonymous() {
        return total - known;
    }

    long known() {
        return known;
    }

    LobsterOrder first() {
        return first;
    }

    /** The order is part of the total. */
    void attach(LobsterOrder order) {
        order.level = this;
        order.previous = null;
        order.next = first;
        if (first != null) {
            first.previous = order;
        }
        first = order;
        known += order.size;
    }

    /** The order's quantity stays in the total, and is anonymous. */
    void detach(LobsterOrder order) {
        if (order.previous == null) {
            first = order.next;
        } else {
            order.previous.next = order.next;
        }
        if (order.next != null) {
            order.next.previous = order.previous;
        }
        known -= order.size;
    }

    /** Takes from the total and from one of its known orders. */
    void take(LobsterOrder order, long size) {
        order.size -= size;
        known -= size;
        total -= size;
    }
}
