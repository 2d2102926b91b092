package tickcast.orderentry.risk;

import tickcast.protocol.sbe.Side;

/** An order that is open, or was written and may become so. Price and quantities are mantissas. */
final class RiskOrder {
    private final AccountRisk account;
    private final SymbolRisk symbol;
    private final long orderId;
    private final String clientOrderId;
    private final Side side;
    private final boolean rests;
    private long price;
    private long leaves;
    private long cumulative;
    /** The most total quantity that a replace on its way asks for. */
    private long replaceQuantity;

    private long replaceSeq;
    private boolean reported;
    private long exposure;

    /** @param rests whether it may stay open */
    RiskOrder(AccountRisk account, SymbolRisk symbol, long orderId, String clientOrderId, Side side, boolean rests) {
        this.account = account;
        this.symbol = symbol;
        this.orderId = orderId;
        this.clientOrderId = clientOrderId;
        this.side = side;
        this.rests = rests;
    }

    AccountRisk account() {
        return account;
    }

    SymbolRisk symbol() {
        return symbol;
    }

    long orderId() {
        return orderId;
    }

    String clientOrderId() {
        return clientOrderId;
    }

    Side side() {
        return side;
    }

    boolean rests() {
        return rests;
    }

    long price() {
        return price;
    }

    /** What it was entered for or last replaced to, what has traded included. */
    long quantity() {
        return cumulative + leaves;
    }

    /** Whether the exchange has told of it. */
    boolean reported() {
        return reported;
    }

    /** What it can still trade at most. */
    long exposure() {
        return exposure;
    }

    /** What it could still trade at most if it were replaced to {@code quantity} too. */
    long exposureWith(long quantity) {
        return Math.max(exposure, quantity - cumulative);
    }

    void entered(long newPrice, long quantity) {
        price = newPrice;
        leaves = quantity;
        expose();
    }

    void reported(long newPrice, long newLeaves, long newCumulative) {
        reported = true;
        price = newPrice;
        leaves = newLeaves;
        cumulative = newCumulative;
        expose();
    }

    void replaceSent(long seq, long quantity) {
        replaceSeq = seq;
        replaceQuantity = Math.max(replaceQuantity, quantity);
        expose();
    }

    /** The exchange has taken all requests up to {@code seq}. */
    void answered(long seq) {
        if (replaceSeq <= seq) {
            replaceQuantity = 0;
            expose();
        }
    }

    private void expose() {
        long now = Math.max(leaves, replaceQuantity - cumulative);
        symbol.open(side, now - exposure);
        exposure = now;
    }

    /** It can trade no more. */
    void close() {
        symbol.open(side, -exposure);
        exposure = 0;
    }
}
