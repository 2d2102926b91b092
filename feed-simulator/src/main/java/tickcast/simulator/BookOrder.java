package tickcast.simulator;

import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
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
    private SelfTradePrevention selfTradePrevention;
    private long price;
    private long quantity;
    private long leavesQuantity;
    private boolean recorded;
    private long takenQuantity;

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
        this.recorded = false;
        this.takenQuantity = 0;
        this.selfTradePrevention = SelfTradePrevention.CANCEL_NEWEST;
    }

    /** What is done when it would trade with an order of its own account, instead of cancelling it. */
    void preventSelfTrade(SelfTradePrevention mode) {
        selfTradePrevention = mode;
    }

    /** Becomes an order of a recording: what becomes of it was decided long ago, and nobody else can change it. */
    void enterRecorded(long newOrderId, int newSymbolId, Side newSide, long newPrice, long newQuantity) {
        enter(
                newOrderId,
                EXEMPT_ACCOUNT,
                newSymbolId,
                newSide,
                OrderType.LIMIT,
                TimeInForce.GTC,
                false,
                newPrice,
                newQuantity);
        recorded = true;
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

    /** Someone trades with a recorded order: it rests as before, but what was taken once is not there for others. */
    void take(long tradedQuantity) {
        takenQuantity += tradedQuantity;
    }

    /** There is that much more, or less, of a recorded order; nobody has taken of what is new. */
    void grow(long by) {
        if (by > 0) {
            takenQuantity = Math.min(takenQuantity, leavesQuantity);
        }
        quantity += by;
        leavesQuantity += by;
    }

    /** What is there for an incoming order to trade with. */
    long available() {
        return Math.max(0, leavesQuantity - takenQuantity);
    }

    boolean isRecorded() {
        return recorded;
    }

    long takenQuantity() {
        return takenQuantity;
    }

    boolean mayNotTradeWith(BookOrder other) {
        return account == other.account && account != EXEMPT_ACCOUNT && selfTradePrevention != SelfTradePrevention.NONE;
    }

    SelfTradePrevention selfTradePrevention() {
        return selfTradePrevention;
    }

    /** The worst price this order trades at. */
    long limit() {
        if (orderType == OrderType.LIMIT) {
            return price;
        }
        return side == Side.BUY ? Long.MAX_VALUE : 0;
    }

    /** Whether it may trade at that price. */
    boolean reaches(long otherPrice) {
        return side == Side.BUY ? limit() >= otherPrice : limit() <= otherPrice;
    }

    /** Whether what does not trade at once goes into the book. */
    boolean mayRest() {
        return orderType == OrderType.LIMIT && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.DAY);
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
