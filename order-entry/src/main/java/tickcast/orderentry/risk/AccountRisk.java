package tickcast.orderentry.risk;

import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/** What one account has open and holds, and which clientOrderIds it has used in this trading day. */
final class AccountRisk {
    private final String name;
    private final Int2ObjectHashMap<SymbolRisk> symbols = new Int2ObjectHashMap<>();
    private final Map<String, RiskOrder> byClientOrderId = new HashMap<>();
    private final LongHashSet usedClientOrderIds = new LongHashSet();
    private int orders;
    private int openOrders;
    private AccountLimits limits;

    AccountRisk(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Null when they have to be looked up. */
    AccountLimits limits() {
        return limits;
    }

    void limits(AccountLimits newLimits) {
        limits = newLimits;
    }

    void forgetLimits() {
        limits = null;
        symbols.values().forEach(symbol -> symbol.limits(null));
    }

    SymbolRisk symbol(int symbolId) {
        var symbol = symbols.get(symbolId);
        if (symbol == null) {
            symbol = new SymbolRisk(symbolId);
            symbols.put(symbolId, symbol);
        }
        return symbol;
    }

    int openOrders() {
        return openOrders;
    }

    /** Whether it has open orders of the symbol, 0 = of any. */
    boolean hasOpenOrders(int symbolId) {
        if (symbolId == 0) {
            return openOrders > 0;
        }
        var symbol = symbols.get(symbolId);
        return symbol != null && symbol.openOrders() > 0;
    }

    /** The open order of that name, null when there is none. */
    RiskOrder order(String clientOrderId) {
        return byClientOrderId.get(clientOrderId);
    }

    void opened(RiskOrder order) {
        orders++;
        if (!order.clientOrderId().isEmpty()) {
            byClientOrderId.putIfAbsent(order.clientOrderId(), order);
        }
        if (order.rests()) {
            openOrders++;
            order.symbol().openOrders(1);
        }
    }

    void closed(RiskOrder order) {
        order.close();
        orders--;
        byClientOrderId.remove(order.clientOrderId(), order);
        if (order.rests()) {
            openOrders--;
            order.symbol().openOrders(-1);
        }
    }

    void used(long clientOrderIdHash) {
        usedClientOrderIds.add(clientOrderIdHash);
    }

    void notUsed(long clientOrderIdHash) {
        usedClientOrderIds.remove(clientOrderIdHash);
    }

    boolean hasUsed(long clientOrderIdHash) {
        return usedClientOrderIds.contains(clientOrderIdHash);
    }

    /** Whether there is nothing to know of it: no order, no position, no clientOrderId. */
    boolean isEmpty() {
        return orders == 0
                && usedClientOrderIds.isEmpty()
                && symbols.values().stream().allMatch(SymbolRisk::isEmpty);
    }

    /** A trading day begins: all clientOrderIds may be used again, but those of open orders. */
    void newDay() {
        usedClientOrderIds.clear();
        usedClientOrderIds.compact();
        symbols.values().removeIf(SymbolRisk::isEmpty);
        byClientOrderId.keySet().forEach(clientOrderId -> used(IdHash.of(clientOrderId)));
    }
}
