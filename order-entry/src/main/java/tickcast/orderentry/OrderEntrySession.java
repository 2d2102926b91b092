package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.ExecutionReportDecoder;

/**
 * The order channel of one connection. Every message gets one {@code ack} or {@code nack}, or the list it asked for: a
 * refusal of the gateway at once, everything else when the exchange has answered. Confined to its desk's thread.
 *
 * <p>When the exchange stops, what was written stays unanswered until it runs again: it takes each request exactly once,
 * and the answer comes then. New requests are refused meanwhile. Closing the session forgets its unanswered requests; its
 * orders live on, and other sessions of the account hear of them.
 */
public final class OrderEntrySession implements AutoCloseable {
    private final OrderDesk desk;
    private final long sessionId;
    private final TradingAccount account;
    private final OrderReplies replies;
    private final Long2ObjectHashMap<PendingRequest> pending = new Long2ObjectHashMap<>();
    private long lastRequestId;
    private boolean closed;

    OrderEntrySession(OrderDesk desk, long sessionId, TradingAccount account, OrderReplies replies) {
        this.desk = desk;
        this.sessionId = sessionId;
        this.account = account;
        this.replies = replies;
    }

    /**
     * Takes a message about orders. A closed session takes none.
     *
     * @param receivedNanos when it was read off the socket, nanoseconds since the Unix epoch
     * @param messageId what the answer names
     */
    public void on(ClientMessage.OrderMessage message, long receivedNanos, JsonNode messageId) {
        if (closed) {
            return;
        }
        try {
            if (message instanceof ClientMessage.PlaceOrder place) {
                place(place, receivedNanos, messageId);
            } else if (message instanceof ClientMessage.CancelOrder cancel) {
                cancel(cancel, receivedNanos, messageId);
            } else if (message instanceof ClientMessage.ReplaceOrder replace) {
                replace(replace, receivedNanos, messageId);
            } else if (message instanceof ClientMessage.CancelAll cancelAll) {
                cancelAll(cancelAll, receivedNanos, messageId);
            } else if (message instanceof ClientMessage.Orders) {
                requireReady(messageId);
                send(desk.messages().orderList(messageId, desk.openOrders().of(account.name()), null));
            } else {
                throw new Refusal(ErrorCode.UNKNOWN_TYPE, "type", messageId, "This gateway does not know it yet");
            }
        } catch (Refusal refusal) {
            send(OrderMessages.nack(refusal, clientOrderId(message)));
        }
    }

    long sessionId() {
        return sessionId;
    }

    TradingAccount account() {
        return account;
    }

    int pendingRequests() {
        return pending.size();
    }

    void send(ServerMessage message) {
        if (!closed) {
            replies.send(message);
        }
    }

    /** Answers the request that {@code report} answers; false when it came from elsewhere, or no answer is due yet. */
    boolean answer(ExecutionReportDecoder report) {
        var request = settle(report.requestId());
        if (request == null) {
            return false;
        }
        var cancelAll = request.cancelAll();
        if (cancelAll == null) {
            report.skipAccount();
            send(OrderMessages.answer(report, report.clientOrderId(), request.messageId()));
            return true;
        }
        if (cancelAll.answered()) {
            send(cancelAllAck(request.messageId(), cancelAll.count()));
            return true;
        }
        return false;
    }

