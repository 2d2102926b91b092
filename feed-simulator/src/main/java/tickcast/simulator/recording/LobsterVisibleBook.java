package tickcast.simulator.recording;

import tickcast.protocol.sbe.Side;

/**
 * The book that the order-book file shows: exactly the levels in view, row by row. Each row is checked to be the one before
 * it, changed by the message; what is not, is a contradiction, and the row is taken as the truth. Orders that the messages
 * tell of are told as orders while their levels are in view. Confined to a thread.
 */
final class LobsterVisibleBook implements LobsterBook {
    private final LobsterRows rows;
    private final LobsterOrders orders = new LobsterOrders();
    private LobsterSide asks;
    private LobsterSide bids;

    /** @param rows its current row belongs to the message that is applied */
    LobsterVisibleBook(LobsterRows rows) {
        this.rows = rows;
    }

    @Override
    public String apply(LobsterMessages message, RecordedEvents events) {
        if (asks == null) {
            begin(message, events);
            return null;
        }
        String contradiction = switch (message.type()) {
            case SUBMISSION -> submit(message, events);
            case PARTIAL_CANCELLATION, DELETION, EXECUTION -> take(message, events);
            case HIDDEN_EXECUTION, CROSS, HALT -> {
                LobsterTrades.tell(message, events);
                yield null;
            }
        };
        String ofAsks = asks.settle(rows.of(Side.SELL), events);
        String ofBids = bids.settle(rows.of(Side.BUY), events);
        String difference = ofAsks != null ? ofAsks : ofBids;
        return difference == null
                ? contradiction
                : rows.place() + ": " + difference + ", by the row before and the message";
    }

    private void begin(LobsterMessages message, RecordedEvents events) {
        asks = new LobsterSide(Side.SELL, rows.levels(), orders);
        bids = new LobsterSide(Side.BUY, rows.levels(), orders);
        if (message.type() == LobsterType.EXECUTION) {
            LobsterTrades.tell(message, message.size(), events);
        } else {
            LobsterTrades.tell(message, events);
        }
        events.clear(KEY);
        asks.settle(rows.of(Side.SELL), events);
        bids.settle(rows.of(Side.BUY), events);
    }

    private String submit(LobsterMessages message, RecordedEvents events) {
        LobsterSide side = of(message.side());
        if (!side.sees(message.price())) {
            return null;
        }
        LobsterOrder old = orders.byId(message.orderId());
        if (old != null) {
            of(old.side).forgetOrder(old, events);
        }
        LobsterLevel level = side.at(message.price());
        if (level == null) {
            level = side.insert(message.price(), events);
        }
        events.add(KEY, message.orderId(), message.side(), message.priceMantissa(), message.quantityMantissa());
        level.total += message.size();
        level.attach(orders.add(message.orderId(), message.side(), message.price(), message.size()));
        return null;
    }

    private String take(LobsterMessages message, RecordedEvents events) {
        LobsterSide side = of(message.side());
        LobsterLevel level = side.at(message.price());
        if (level == null || level.total < message.size()) {
            if (message.type() == LobsterType.EXECUTION) {
                LobsterTrades.tell(message, message.size(), events);
            }
            return level == null && !side.sees(message.price())
                    ? null
                    : "%s: %s of %d at %d, where %d rested by the row before"
                            .formatted(
                                    message.place(),
                                    message.type().title(),
                                    message.size(),
                                    message.price(),
                                    level == null ? 0 : level.total);
        }
        LobsterOrder order = orders.byId(message.orderId());
        if (order != null && !fits(order, level, message)) {
            of(order.side).forgetOrder(order, events);
            order = null;
        }
        if (order == null) {
            takeAnonymous(side, level, message, events);
        } else {
            takeKnown(level, order, message, events);
        }
        if (level.total == 0) {
            side.emptied(level);
        }
        return null;
    }

    private static boolean fits(LobsterOrder order, LobsterLevel level, LobsterMessages message) {
        return order.level == level
                && (order.size == message.size()
                        || order.size > message.size() && message.type() != LobsterType.DELETION);
    }

    private void takeAnonymous(LobsterSide side, LobsterLevel level, LobsterMessages message, RecordedEvents events) {
        if (level.anonymous() < message.size()) {
            side.forgetOrders(level, events);
        }
        level.total -= message.size();
        if (message.type() == LobsterType.EXECUTION) {
            events.executeLevel(KEY, message.side(), message.priceMantissa(), message.quantityMantissa());
        } else {
            side.tell(level.price, level.total, events);
        }
    }

    private void takeKnown(LobsterLevel level, LobsterOrder order, LobsterMessages message, RecordedEvents events) {
        level.take(order, message.size());
        if (message.type() == LobsterType.EXECUTION) {
            events.execute(KEY, order.id, message.quantityMantissa(), RecordedEvents.OWN_PRICE, true);
        } else if (order.size == 0) {
            events.delete(KEY, order.id);
        } else {
            events.reduce(KEY, order.id, message.quantityMantissa());
        }
        if (order.size == 0) {
            level.detach(order);
            orders.remove(order);
        }
    }

    private LobsterSide of(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
