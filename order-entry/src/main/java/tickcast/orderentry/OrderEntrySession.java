package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;
import tickcast.orderentry.risk.RiskRefusal;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.Reason;

/**
 * The order channel of one connection. Every message gets one {@code ack} or {@code nack}, or the list it asked for: a
 * refusal of the gateway at once, everything else when the exchange has answered. Confined to its desk's thread.
 *
 * <p>When the exchange is gone, or its answers were lost, what is unanswered is answered with an {@code error}: the outcome is
 * unknown, and will be reported. New requests are refused while it is gone. Closing the session forgets its unanswered requests; its
 * orders live on, unless it asked for something else, and other sessions of the account hear of them.
 */
public final class OrderEntrySession implements AutoCloseable {
    private final OrderDesk desk;
    private final long sessionId;
    private final TradingAccount account;
    private final OrderReplies replies;
    private final Long2ObjectHashMap<PendingRequest> pending = new Long2ObjectHashMap<>();
    private final SessionPresence presence;
    private final AccountInquiries inquiries;
    private long lastRequestId;
    private boolean closed;

    OrderEntrySession(OrderDesk desk, long sessionId, TradingAccount account, OrderReplies replies) {
        this.desk = desk;
        this.sessionId = sessionId;
        this.account = account;
        this.replies = replies;
        this.presence = new SessionPresence(desk, this);
        this.inquiries = new AccountInquiries(desk, this, account.name());
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
            } else if (message instanceof ClientMessage.CancelOnDisconnect terms) {
                requireRoom(messageId);
                presence.cancelOnDisconnect(terms, await(messageId, terms));
            } else if (message instanceof ClientMessage.CancelAllAfter timer) {
                requireRoom(messageId);
                presence.cancelAllAfter(timer, await(messageId, timer));
            } else if (message instanceof ClientMessage.AccountMessage inquiry) {
                inquiries.on(inquiry, messageId);
            } else {
                throw new Refusal(ErrorCode.UNKNOWN_TYPE, "type", messageId, "This gateway does not know it yet");
            }
        } catch (Refusal refusal) {
            send(OrderMessages.nack(refusal, new PendingRequest(messageId, message).clientOrderId()));
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

    /** A change of one of the account's orders, which the session {@code placedBy} placed. */
    void report(ServerMessage.ExecutionReport report, long placedBy) {
        inquiries.report(report, placedBy);
    }

    /** Reports of documents up to the newest that its desk passed over were not sent. */
    void reportsLost() {
        inquiries.reportsLost();
        send(new ServerMessage.Warning(
                "REPORTS_LOST", "Execution reports are missing: the gateway fell behind, or could not take them"));
    }

    /** What the exchange was asked for and is not answered will not be: says so, and {@code why}. */
    void outcomesUnknown(String why) {
        var unknown = new TreeMap<Long, PendingRequest>();
        pending.forEach((requestId, request) -> {
            if (request.ofTheExchange()) {
                unknown.put(requestId, request);
            }
        });
        unknown.keySet().forEach(pending::remove);
        unknown.values().forEach(request -> send(OrderMessages.outcomeUnknown(request, why)));
    }

    /** Runs {@code action} when the client has taken what was sent before. */
    void whenWritten(Runnable action) {
        replies.whenWritten(action);
    }

    boolean isClosed() {
        return closed;
    }

    /** Answers the request that {@code report} answers; false when it came from elsewhere. */
    boolean answer(ExecutionReportDecoder report) {
        var request = pending.remove(report.requestId());
        if (request == null) {
            return false;
        }
        report.skipAccount();
        String ofOrder = report.clientOrderId();
        String clientOrderId = ofOrder.isEmpty() ? request.clientOrderId() : ofOrder;
        send(OrderMessages.answer(report, clientOrderId, request.messageId()));
        return true;
    }

    /** Answers the cancelAll that {@code report} answers; false when it came from elsewhere. */
    boolean answer(MassCancelReportDecoder report) {
        var request = pending.remove(report.requestId());
        if (request == null) {
            return false;
        }
        send(new ServerMessage.Ack(request.messageId(), null, null, null, (int) report.count()));
        return true;
    }

    /** A request that the writer had taken was not written. */
    void refused(long requestId, RiskRefusal refusal) {
        var request = pending.remove(requestId);
        if (request == null) {
            return;
        }
        if (refusal == RequestCheck.NO_REPEAT) {
            send(OrderMessages.nack(request.unlessRepeat(), request.clientOrderId()));
        } else {
            send(OrderMessages.nack(refusal, request));
        }
    }

    /** A request that needed no journal was done. @param value what came of it */
    void done(long requestId, long value) {
        var request = pending.remove(requestId);
        if (request == null) {
            return;
        }
        if (request.message() instanceof ClientMessage.PlaceOrder order) {
            if (value == OrderLane.REPEAT) {
                inquiries.repeated(order, request.messageId());
            } else {
                send(OrderMessages.validated(order, request.messageId()));
            }
        } else {
            send(presence.answer(request, value));
        }
    }

    /** The client goes on where sessions of its account before this one stopped: these are not waited for any more. */
    void resumed() {
        presence.resumed();
    }

    /** The connection is lost. */
    @Override
    public void close() {
        close(false, 0);
    }

    /**
     * @param inOrder whether the client closed the connection, and did not lose it
     * @param silentNanos how long ago the last came from the client: a session that resumed since then goes on for this one
     */
    public void close(boolean inOrder, long silentNanos) {
        if (closed) {
            return;
        }
        closed = true;
        pending.clear();
        presence.gone(inOrder, silentNanos);
        desk.remove(this);
    }

    private void place(ClientMessage.PlaceOrder order, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        var instrument = desk.validator().check(order, messageId);
        var late = late(order, receivedNanos, messageId);
        if (late != null && order.clientOrderId().isEmpty()) {
            throw late;
        }
        requireRoom(messageId);
        int length = desk.encoder()
                .place(order, instrument.symbolId(), receivedNanos, sessionId, nextRequestId(), account.name());
        var request = new PendingRequest(messageId, order, late);
        int conditions = (order.validateOnly() ? OrderLane.CHECK_ONLY : 0) | (late == null ? 0 : OrderLane.ONLY_REPEAT);
        taken(desk.lane().offer(conditions, desk.encoder().buffer(), 0, length), request);
    }

    /** That the order comes too late to be sent, unless it repeats a clientOrderId: what became of the first is more than that. */
    private static Refusal late(ClientMessage.PlaceOrder order, long receivedNanos, JsonNode messageId) {
        try {
            OrderValidator.requireInTime(order.validity(), receivedNanos, messageId);
            return null;
        } catch (Refusal late) {
            return late;
        }
    }

    private void cancel(ClientMessage.CancelOrder cancel, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        OrderValidator.requireInTime(cancel.validity(), receivedNanos, messageId);
        requireRoom(messageId);
        int length = desk.encoder().cancel(cancel, receivedNanos, sessionId, nextRequestId(), account.name());
        offer(length, new PendingRequest(messageId, cancel));
    }

    /** An order that is not known here may still be on its way: then the exchange checks the new terms. */
    private void replace(ClientMessage.ReplaceOrder replace, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        var order = desk.openOrders().find(account.name(), replace.orderId(), replace.clientOrderId());
        var instrument = order == null ? null : desk.instruments().byId(order.symbolId());
        if (instrument != null) {
            desk.validator().check(replace, instrument, messageId);
        }
        OrderValidator.requireInTime(replace.validity(), receivedNanos, messageId);
        requireRoom(messageId);
        int length = desk.encoder().replace(replace, receivedNanos, sessionId, nextRequestId(), account.name());
        offer(length, new PendingRequest(messageId, replace));
    }

    private void cancelAll(ClientMessage.CancelAll cancelAll, long receivedNanos, JsonNode messageId) throws Refusal {
        requireExchange(messageId);
        int symbolId = cancelAll.symbol().isEmpty()
                ? 0
                : desk.validator().instrument(cancelAll.symbol(), messageId).symbolId();
        requireRoom(messageId);
        int length = desk.encoder()
                .massCancel(
                        symbolId,
                        cancelAll.side(),
                        Reason.CLIENT_REQUEST,
                        0,
                        receivedNanos,
                        sessionId,
                        nextRequestId(),
                        account.name());
        offer(length, new PendingRequest(messageId, cancelAll));
    }

    private void requireExchange(JsonNode messageId) throws Refusal {
        if (!desk.exchangeUp()) {
            throw new Refusal(
                    ErrorCode.EXCHANGE_UNAVAILABLE, null, messageId, ErrorCode.EXCHANGE_UNAVAILABLE.description());
        }
        if (!desk.writerReady() || desk.failed()) {
            throw notReady(messageId);
        }
    }

    void requireReady(JsonNode messageId) throws Refusal {
        if (!desk.ready()) {
            throw notReady(messageId);
        }
    }

    private static Refusal notReady(JsonNode messageId) {
        return new Refusal(
                ErrorCode.FEED_NOT_READY, null, messageId, "The gateway has not read all open orders yet; try again");
    }

    private void requireRoom(JsonNode messageId) throws Refusal {
        int limit = desk.limits().pendingRequests();
        if (pending.size() >= limit) {
            throw backedUp(
                    messageId,
                    "The session has " + pending.size() + " unanswered requests, at most " + limit + " are allowed");
        }
    }

    private void offer(int length, PendingRequest request) throws Refusal {
        taken(desk.lane().offer(desk.encoder().buffer(), 0, length), request);
    }

    private void taken(boolean taken, PendingRequest request) throws Refusal {
        if (!taken) {
            throw backedUp(request.messageId(), ErrorCode.ORDERS_BACKED_UP.description());
        }
        pending.put(lastRequestId, request);
        desk.awaitAnswers();
    }

    /** The number of a request that is answered with {@link #done}. */
    private long await(JsonNode messageId, ClientMessage.OrderMessage message) {
        pending.put(nextRequestId(), new PendingRequest(messageId, message));
        return lastRequestId;
    }

    private long nextRequestId() {
        return ++lastRequestId;
    }

    private static Refusal backedUp(JsonNode messageId, String message) {
        return new Refusal(ErrorCode.ORDERS_BACKED_UP, null, messageId, message);
    }
}
