package tickcast.simulator;

/** The orders of one price, oldest first, as a linked list, and their total quantity. */
final class BookLevel {
    private long price;
    private long quantity;
    private long recordedQuantity;
    private BookOrder first;
    private BookOrder last;

    void start(long newPrice) {
        price = newPrice;
        quantity = 0;
        recordedQuantity = 0;
    }

    void append(BookOrder order) {
        order.level = this;
        order.previous = last;
        order.next = null;
        if (last == null) {
            first = order;
        } else {
            last.next = order;
        }
        last = order;
        quantity += order.leavesQuantity();
        if (order.isRecorded()) {
            recordedQuantity += order.leavesQuantity();
        }
    }

    /** Takes the order out of the list, and what is left of it out of the quantity. */
    void remove(BookOrder order) {
        if (order.previous == null) {
            first = order.next;
        } else {
            order.previous.next = order.next;
        }
        if (order.next == null) {
            last = order.previous;
        } else {
            order.next.previous = order.previous;
        }
        order.level = null;
        order.previous = null;
        order.next = null;
        quantity -= order.leavesQuantity();
        if (order.isRecorded()) {
            recordedQuantity -= order.leavesQuantity();
        }
    }

    void reduce(long by) {
        quantity -= by;
    }

    /** A recorded order of this level has that much more, or less. */
    void changeRecorded(long by) {
        quantity += by;
        recordedQuantity += by;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Whether that much more keeps the total within a long. */
    boolean hasRoomFor(long more) {
        return more <= Long.MAX_VALUE - quantity;
    }

    long price() {
        return price;
    }

    long quantity() {
        return quantity;
    }

    /** The part of the quantity that belongs to recorded orders. */
    long recordedQuantity() {
        return recordedQuantity;
    }

    BookOrder first() {
        return first;
    }

    BookOrder last() {
        return last;
    }
}
