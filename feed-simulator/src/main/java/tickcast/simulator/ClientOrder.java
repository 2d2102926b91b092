package tickcast.simulator;

/** What the engine does not know of a client's order. Confined to a thread. */
final class ClientOrder {
    private final long orderId;
    private final ClientAccount account;
    private final String clientOrderId;
    private final long placedBySession;
    private final long clientTime;
    private long newestReport;
    private OrderState state;

    /**
     * @param clientOrderId empty when the client gave none
     * @param clientTime    what the client stamped; 0 = nothing
     */
    ClientOrder(long orderId, ClientAccount account, String clientOrderId, long placedBySession, long clientTime) {
        this.orderId = orderId;
        this.account = account;
        this.clientOrderId = clientOrderId;
        this.placedBySession = placedBySession;
        this.clientTime = clientTime;
    }

    long orderId() {
        return orderId;
    }

    ClientAccount account() {
        return account;
    }

    String clientOrderId() {
        return clientOrderId;
    }

    long placedBySession() {
        return placedBySession;
    }

    long clientTime() {
        return clientTime;
    }

    /** The document with the newest report about the order; 0 when there is none. */
    long newestReport() {
        return newestReport;
    }

    void reported(long seq) {
        newestReport = seq;
    }

    /** How the order ended; of an open one, which the engine knows better, nothing or what the run before told. */
    OrderState state() {
        return state;
    }

    void state(OrderState newState) {
        state = newState;
    }
}
