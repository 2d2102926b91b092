package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * An order inside the engine. Objects are pooled: a listener may read one during its call and must not keep it.
 * Prices and quantities are mantissas.
 */
final class BookOrder {
    /** The account that is exempt from self-trade prevention: the order flow trades with itself. */
    static final int EXEMPT_ACCOUNT = 0;

    BookOrder previous;
    BookOrder next;
    BookLevel level;

    private long orderId;
    private int account;
    private int symbolId;
    private Side side;
    private OrderType orderType;
    private TimeInForce timeInForce;
    private boolean postOnly;
    private long price;
    private long quantity;
    private long leavesQuantity;

    void enter(
            long orderId,
            int account,
            int symbolId,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity) {
        this.orderId = orderId;
        this.account = account;
        this.symbolId = symbolId;
        this.side = side;
        this.orderType = orderType;
        this.timeInForce = timeInForce;
        this.postOnly = postOnly;
        this.price = price;
        this.quantity = quantity;
        this.leavesQuantity = quantity;
    }

    /** Takes new terms; what has traded stays traded. */
    void change(long newPrice, long newQuantity) {
        leavesQuantity = newQuantity - cumulativeQuantity();
        quantity = newQuantity;
        price = newPrice;
    }

    void fill(long tradedQuantity) {
        leavesQuantity -= tradedQuantity;
    }

    boolean mayNotTradeWith(BookOrder other) {
        return account == other.account && account != EXEMPT_ACCOUNT;
    }

    /** The worst price this order trades at. */
    long limit() {
        if (orderType == OrderType.LIMIT) {
            return price;
        }
        return side == Side.BUY ? Long.MAX_VALUE : 0;
    }

    /** Whether what does not trade at once goes into the book. */
    boolean mayRest() {
        return orderType == OrderType.LIMIT && timeInForce == TimeInForce.GTC;
    }

    long orderId() {
        return orderId;
    }

    int account() {
        return account;
    }

    int symbolId() {
        return symbolId;
    }

    Side side() {
        return side;
    }

    OrderType orderType() {
        return orderType;
    }

    TimeInForce timeInForce() {
        return timeInForce;
    }

    boolean postOnly() {
        return postOnly;
    }

    long price() {
        return price;
    }

    /** Total quantity, what has traded included. */
    long quantity() {
        return quantity;
    }

    long leavesQuantity() {
        return leavesQuantity;
    }

    long cumulativeQuantity() {
        return quantity - leavesQuantity;
    }
}
