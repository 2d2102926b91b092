package tickcast.orderentry.risk;

import java.util.ArrayDeque;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;

/**
 * Decides whether a request may be written: by the limits of its account and symbol, by what the account has open and holds,
 * and by what an operator has halted. It is told of every request that was written and of every report, in their order, so
 * that an order counts from the moment it is written. Confined to a thread.
 *
 * <p>A position is measured at its worst: as if all open orders of a side traded and none of the other. A replace to the same
 * price and no more quantity is always allowed, and so is every cancel. Prices and quantities are mantissas.
 */
public final class RiskGate {
    private final MarketBoard market;
    private final RiskAccounts accounts;
    private final Long2ObjectHashMap<RiskOrder> orders = new Long2ObjectHashMap<>();
    /** Requests to enter or replace that the exchange has not answered, by their sequence in the orders. */
    private final ArrayDeque<Unanswered> unanswered = new ArrayDeque<>();

    private final TradingHalts halts = new TradingHalts();
    private final int mostOpenOrders;

    /** @param mostOpenOrders of an account, whatever the limits allow */
    public RiskGate(RiskLimits limits, int mostOpenOrders, MarketBoard market) {
        this.mostOpenOrders = mostOpenOrders;
        this.market = market;
        accounts = new RiskAccounts(limits, market);
    }

    private record Unanswered(long seq, RiskOrder order) {}

    /** From now on these hold. */
    public void limits(RiskLimits newLimits) {
        accounts.limits(newLimits);
    }

    /** Forgets all orders and positions, to be told them anew. Limits and halts stay. */
    public void clear() {
        accounts.clear();
        orders.clear();
        unanswered.clear();
    }

    /** Takes nothing more for the account until it is resumed. */
    public void haltAccount(String account, boolean halted) {
        halts.account(account, halted);
    }

    /** Takes nothing more in the symbol until it is resumed. */
    public void haltSymbol(String symbol, boolean halted) {
        halts.symbol(symbol, halted);
    }

    /** The accounts that have open orders in the symbol. */
    public List<String> accountsWithOrders(int symbolId) {
        return accounts.withOrders(symbolId);
    }

    /** Whether the account has named an order so in this trading day. */
    public boolean hasUsed(String account, String clientOrderId) {
        var known = accounts.find(account);
        return known != null && !clientOrderId.isEmpty() && known.hasUsed(IdHash.of(clientOrderId));
    }

    /** The mode for an order that chooses none, null when the exchange's own holds. */
    public SelfTradePrevention selfTradePrevention(String account, int symbolId) {
        var known = accounts.view(account);
        return accounts.limits(known, known.symbol(symbolId)).selfTradePrevention();
    }

    /**
     * Whether a new order may be written: null when it may.
     *
     * @param rests whether it may stay open
     * @param price 0 for a market order
     * @param selfTradePrevention as the order chooses it, null when it chooses none
     */
    public RiskRefusal check(
            String account,
            int symbolId,
            Side side,
            OrderType orderType,
            boolean rests,
            long price,
            long quantity,
            SelfTradePrevention selfTradePrevention) {
        var known = accounts.view(account);
        var symbol = known.symbol(symbolId);
        var ofSymbol = accounts.limits(known, symbol);
        var refusal = halts.refusal(account, market.symbol(symbolId));
        refusal = refusal != null ? refusal : LimitCheck.quantity(quantity, ofSymbol);
        refusal = refusal != null ? refusal : price(symbolId, orderType, price, quantity, ofSymbol);
        refusal = refusal != null || !rests ? refusal : openOrders(known, symbol, ofSymbol);
        refusal = refusal != null ? refusal : LimitCheck.position(symbol, side, quantity, ofSymbol);
        return refusal != null ? refusal : selfTrade(selfTradePrevention, ofSymbol);
    }

    /** Whether an order may be replaced: null when it may, or when there is none, which the exchange says. */
    public RiskRefusal checkReplace(String account, long orderId, String clientOrderId, long price, long quantity) {
        var order = find(account, orderId, clientOrderId);
        if (order == null || (price == order.price() && quantity <= order.quantity())) {
            return null;
        }
        var known = order.account();
        var symbol = order.symbol();
        var ofSymbol = accounts.limits(known, symbol);
        var refusal = halts.refusal(account, market.symbol(symbol.symbolId()));
        refusal = refusal != null ? refusal : LimitCheck.quantity(quantity, ofSymbol);
        refusal = refusal != null ? refusal : price(symbol.symbolId(), OrderType.LIMIT, price, quantity, ofSymbol);
        long more = order.exposureWith(quantity) - order.exposure();
        return refusal != null ? refusal : LimitCheck.position(symbol, order.side(), more, ofSymbol);
    }

    /** A new order was written. */
    public void placed(
            long orderId,
            String account,
            String clientOrderId,
            int symbolId,
            Side side,
            boolean rests,
            long price,
            long quantity) {
        var known = accounts.keep(account);
        var order = new RiskOrder(known, known.symbol(symbolId), orderId, clientOrderId, side, rests);
        order.entered(price, quantity);
        open(order);
        if (!clientOrderId.isEmpty()) {
            known.used(IdHash.of(clientOrderId));
        }
        unanswered.add(new Unanswered(orderId, order));
    }

