package tickcast.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/** The accounts that are remembered, and the orders of clients. Confined to a thread. */
final class ClientOrders {
    /** In the order of access: the account that was idle longest comes first. */
    private final Map<String, ClientAccount> accountsByName = new LinkedHashMap<>(16, 0.75f, true);

    private final Int2ObjectHashMap<ClientAccount> accountsById = new Int2ObjectHashMap<>();
    private final TreeMap<Long, ClientOrder> open = new TreeMap<>();
    private int lastAccountId;
    /** Of all accounts. */
    private int clientOrderIds;

    /** The account of that name, a new one if need be. */
    ClientAccount account(String name) {
        ClientAccount account = accountsByName.get(name);
        if (account == null) {
            lastAccountId++;
            account = new ClientAccount(lastAccountId, name);
            accountsByName.put(name, account);
            accountsById.put(lastAccountId, account);
        }
        return account;
    }

    ClientAccount byId(int id) {
        return accountsById.get(id);
    }

    Collection<ClientAccount> accounts() {
        return Collections.unmodifiableCollection(accountsByName.values());
    }

    /** Of those that may be forgotten, forgets those that were idle longest, so that at most so many remain. */
    void forgetIdle(int keep) {
        long excess = accountsByName.values().stream()
                        .filter(ClientAccount::isForgettable)
                        .count()
                - keep;
        var candidates = accountsByName.values().iterator();
        while (excess > 0) {
            ClientAccount account = candidates.next();
            if (account.isForgettable()) {
                candidates.remove();
                accountsById.remove(account.id());
                excess--;
            }
        }
    }

    /** Oldest first. */
    Collection<ClientOrder> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** The open order of that id, null when there is none. */
    ClientOrder find(long orderId) {
        return open.get(orderId);
    }

    /** How many clientOrderIds are remembered, of all accounts. */
    int clientOrderIds() {
        return clientOrderIds;
    }

    void opened(ClientOrder order) {
        open.put(order.orderId(), order);
        int before = order.account().clientOrderIds();
        order.account().opened(order);
        clientOrderIds += order.account().clientOrderIds() - before;
    }

    void closed(ClientOrder order, OrderState state) {
        order.state(state);
        open.remove(order.orderId());
        order.account().closed(order);
        // The access alone counts: the account is not idle before now.
        accountsByName.get(order.account().name());
    }

    /** Another trading day begins. */
    void dayBegins() {
        clientOrderIds = 0;
        for (ClientAccount account : accountsByName.values()) {
            account.dayBegins();
            clientOrderIds += account.clientOrderIds();
        }
    }
}
