package tickcast.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tickcast.protocol.NetPosition;

/**
 * An account that sends orders: its number inside the engine, what it has open, its clientOrderIds of the trading day, and
 * its positions. Confined to a thread.
 */
final class ClientAccount {
    private final int id;
    private final String name;
    /** Oldest first. */
    private final Map<Long, ClientOrder> open = new LinkedHashMap<>();
    /** Those of the trading day, and older ones that are still open. */
    private final Map<String, ClientOrder> byClientOrderId = new HashMap<>();

    private final TreeMap<Integer, NetPosition> positions = new TreeMap<>();
    private long newestSeq;
    private long newestReport;

    ClientAccount(int id, String name) {
        this.id = id;
        this.name = name;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    /** The number of the newest report. */
    long newestSeq() {
        return newestSeq;
    }

    /** The document with the newest report; 0 when there is none. */
    long newestReport() {
        return newestReport;
    }

    /** The account has a report of the next number, in that document. */
    void reported(long documentSeq) {
        reported(newestSeq + 1, documentSeq);
    }

    void reported(long accountSeq, long documentSeq) {
        newestSeq = accountSeq;
        newestReport = documentSeq;
    }

    Collection<ClientOrder> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    boolean hasOpenOrders() {
        return !open.isEmpty();
    }

    /** The order of that clientOrderId in this trading day, open or not; null when there is none. */
    ClientOrder find(String clientOrderId) {
        return byClientOrderId.get(clientOrderId);
    }

    int clientOrderIds() {
        return byClientOrderId.size();
    }

    void opened(ClientOrder order) {
        open.put(order.orderId(), order);
        if (!order.clientOrderId().isEmpty()) {
            byClientOrderId.put(order.clientOrderId(), order);
        }
    }

    void closed(ClientOrder order) {
        open.remove(order.orderId());
    }

    /** Another trading day begins: the clientOrderIds of orders that are no longer open may be used again. */
    void dayBegins() {
        byClientOrderId.values().removeIf(order -> !open.containsKey(order.orderId()));
    }

    /** What it has of a symbol. */
    NetPosition position(int symbolId) {
        return positions.computeIfAbsent(symbolId, NetPosition::new);
    }

    /** By symbol. */
    Collection<NetPosition> positions() {
        return Collections.unmodifiableCollection(positions.values());
    }

    /** Whether it may be forgotten when it has been idle for long. */
    boolean isForgettable() {
        return open.isEmpty()
                && byClientOrderId.isEmpty()
                && positions.values().stream().allMatch(position -> position.netQuantity() == 0);
    }
}
