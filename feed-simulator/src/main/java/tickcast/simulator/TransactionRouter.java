package tickcast.simulator;

import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/** Tells what the engine does: to the public through the feed, to the parties through the executions. */
final class TransactionRouter implements EngineListener, TradePrinter {
    private final ClientOrders clients;
    private final FeedPublisher feed;
    private final ExecutionPublisher executions;
    private int symbolId;

    TransactionRouter(ClientOrders clients, FeedPublisher feed, ExecutionPublisher executions) {
        this.clients = clients;
        this.feed = feed;
        this.executions = executions;
    }

    void begin(ClientRequest request) {
        executions.begin(request, feed.lastSeq());
    }

    /** The executions go first: what the parties were told is written, and the public can be told after a crash. */
    void publish(long timeNanos) {
        executions.publish();
        feed.publish(symbolId, timeNanos);
    }

    /** A transaction begins that is about this symbol, even if nothing else should tell so. */
    void about(int newSymbolId) {
        symbolId = newSymbolId;
    }

    @Override
    public void trade(int tradedSymbolId, long price, long quantity, Side aggressor) {
        symbolId = tradedSymbolId;
        feed.trade(price, quantity, aggressor);
    }

    @Override
    public void accepted(BookOrder order) {
        report(order, ExecType.NEW, Reason.NONE, false);
    }

    @Override
    public void rejected(BookOrder order, Reason reason) {
        report(order, ExecType.REJECTED, reason, true);
    }

    @Override
    public void traded(BookOrder resting, BookOrder incoming, long price, long quantity) {
        symbolId = incoming.symbolId();
        long tradeId = feed.trade(price, quantity, incoming.side());
        trade(incoming, true, tradeId, price, quantity);
        trade(resting, false, tradeId, price, quantity);
    }

    @Override
    public void canceled(BookOrder order, Reason reason) {
        report(order, reason == Reason.DAY_ENDED ? ExecType.EXPIRED : ExecType.CANCELED, reason, true);
    }

    @Override
    public void replaced(BookOrder order) {
        report(order, ExecType.REPLACED, Reason.NONE, false);
    }

    @Override
    public void cancelRejected(BookOrder order, Reason reason) {
        report(order, ExecType.CANCEL_REJECTED, reason, false);
    }

    @Override
    public void levelChanged(int changedSymbolId, Side side, long price, long quantity) {
        symbolId = changedSymbolId;
        feed.level(side, price, quantity);
    }

    @Override
    public void unknownOrder(long orderId, int account) {
        executions.unknownOrder(clients.byId(account), orderId);
    }

    private void trade(BookOrder order, boolean aggressor, long tradeId, long price, long quantity) {
        ClientOrder client = client(order);
        if (client != null) {
            executions.trade(client, order, aggressor, tradeId, price, quantity);
            if (order.leavesQuantity() == 0) {
                close(client, order, ExecType.TRADE, Reason.NONE);
            }
        }
    }

    private void report(BookOrder order, ExecType execType, Reason reason, boolean last) {
        ClientOrder client = client(order);
        if (client != null) {
            executions.report(client, order, execType, reason);
            if (last) {
                close(client, order, execType, reason);
            }
        }
    }

    private void close(ClientOrder client, BookOrder order, ExecType execType, Reason reason) {
        clients.closed(client, OrderState.of(order, ExecutionPublisher.status(order, execType), reason));
    }

    private ClientOrder client(BookOrder order) {
        return order.account() == BookOrder.EXEMPT_ACCOUNT ? null : clients.find(order.orderId());
    }
}
