package tickcast.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/** The accounts that are remembered, and the open orders of clients. Confined to a thread. */
final class ClientOrders {
    /** In the order of access: the account that was idle longest comes first. */
    private final Map<String, ClientAccount> accountsByName = new LinkedHashMap<>(16, 0.75f, true);

    private final Int2ObjectHashMap<ClientAccount> accountsById = new Int2ObjectHashMap<>();
    private final TreeMap<Long, ClientOrder> open = new TreeMap<>();
    private int lastAccountId;

    ClientAccount account(String name) {
        return account(name, 0);
    }

    /** The account of that name; a new one has had so many reports already. */
    ClientAccount account(String name, long newestSeq) {
        ClientAccount account = accountsByName.get(name);
        if (account == null) {
            lastAccountId++;
            account = new ClientAccount(lastAccountId, name, newestSeq);
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

    /** Forgets the accounts that were idle longest, so that at most so many without an open order remain. */
    void forgetIdle(int keep) {
        long excess = accountsByName.values().stream()
                        .filter(account -> !account.hasOpenOrders())
                        .count()
                - keep;
        var candidates = accountsByName.values().iterator();
        while (excess > 0) {
            ClientAccount account = candidates.next();
            if (!account.hasOpenOrders()) {
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
        // The access alone counts: the account is not idle before now.
        accountsByName.get(order.account().name());
    }
}