    /** A replace was written. */
    public void replaceSent(long seq, String account, long orderId, String clientOrderId, long quantity) {
        var order = find(account, orderId, clientOrderId);
        if (order != null) {
            order.replaceSent(seq, quantity);
            unanswered.add(new Unanswered(seq, order));
        }
    }

    /**
     * The exchange has reported an order's state.
     *
     * @param open whether it can still trade
     * @param traded how much it has just traded, 0 when the report is about something else
     */
    public void reported(
            long orderId,
            String account,
            String clientOrderId,
            int symbolId,
            Side side,
            boolean open,
            long price,
            long leaves,
            long cumulative,
            long traded) {
        var known = accounts.keep(account);
        if (traded > 0) {
            known.symbol(symbolId).traded(side, traded);
        }
        if (!clientOrderId.isEmpty()) {
            known.used(IdHash.of(clientOrderId));
        }
        var order = orders.get(orderId);
        if (open && order == null) {
            order = new RiskOrder(known, known.symbol(symbolId), orderId, clientOrderId, side, true);
            open(order);
        }
        if (open) {
            order.reported(price, leaves, cumulative);
        } else if (order != null) {
            close(order);
        } else {
            accounts.changed(known);
        }
    }

    /** The exchange has restated a position. */
    public void position(String account, int symbolId, long netQuantity) {
        var known = accounts.keep(account);
        known.symbol(symbolId).position(netQuantity);
        accounts.changed(known);
    }

    /** The account has named an order so before, in this trading day. */
    public void used(String account, String clientOrderId) {
        accounts.keep(account).used(IdHash.of(clientOrderId));
    }

    /** The exchange has refused to remember the name, which is still free. */
    public void notUsed(String account, String clientOrderId) {
        var known = accounts.find(account);
        if (known != null) {
            known.notUsed(IdHash.of(clientOrderId));
            accounts.changed(known);
        }
    }

    /** The exchange has taken all requests up to {@code seq} and told what became of them. */
    public void answered(long seq) {
        for (var next = unanswered.peek(); next != null && next.seq() <= seq; next = unanswered.peek()) {
            unanswered.remove();
            var order = next.order();
            if (!orders.containsKey(order.orderId())) {
                continue;
            }
            order.answered(seq);
            if (!order.reported()) { // it repeated another
                close(order);
            }
        }
    }

    /** A trading day begins: every clientOrderId may be used again. */
    public void newDay() {
        accounts.newDay();
    }

    /** Of how many accounts there is something to know. */
    int accounts() {
        return accounts.size();
    }

    private void open(RiskOrder order) {
        orders.put(order.orderId(), order);
        order.account().opened(order);
    }

    private void close(RiskOrder order) {
        orders.remove(order.orderId());
        order.account().closed(order);
        accounts.changed(order.account());
    }

    private RiskOrder find(String account, long orderId, String clientOrderId) {
        if (orderId != 0) {
            var order = orders.get(orderId);
            return order != null && order.account().name().equals(account) ? order : null;
        }
        var known = accounts.find(account);
        return known == null ? null : known.order(clientOrderId);
    }

    private RiskRefusal price(int symbolId, OrderType orderType, long price, long quantity, SymbolLimits ofSymbol) {
        boolean limit = orderType == OrderType.LIMIT;
        long reference = market.price(symbolId);
        if (reference == 0 && (limit ? ofSymbol.priceCollar() : ofSymbol.maxNotional()) != SymbolLimits.NONE) {
            return new RiskRefusal(
                    ErrorCode.NO_REFERENCE_PRICE,
                    "No price of " + market.symbol(symbolId) + " is known yet, and the limit "
                            + (limit ? "price-collar" : "max-notional") + " needs one");
        }
        var refusal = LimitCheck.notional(limit ? price : reference, quantity, ofSymbol);
        return refusal != null || !limit ? refusal : LimitCheck.collar(price, reference, ofSymbol);
    }

    private RiskRefusal openOrders(AccountRisk account, SymbolRisk symbol, SymbolLimits ofSymbol) {
        var refusal = LimitCheck.openOrders(
                "max-open-orders",
                "The account",
                account.openOrders(),
                Math.min(mostOpenOrders, accounts.limits(account).maxOpenOrders()));
        return refusal != null
                ? refusal
                : LimitCheck.openOrders(
                        "max-symbol-open-orders", "The account", symbol.openOrders(), ofSymbol.maxOpenOrders());
    }

    /** Who is protected from trading with himself may not choose to. */
    private static RiskRefusal selfTrade(SelfTradePrevention chosen, SymbolLimits ofSymbol) {
        var mode = ofSymbol.selfTradePrevention();
        if (chosen != SelfTradePrevention.NONE || mode == null || mode == SelfTradePrevention.NONE) {
            return null;
        }
        return new RiskRefusal(
                ErrorCode.SELF_TRADE_PREVENTION,
                "The account may not trade with itself; leave selfTradePrevention out, or choose another than none");
    }
}
