package tickcast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/** Collects the engine's events, one line each. */
final class EventLog implements EngineListener {
    private final List<String> events = new ArrayList<>();

    /** What came since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** The same without changes of price levels. */
    List<String> takeWithoutLevels() {
        return take().stream()
                .filter(event -> !event.startsWith("bid ") && !event.startsWith("ask "))
                .toList();
    }

    @Override
    public void accepted(BookOrder order) {
        events.add("accepted " + order.orderId());
    }

    @Override
    public void rejected(BookOrder order, Reason reason) {
        events.add("rejected " + order.orderId() + " " + reason);
    }

    @Override
    public void traded(BookOrder resting, BookOrder incoming, long price, long quantity) {
        events.add(trade(
                resting.orderId(),
                incoming.orderId(),
                quantity,
                price,
                resting.leavesQuantity(),
                incoming.leavesQuantity()));
    }

    @Override
    public void canceled(BookOrder order, Reason reason) {
        events.add("canceled " + order.orderId() + " " + order.leavesQuantity() + " " + reason);
    }

    @Override
    public void replaced(BookOrder order) {
        events.add("replaced " + order.orderId() + " " + order.leavesQuantity() + " of " + order.quantity() + " @ "
                + order.price());
    }

    @Override
    public void cancelRejected(BookOrder order, Reason reason) {
        events.add("cancelRejected " + order.orderId() + " " + reason);
    }

    @Override
    public void unknownOrder(long orderId, int account) {
        events.add("cancelRejected " + orderId + " UNKNOWN_ORDER");
    }

    @Override
    public void levelChanged(int symbolId, Side side, long price, long quantity) {
        events.add(level(side, quantity, price));
    }

    static String trade(
            long resting, long incoming, long quantity, long price, long restingLeaves, long incomingLeaves) {
        return "traded %d with %d, %d @ %d, leaving %d and %d"
                .formatted(incoming, resting, quantity, price, incomingLeaves, restingLeaves);
    }

    static String level(Side side, long quantity, long price) {
        return (side == Side.BUY ? "bid " : "ask ") + quantity + " @ " + price;
    }

    /** The levels of a side, best first. */
    static List<String> levels(BookSide side) {
        return IntStream.range(0, side.depth())
                .mapToObj(side::level)
                .map(level -> level(side.side(), level.quantity(), level.price()))
                .toList();
    }
}
