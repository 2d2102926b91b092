package tickcast.simulator.recording;

import org.agrona.collections.Long2ObjectHashMap;
import tickcast.protocol.sbe.Side;

/** The resting orders that the recording has told of. Objects of orders are used again: keep none. */
final class LobsterOrders {
    private final Long2ObjectHashMap<LobsterOrder> byId = new Long2ObjectHashMap<>();
    private LobsterOrder free;

    /** Null when it is not known. */
    LobsterOrder byId(long orderId) {
        return byId.get(orderId);
    }

    LobsterOrder add(long orderId, Side side, long price, long size) {
        LobsterOrder order = free;
        if (order == null) {
            order = new LobsterOrder();
        } else {
            free = order.next;
        }
        order.id = orderId;
        order.side = side;
        order.price = price;
        order.size = size;
        byId.put(orderId, order);
        return order;
    }

    void remove(LobsterOrder order) {
        byId.remove(order.id);
        order.level = null;
        order.previous = null;
        order.next = free;
        free = order;
    }
}
