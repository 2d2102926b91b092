package tickcast.simulator.recording;

import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/**
 * The book from the messages alone: it holds the orders that they tell of, and none from before the recording. Confined
 * to a thread.
 */
final class LobsterMessageBook implements LobsterBook {
    private final LobsterOrders orders = new LobsterOrders();
    private long unknownOrders;

    /** How many messages were about orders from before the recording. */
    long unknownOrders() {
        return unknownOrders;
    }

    @Override
    public String apply(LobsterMessages message, RecordedEvents events) {
        return switch (message.type()) {
            case SUBMISSION -> submit(message, events);
            case PARTIAL_CANCELLATION, DELETION, EXECUTION -> take(message, events);
            case HIDDEN_EXECUTION, CROSS, HALT -> {
                LobsterTrades.tell(message, events);
                yield null;
            }
        };
    }

    private String submit(LobsterMessages message, RecordedEvents events) {
        String contradiction = null;
        LobsterOrder old = orders.byId(message.orderId());
        if (old != null) {
            contradiction = "%s: order %d is submitted while %d at %d of it rest"
                    .formatted(message.place(), old.id, old.size, old.price);
            events.delete(KEY, old.id);
            orders.remove(old);
        }
        orders.add(message.orderId(), message.side(), message.price(), message.size());
        events.add(KEY, message.orderId(), message.side(), message.priceMantissa(), message.quantityMantissa());
        return contradiction;
    }

    private String take(LobsterMessages message, RecordedEvents events) {
        LobsterOrder order = orders.byId(message.orderId());
        if (order == null) {
            unknownOrders++;
            if (message.type() == LobsterType.EXECUTION) {
                LobsterTrades.tell(message, message.size(), events);
            }
            return null;
        }
        String contradiction = contradiction(order, message);
        long taken = message.type() == LobsterType.DELETION ? order.size : Math.min(order.size, message.size());
        if (message.type() == LobsterType.EXECUTION) {
            long price = message.price() == order.price ? RecordedEvents.OWN_PRICE : message.priceMantissa();
            events.execute(KEY, order.id, taken * Decimal8.ONE, price, true);
            if (taken < message.size()) {
                LobsterTrades.tell(message, message.size() - taken, events);
            }
        } else if (taken == order.size) {
            events.delete(KEY, order.id);
        } else {
            events.reduce(KEY, order.id, taken * Decimal8.ONE);
        }
        order.size -= taken;
        if (order.size == 0) {
            orders.remove(order);
        }
        return contradiction;
    }

    /** More may rest than the message says, as the file has only those messages that concern its best levels. */
    private static String contradiction(LobsterOrder order, LobsterMessages message) {
        if (message.size() <= order.size && message.price() == order.price && message.side() == order.side) {
            return null;
        }
        return "%s: %s of %d at %d of %s, while of order %d there rest %d at %d of %s"
                .formatted(
                        message.place(),
                        message.type().title(),
                        message.size(),
                        message.price(),
                        sideText(message.side()),
                        order.id,
                        order.size,
                        order.price,
                        sideText(order.side));
    }

    private static String sideText(Side side) {
        return side == Side.BUY ? "the bids" : "the asks";
    }
}