    /** A request that the writer had taken was not written. */
    void refused(long requestId) {
        var request = settle(requestId);
        if (request != null
                && (request.cancelAll() == null || request.cancelAll().refused())) {
            send(OrderMessages.nack(backedUp(request.messageId(), "The orders journal cannot be written"), ""));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pending.values().stream().filter(PendingRequest::newOrder).forEach(request -> account.newOrderSettled());
        pending.clear();
        desk.remove(this);
    }

    private void place(ClientMessage.PlaceOrder order, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        var instrument = desk.validator().check(order, messageId);
        int limit = desk.limits().openOrders();
        if (desk.openOrders().count(account.name()) + account.pendingNewOrders() >= limit) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_OPEN_ORDERS,
                    null,
                    messageId,
                    ErrorCode.TOO_MANY_OPEN_ORDERS.description() + "; at most " + limit);
        }
        requireRoom(1, messageId);
        int length = desk.encoder()
                .place(order, instrument.symbolId(), receivedNanos, sessionId, nextRequestId(), account.name());
        offer(length, new PendingRequest(messageId, true, null));
        account.newOrderSent();
    }

    private void cancel(ClientMessage.CancelOrder cancel, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        requireRoom(1, messageId);
        int length = desk.encoder().cancel(cancel, receivedNanos, sessionId, nextRequestId(), account.name());
        offer(length, new PendingRequest(messageId, false, null));
    }

    /** An order that is not known here may still be on its way: then the exchange checks the new terms. */
    private void replace(ClientMessage.ReplaceOrder replace, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        var order = desk.openOrders().find(account.name(), replace.orderId(), replace.clientOrderId());
        var instrument = order == null ? null : desk.instruments().byId(order.symbolId());
        if (instrument != null) {
            desk.validator().check(replace, instrument, messageId);
        }
        requireRoom(1, messageId);
        int length = desk.encoder().replace(replace, receivedNanos, sessionId, nextRequestId(), account.name());
        offer(length, new PendingRequest(messageId, false, null));
    }

    private void cancelAll(ClientMessage.CancelAll cancelAll, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        requireReady(messageId);
        var orders = ordersToCancel(cancelAll, messageId);
        if (orders.isEmpty()) {
            send(cancelAllAck(messageId, 0));
            return;
        }
        requireRoom(orders.size(), messageId);
        var progress = new CancelAllProgress(orders.size());
        int sent = 0;
        for (var order : orders) {
            var cancel = new ClientMessage.CancelOrder(null, order.orderId(), "");
            int length = desk.encoder().cancel(cancel, receivedNanos, sessionId, nextRequestId(), account.name());
            if (!desk.lane().offer(desk.encoder().buffer(), 0, length)) {
                progress.refused();
                throw backedUp(messageId, sent + " of " + orders.size() + " cancels were sent; ask again for the rest");
            }
            pending.put(lastRequestId, new PendingRequest(messageId, false, progress));
            sent++;
        }
    }

    private List<LiveOrder> ordersToCancel(ClientMessage.CancelAll cancelAll, JsonNode messageId) throws Refusal {
        boolean allSymbols = cancelAll.symbol().isEmpty();
        int symbolId = allSymbols
                ? 0
                : desk.validator().instrument(cancelAll.symbol(), messageId).symbolId();
        return desk.openOrders().of(account.name()).stream()
                .filter(order -> allSymbols || order.symbolId() == symbolId)
                .filter(order -> cancelAll.side() == null || order.side() == cancelAll.side())
                .toList();
    }

    private void requireExchange(JsonNode messageId) throws Refusal {
        if (!desk.exchangeUp()) {
            throw new Refusal(
                    ErrorCode.EXCHANGE_UNAVAILABLE, null, messageId, ErrorCode.EXCHANGE_UNAVAILABLE.description());
        }
    }

    private void requireReady(JsonNode messageId) throws Refusal {
        if (!desk.ready()) {
            throw new Refusal(
                    ErrorCode.FEED_NOT_READY,
                    null,
                    messageId,
                    "The gateway has not read all open orders yet; try again");
        }
    }

    private void requireRoom(int requests, JsonNode messageId) throws Refusal {
        int limit = desk.limits().pendingRequests();
        if (pending.size() + requests > limit) {
            throw backedUp(
                    messageId,
                    "The session has " + pending.size() + " unanswered requests, at most " + limit + " are allowed");
        }
    }

    private void offer(int length, PendingRequest request) throws Refusal {
        if (!desk.lane().offer(desk.encoder().buffer(), 0, length)) {
            throw backedUp(request.messageId(), ErrorCode.ORDERS_BACKED_UP.description());
        }
        pending.put(lastRequestId, request);
    }

    private PendingRequest settle(long requestId) {
        var request = pending.remove(requestId);
        if (request != null && request.newOrder()) {
            account.newOrderSettled();
        }
        return request;
    }

    private long nextRequestId() {
        return ++lastRequestId;
    }

    private static Refusal backedUp(JsonNode messageId, String message) {
        return new Refusal(ErrorCode.ORDERS_BACKED_UP, null, messageId, message);
    }

    private static ServerMessage cancelAllAck(JsonNode messageId, int count) {
        return new ServerMessage.Ack(messageId, null, null, null, count);
    }

    private static String clientOrderId(ClientMessage.OrderMessage message) {
        if (message instanceof ClientMessage.PlaceOrder place) {
            return place.clientOrderId();
        }
        if (message instanceof ClientMessage.CancelOrder cancel) {
            return cancel.clientOrderId();
        }
        return message instanceof ClientMessage.ReplaceOrder replace ? replace.clientOrderId() : "";
    }
}
