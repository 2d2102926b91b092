package tickcast.simulator;

import java.util.HashMap;
import java.util.Map;

/** An account that sends orders: its number inside the engine, and what it has open. */
final class ClientAccount {
    private final int id;
    private final String name;
    private final Map<String, ClientOrder> openByClientOrderId = new HashMap<>();
    private int openOrders;
    private long newestSeq;

    /** @param newestSeq the number of the newest report that the account has had */
    ClientAccount(int id, String name, long newestSeq) {
        this.id = id;
        this.name = name;
        this.newestSeq = newestSeq;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    long newestSeq() {
        return newestSeq;
    }

    /** The number of the next report. */
    long nextSeq() {
        newestSeq++;
        return newestSeq;
    }

    boolean hasOpenOrders() {
        return openOrders > 0;
    }

    /** The open order of that client order id, null when there is none. */
    ClientOrder find(String clientOrderId) {
        return openByClientOrderId.get(clientOrderId);
    }

    void opened(ClientOrder order) {
        openOrders++;
        if (!order.clientOrderId().isEmpty()) {
            openByClientOrderId.put(order.clientOrderId(), order);
        }
    }

    void closed(ClientOrder order) {
        openOrders--;
        openByClientOrderId.remove(order.clientOrderId(), order);
    }
}
