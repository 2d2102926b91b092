package tickcast.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The accounts that were ever heard of, and the open orders of clients. Confined to a thread. */
final class ClientOrders {
    private final Map<String, ClientAccount> accountsByName = new HashMap<>();
    private final List<ClientAccount> accounts = new ArrayList<>();
    private final TreeMap<Long, ClientOrder> open = new TreeMap<>();

    ClientAccount account(String name) {
        return account(name, 0);
    }

    /** The account of that name; a new one has had so many reports already. */
    ClientAccount account(String name, long newestSeq) {
        ClientAccount account = accountsByName.get(name);
        if (account == null) {
            account = new ClientAccount(accounts.size() + 1, name, newestSeq);
            accountsByName.put(name, account);
            accounts.add(account);
        }
        return account;
    }

    ClientAccount byId(int id) {
        return accounts.get(id - 1);
    }

    List<ClientAccount> accounts() {
        return Collections.unmodifiableList(accounts);
    }

    /** Oldest first. */
    Collection<ClientOrder> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    ClientOrder find(long orderId) {
        return open.get(orderId);
    }

    ClientOrder opened(long orderId, ClientAccount account, String clientOrderId) {
        ClientOrder order = new ClientOrder(orderId, account, clientOrderId);
        open.put(orderId, order);
        account.opened(order);
        return order;
    }

    void closed(ClientOrder order) {
        open.remove(order.orderId());
        order.account().closed(order);
    }
}
