package tickcast.simulator;

/**
 * Repeats in the executions all that is, for readers that start there: the trading day, every open order as RESTATED, every
 * account without one as a RESTATED report of the order 0, so that its numbering outlives the older cycles, and every
 * position. One stands at the start of each cycle and of each trading day. Confined to a thread.
 *
 * <p>Of the accounts that have neither an open order nor a position, nor a clientOrderId of the trading day, only those that
 * were active last are kept so; one that is forgotten and comes back is numbered from 1 again.
 */
final class ExecutionCheckpoint {
    /** Each session without an account has one of its own, so there is no end of them. */
    static final int MAX_IDLE_ACCOUNTS = 20_000;

    private final ClientOrders clients;
    private final MatchingEngine engine;
    private final ExecutionPublisher executions;

    ExecutionCheckpoint(ClientOrders clients, MatchingEngine engine, ExecutionPublisher executions) {
        this.clients = clients;
        this.engine = engine;
        this.executions = executions;
    }

    void write(OpenDay day, long orderSeq, long feedSeq) {
        long firstSeq = executions.seq();
        executions.begin(ClientRequest.none(orderSeq), feedSeq);
        executions.restate(day);
        executions.publish();
        clients.forgetIdle(MAX_IDLE_ACCOUNTS);
        for (ClientOrder client : clients.open()) {
            executions.restate(client, engine.order(client.orderId()));
            publishIfLong();
        }
        for (ClientAccount account : clients.accounts()) {
            if (!account.hasOpenOrders() && account.newestSeq() > 0) {
                executions.restate(account);
                publishIfLong();
            }
        }
        executions.publish();
        for (ClientAccount account : clients.accounts()) {
            for (var position : account.positions()) {
                executions.restate(account, position);
                publishIfLong();
            }
        }
        executions.publish();
        executions.keepFrom(day.firstSeq());
        executions.checkpointWritten(firstSeq);
    }

    private void publishIfLong() {
        if (executions.count() == ExecutionPublisher.MAX_REPORTS) {
            executions.publish();
        }
    }
}
