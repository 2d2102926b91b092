package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.function.Function;
import tickcast.orderentry.archive.ExecutionsReplay;
import tickcast.orderentry.archive.OrderLookup;
import tickcast.orderentry.archive.StoredReports;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/**
 * What a session asks about its account, and which execution reports it is sent. Confined to its desk's thread.
 *
 * <p>The session is sent the reports of every document after the one that its desk had read when it began. A resume brings
 * what the account missed up to exactly that document, so no report is lost and none is sent twice; while it is under way
 * what is live waits, and comes after it. A client may have heard more from another desk than this one has read: what it
 * says that it has is not sent.
 */
final class AccountInquiries {
    private static final int MOST_QUESTIONS = 8;
    /** When more reports wait for the end of a resume, they are read from the journal later. */
    private static final int MOST_HELD = 1_000;

    private final OrderDesk desk;
    private final OrderEntrySession session;
    private final String account;
    private boolean dropCopy = true;
    /** All reports of later documents are live to the session. */
    private long liveAfterSeq;
    /** The client has all reports up to this number. */
    private long hasAccountSeq;

    private int questions;
    /** Live reports that wait for the end of a resume, null when there is none. */
    private Queue<ServerMessage.ExecutionReport> held;

    private boolean heldTooMany;

    AccountInquiries(OrderDesk desk, OrderEntrySession session, String account) {
        this.desk = desk;
        this.session = session;
        this.account = account;
        liveAfterSeq = desk.toldSeq();
    }

    void on(ClientMessage.AccountMessage message, JsonNode messageId) throws Refusal {
        if (message instanceof ClientMessage.FindOrder find) {
            find(find, messageId);
        } else if (message instanceof ClientMessage.ResumeExecutions resume) {
            resume(resume, messageId);
        } else if (message instanceof ClientMessage.DropCopy choice) {
            dropCopy = choice.enabled();
            session.send(new ServerMessage.Ack(messageId, null, null, null, null));
        } else {
            session.requireReady(messageId);
            if (message instanceof ClientMessage.Orders orders) {
                session.send(page(orders, messageId));
            } else if (message instanceof ClientMessage.ListPositions) {
                session.send(desk.statements().positions(messageId, account));
            } else {
                session.send(desk.statements().state(messageId, account));
            }
        }
    }

    /** A live report about an order that the session {@code placedBy} placed. */
    void report(ServerMessage.ExecutionReport report, long placedBy) {
        if (!wants(placedBy) || report.accountSeq() <= hasAccountSeq) {
            return;
        }
        if (held == null) {
            session.send(report);
        } else if (!heldTooMany && held.size() < MOST_HELD) {
            held.add(report);
        } else {
            heldTooMany = true;
            held.clear();
        }
    }

    /** The desk has passed over documents: their reports were not sent. */
    void reportsLost() {
        liveAfterSeq = desk.toldSeq();
        hasAccountSeq = 0;
    }

    private boolean wants(long placedBy) {
        return dropCopy || placedBy == session.sessionId();
    }

    private ServerMessage page(ClientMessage.Orders asked, JsonNode messageId) throws Refusal {
        int symbolId = asked.symbol().isEmpty()
                ? 0
                : desk.validator().instrument(asked.symbol(), messageId).symbolId();
        var page = new ArrayList<LiveOrder>();
        for (var order : desk.openOrders().after(account, asked.after())) {
            if (symbolId != 0 && order.symbolId() != symbolId) {
                continue;
            }
            if (page.size() == asked.limit()) {
                return desk.messages()
                        .orderList(messageId, page, page.get(page.size() - 1).orderId());
            }
            page.add(order);
        }
        return desk.messages().orderList(messageId, page, null);
    }

    /** An order was to be checked and repeats a clientOrderId: tells what the exchange would, what became of the first. */
    void repeated(ClientMessage.PlaceOrder order, JsonNode messageId) {
        var first = new ClientMessage.FindOrder(null, 0, order.clientOrderId());
        try {
            requireFewQuestions(messageId);
            lookUp(first, lookup -> outcome(lookup, first, messageId));
        } catch (Refusal refusal) {
            session.send(OrderMessages.nack(refusal, order.clientOrderId()));
        }
    }

    private void find(ClientMessage.FindOrder find, JsonNode messageId) throws Refusal {
        requireFewQuestions(messageId);
        lookUp(find, lookup -> found(lookup, find, messageId));
    }

    private void lookUp(ClientMessage.FindOrder find, Function<OrderLookup, ServerMessage> answerOf) {
        questions++;
        var answer = new OrderLookup[1];
        answer[0] = new OrderLookup(
                desk.inbox(),
                account,
                find.orderId(),
                find.clientOrderId(),
                desk.toldSeq(),
                desk.sentRequests(),
                () -> {
                    questions--;
                    session.send(answerOf.apply(answer[0]));
                });
        desk.archive().submit(answer[0]);
    }

