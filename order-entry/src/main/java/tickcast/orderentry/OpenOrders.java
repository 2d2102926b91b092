package tickcast.orderentry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The open orders of every account, as the newest reports tell them. Confined to a thread. */
final class OpenOrders {
    private final Map<String, AccountOrders> accounts = new HashMap<>();

    /** Takes the newest state of an order: it is kept while it is open and forgotten when it is not. */
    void apply(String account, LiveOrder order) {
        if (order.isOpen()) {
            accounts.computeIfAbsent(account, a -> new AccountOrders()).put(order);
            return;
        }
        var orders = accounts.get(account);
        if (orders != null) {
            orders.remove(order.orderId());
            if (orders.byId.isEmpty()) {
                accounts.remove(account);
            }
        }
    }

    void clear() {
        accounts.clear();
    }

    int count(String account) {
        var orders = accounts.get(account);
        return orders == null ? 0 : orders.byId.size();
    }

    /** The open orders of an account, oldest first; a view that the next report changes. */
    Collection<LiveOrder> of(String account) {
        var orders = accounts.get(account);
        return orders == null ? List.of() : orders.byId.values();
    }

    /** Those of an account that have a higher id, oldest first; a view that the next report changes. */
    Collection<LiveOrder> after(String account, long orderId) {
        var orders = accounts.get(account);
        return orders == null ? List.of() : orders.byId.tailMap(orderId, false).values();
    }

    /** The open order that one of the two ids names ({@code orderId} 0: the other), null when there is none. */
    LiveOrder find(String account, long orderId, String clientOrderId) {
        var orders = accounts.get(account);
        if (orders == null) {
            return null;
        }
        return orderId != 0 ? orders.byId.get(orderId) : orders.byClientOrderId.get(clientOrderId);
    }

    private static final class AccountOrders {
        private final TreeMap<Long, LiveOrder> byId = new TreeMap<>();
        private final Map<String, LiveOrder> byClientOrderId = new HashMap<>();

        void put(LiveOrder order) {
            byId.put(order.orderId(), order);
            if (!order.clientOrderId().isEmpty()) {
                byClientOrderId.put(order.clientOrderId(), order);
            }
        }

        void remove(long orderId) {
            var order = byId.remove(orderId);
            if (order != null) {
                byClientOrderId.remove(order.clientOrderId(), order);
            }
        }
    }
}
