package tickcast.orderentry;

/**
 * Bounds on what one account and one session may have under way.
 *
 * @param openOrders most open orders of an account over all its sessions, those that the exchange has not yet answered
 *     included, whatever the risk limits allow
 * @param pendingRequests most unanswered requests of a session; not below {@code openOrders}, so that each open order can
 *     be cancelled at once
 * @param archivedOrders of all accounts, most orders with a clientOrderId that can be asked for, and most without; not
 *     below what the exchange remembers of a trading day, so that all of these can
 */
public record OrderLimits(int openOrders, int pendingRequests, int archivedOrders) {
    private static final int DEFAULT_ARCHIVED_ORDERS = 2_000_000;

    public static final OrderLimits DEFAULT = new OrderLimits(10_000, 20_000);

    public OrderLimits {
        if (openOrders < 1) {
            throw new IllegalArgumentException("openOrders is " + openOrders + ", must be 1 or more");
        }
        if (pendingRequests < openOrders) {
            throw new IllegalArgumentException(
                    "pendingRequests is " + pendingRequests + ", must be no less than openOrders, " + openOrders);
        }
        if (archivedOrders < 1) {
            throw new IllegalArgumentException("archivedOrders is " + archivedOrders + ", must be 1 or more");
        }
    }

    public OrderLimits(int openOrders, int pendingRequests) {
        this(openOrders, pendingRequests, DEFAULT_ARCHIVED_ORDERS);
    }
}