    private ServerMessage found(OrderLookup lookup, ClientMessage.FindOrder find, JsonNode messageId) {
        return switch (lookup.result()) {
            case FOUND -> history(lookup, messageId);
            case UNKNOWN -> refused(find, messageId, ErrorCode.UNKNOWN_ORDER, "The account has no such order");
            case NOT_KEPT -> refused(find, messageId, ErrorCode.HISTORY_NOT_KEPT);
            case UNDECIDED -> refused(find, messageId, ErrorCode.OUTCOME_PENDING);
            case UNREADABLE -> refused(find, messageId, ErrorCode.HISTORY_UNREADABLE);
        };
    }

    private ServerMessage outcome(OrderLookup lookup, ClientMessage.FindOrder first, JsonNode messageId) {
        return switch (lookup.result()) {
            case FOUND -> {
                var newest = lookup.reports().get(lookup.reports().size() - 1);
                yield OrderMessages.repeated(newest, first.clientOrderId(), messageId);
            }
            case UNKNOWN -> refused(first, messageId, ErrorCode.OUTCOME_PENDING); // a trading day has ended meanwhile
            default -> found(lookup, first, messageId);
        };
    }

    private ServerMessage history(OrderLookup lookup, JsonNode messageId) {
        var history = new ArrayList<ServerMessage.ExecutionReport>();
        var reports = lookup.reports();
        ServerMessage.OpenOrder state = null;
        for (int i = 0; i < reports.size(); i++) {
            var order = LiveOrder.of(reports, i);
            history.add(desk.messages().executionReport(reports.get(i), order));
            state = desk.messages().openOrder(order);
        }
        return new ServerMessage.OrderHistory(messageId, state, history, lookup.truncated() ? true : null);
    }

    private static ServerMessage refused(ClientMessage.FindOrder find, JsonNode messageId, ErrorCode code) {
        return refused(find, messageId, code, code.description());
    }

    private static ServerMessage refused(
            ClientMessage.FindOrder find, JsonNode messageId, ErrorCode code, String text) {
        return new ServerMessage.Nack(
                messageId,
                code.name(),
                text,
                null,
                find.orderId() == 0 ? null : find.orderId(),
                find.clientOrderId().isEmpty() ? null : find.clientOrderId());
    }

    private void resume(ClientMessage.ResumeExecutions resume, JsonNode messageId) throws Refusal {
        requireFewQuestions(messageId);
        if (held != null) {
            throw new Refusal(
                    ErrorCode.HISTORY_BUSY,
                    null,
                    messageId,
                    "Executions are being resumed already; wait for their end");
        }
        questions++;
        held = new ArrayDeque<>();
        boolean fromNow = resume.seq() == ClientMessage.ResumeExecutions.FROM_NOW;
        if (!fromNow) {
            session.resumed();
        }
        replay(fromNow ? Long.MAX_VALUE : resume.seq(), liveAfterSeq, messageId);
    }

    /** @param messageId null when this is not the first replay of a resume: then its outcome was told */
    private void replay(long afterAccountSeq, long upToSeq, JsonNode messageId) {
        var replay = new ExecutionsReplay[1];
        var told = new boolean[] {messageId == null};
        replay[0] = new ExecutionsReplay(desk.inbox(), account, afterAccountSeq, upToSeq, () -> {
            if (!told[0]) {
                told[0] = true;
                hasAccountSeq = replay[0].lastAccountSeq();
                session.send(new ServerMessage.ExecutionsResumed(
                        messageId, replay[0].outcome(), replay[0].count(), hasAccountSeq));
            }
            replayed(replay[0], messageId == null);
        });
        desk.archive().submit(replay[0]);
    }

    private void replayed(ExecutionsReplay replay, boolean continued) {
        if (session.isClosed()) {
            return;
        }
        send(replay.reports(), continued);
        boolean unreadable = replay.outcome() == ExecutionsOutcome.UNREADABLE;
        boolean lost = continued ? replay.outcome() != ExecutionsOutcome.RESUMED : unreadable && heldTooMany;
        if (replay.cut() || lost) {
            session.send(new ServerMessage.Warning(
                    "REPORTS_LOST", "Execution reports were deleted, or could not be read, before they could be sent"));
        }
        if (!replay.finished()) {
            session.whenWritten(() -> desk.archive().submit(replay));
        } else if (heldTooMany && !unreadable) {
            heldTooMany = false;
            replay(replay.lastAccountSeq(), desk.toldSeq(), null);
        } else {
            var waited = held;
            held = null;
            heldTooMany = false;
            questions--;
            waited.stream()
                    .filter(report -> report.accountSeq() > hasAccountSeq)
                    .forEach(session::send);
        }
    }

    private void send(StoredReports reports, boolean continued) {
        for (int i = 0; i < reports.size(); i++) {
            var order = LiveOrder.of(reports, i);
            var report = reports.get(i);
            if (!continued || wants(report.placedBySession())) {
                session.send(desk.messages().executionReport(report, order));
            }
        }
    }

    private void requireFewQuestions(JsonNode messageId) throws Refusal {
        if (questions >= MOST_QUESTIONS) {
            throw new Refusal(ErrorCode.HISTORY_BUSY, null, messageId, ErrorCode.HISTORY_BUSY.description());
        }
    }
}
