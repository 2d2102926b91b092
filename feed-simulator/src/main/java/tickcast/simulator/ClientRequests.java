package tickcast.simulator;

import org.agrona.DirectBuffer;
import tickcast.protocol.RequestHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;

/**
 * What clients ask for, done: each request begins a transaction, and whoever calls publishes it. Confined to a thread.
 *
 * <ul>
 *   <li>A new order whose clientOrderId the account has used in this trading day changes nothing; its answer tells what
 *       became of the order that has it, marked as duplicate.
 *   <li>So many clientOrderIds are remembered in a day. Beyond, orders that have one are rejected with {@code
 *       CLIENT_ORDER_ID_LIMIT}, and those without go on.
 *   <li>A request that is valid until a time before now is refused with {@code TOO_LATE}. A new order that was late when
 *       it was received was sent because it might be a repeat; its clientOrderId can still be used.
 * </ul>
 */
final class ClientRequests {
    private final TradingDays days;
    private final ClientOrders clients;
    private final MatchingEngine engine;
    private final ExecutionPublisher executions;
    private final TransactionRouter router;
    private final OrderSweep sweep;

    ClientRequests(
            TradingDays days,
            ClientOrders clients,
            MatchingEngine engine,
            ExecutionPublisher executions,
            TransactionRouter router,
            OrderSweep sweep) {
        this.days = days;
        this.clients = clients;
        this.engine = engine;
        this.executions = executions;
        this.router = router;
        this.sweep = sweep;
    }

    /** @param nowNanos since the epoch, here and below */
    void enter(NewOrderDecoder message, long nowNanos) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        ClientRequest request = begin(message.seq(), message.buffer(), message.offset(), clientOrderId);
        ClientOrder original = clientOrderId.isEmpty() ? null : account.find(clientOrderId);
        if (original != null) {
            executions.duplicate(original, state(original));
            return;
        }
        boolean cameLate = isTooLate(message.validUntil(), request.receivedTime());
        String used = cameLate ? "" : clientOrderId;
        var order = new ClientOrder(message.seq(), account, used, request.sessionId(), message.clientTime());
        if (!used.isEmpty() && !roomForClientOrderId(account)) {
            executions.report(order, rejected(message, Reason.CLIENT_ORDER_ID_LIMIT), ExecType.REJECTED);
            return;
        }
        clients.opened(order);
        if (cameLate || isTooLate(message.validUntil(), nowNanos)) {
            OrderState state = rejected(message, Reason.TOO_LATE);
            executions.report(order, state, ExecType.REJECTED);
            clients.closed(order, state);
            return;
        }
        engine.submit(
                order.orderId(),
                account.id(),
                (int) message.symbolId(),
                message.side(),
                message.orderType(),
                message.timeInForce(),
                message.postOnly() == BooleanType.TRUE,
                message.price(),
                message.quantity(),
                selfTradePrevention(message));
    }

    void cancel(CancelOrderDecoder message, long nowNanos) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        begin(message.seq(), message.buffer(), message.offset(), clientOrderId);
        long orderId = target(account, message.orderId(), clientOrderId);
        if (isTooLate(message.validUntil(), nowNanos)) {
            tooLate(account, orderId);
        } else {
            engine.cancel(orderId, account.id(), Reason.CLIENT_REQUEST);
        }
    }

    void replace(ReplaceOrderDecoder message, long nowNanos) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        begin(message.seq(), message.buffer(), message.offset(), clientOrderId);
        long orderId = target(account, message.orderId(), clientOrderId);
        if (isTooLate(message.validUntil(), nowNanos)) {
            tooLate(account, orderId);
        } else {
            engine.replace(orderId, account.id(), message.price(), message.quantity());
        }
    }

    void massCancel(MassCancelDecoder message) {
        ClientAccount account = clients.account(message.account());
        ClientRequest request = request(message.seq(), message.buffer(), message.offset(), "");
        int symbolId = (int) message.symbolId();
        Side side = message.side();
        long session = message.placedBySession();
        Reason reason = message.reason();
        int count = sweep.cancel(
                account.open(),
                (client, order) -> (symbolId == 0 || order.symbolId() == symbolId)
                        && (side == Side.NULL_VAL || order.side() == side)
                        && (session == 0 || client.placedBySession() == session),
                reason == Reason.NONE || reason == Reason.NULL_VAL ? Reason.CLIENT_REQUEST : reason,
                request.unfinished(),
                request.unanswered());
        executions.massCancelled(account, request, symbolId, count);
    }

    private ClientRequest begin(long seq, DirectBuffer buffer, int bodyOffset, String clientOrderId) {
        ClientRequest request = request(seq, buffer, bodyOffset, clientOrderId);
        router.begin(request);
        return request;
    }

    private static ClientRequest request(long seq, DirectBuffer buffer, int bodyOffset, String clientOrderId) {
        int offset = bodyOffset - MessageHeaderDecoder.ENCODED_LENGTH;
        return new ClientRequest(
                seq,
                RequestHeader.receivedTime(buffer, offset),
                RequestHeader.writtenTime(buffer, offset),
                RequestHeader.sessionId(buffer, offset),
                RequestHeader.requestId(buffer, offset),
                clientOrderId);
    }

    private boolean roomForClientOrderId(ClientAccount account) {
        return account.clientOrderIds() < days.clientOrderIdsOfAccount()
                && clients.clientOrderIds() < days.clientOrderIds();
    }

    /** Of an order of this trading day, or one that is open. */
    private OrderState state(ClientOrder order) {
        BookOrder open = clients.find(order.orderId()) == null ? null : engine.order(order.orderId());
        return open == null
                ? order.state()
                : OrderState.of(open, ExecutionPublisher.status(open, ExecType.RESTATED), Reason.NONE);
    }

    private void tooLate(ClientAccount account, long orderId) {
        ClientOrder order = clients.find(orderId);
        if (order == null || order.account() != account) {
            executions.unknownOrder(account, orderId);
        } else {
            executions.report(order, engine.order(orderId), ExecType.CANCEL_REJECTED, Reason.TOO_LATE);
        }
    }

    /** The order that a request names by either id; 0, which no order has, when there is none. */
    private long target(ClientAccount account, long orderId, String clientOrderId) {
        if (orderId != 0) {
            return orderId;
        }
        ClientOrder order = account.find(clientOrderId);
        return order == null || clients.find(order.orderId()) == null ? 0 : order.orderId();
    }

    /** A message of the schema before has no such time. */
    private static boolean isTooLate(long validUntilNanos, long nowNanos) {
        return validUntilNanos > 0 && nowNanos > validUntilNanos;
    }

    private static SelfTradePrevention selfTradePrevention(NewOrderDecoder message) {
        SelfTradePrevention mode = message.selfTradePrevention();
        return mode == SelfTradePrevention.NULL_VAL ? SelfTradePrevention.CANCEL_NEWEST : mode;
    }

    private static OrderState rejected(NewOrderDecoder message, Reason reason) {
        return new OrderState(
                (int) message.symbolId(),
                message.side(),
                message.orderType(),
                message.timeInForce(),
                message.postOnly() == BooleanType.TRUE,
                message.price(),
                message.quantity(),
                0,
                OrderStatus.REJECTED,
                reason);
    }
}
