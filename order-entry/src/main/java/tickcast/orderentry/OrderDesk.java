package tickcast.orderentry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.orderentry.archive.ArchiveInbox;
import tickcast.orderentry.archive.OrderArchive;
import tickcast.orderentry.archive.SentRequests;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/**
 * The orders of one event loop's sessions, and what the exchange says about them. Confined to that event loop.
 *
 * <p>It reads the executions journal from the newest restatement of all that is open, so that it knows every open order;
 * what was there when it began is history, which answers nobody and is sent to nobody. Each document is one transaction of the exchange.
 * Of one that is live, first the requester gets its {@code ack} or {@code nack}, then every session of the account the
 * {@code executionReport}s, in order; the answer to a cancelAll comes after them. A rejected order is reported too, since that is its final state; a refused cancel or
 * replace changes no state and is only answered. RESTATED repeats the state of an open order for readers that start late:
 * it is taken, and sent to nobody.
 */
public final class OrderDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);

    private final ExecutionsFollower executions;
    private final OrderWriter writer;
    private final OrderLane lane;
    private final InstrumentDirectory instruments;
    private final BooleanSupplier exchangeUp;
    private final LongSupplier epochNanos;
    private final OrderLimits limits;
    private final OrderLatency latency;
    private final OrderMessages messages;
    private final OrderValidator validator;
    private final RequestEncoder encoder = new RequestEncoder();
    private final OpenOrders openOrders = new OpenOrders();
    private final AccountBook accountBook = new AccountBook();
    private final AccountStatements statements;
    private final OrderArchive archive;
    private final SentRequests sentRequests;
    private final ArchiveInbox inbox = new ArchiveInbox(() -> this.whenAnswered.run());
    private final Long2ObjectHashMap<OrderEntrySession> sessions = new Long2ObjectHashMap<>();
    private final Map<String, TradingAccount> accounts = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MassCancelReportDecoder massCancel = new MassCancelReportDecoder();
    private volatile Runnable whenAnswered = () -> {};
    /** Whether a session may wait for an answer of the exchange. */
    private boolean awaitsAnswers;

    /** A desk with the default limits. */
    public OrderDesk(
            Path executionsDirectory,
            OrderWriter writer,
            InstrumentDirectory instruments,
            BooleanSupplier exchangeUp,
            OrderTiming timing,
            LongSupplier epochNanos,
            OrderArchive archive,
            IntToLongFunction markPrices) {
        this(
                executionsDirectory,
                writer,
                instruments,
                exchangeUp,
                timing,
                epochNanos,
                OrderLimits.DEFAULT,
                archive,
                markPrices);
    }

    /**
     * @param executionsDirectory of the executions journal, which need not exist yet
     * @param instruments those of the feed; confined to the same event loop
     * @param exchangeUp whether an exchange runs now; asked for every request, so it must be cheap
     * @param epochNanos nanoseconds since the Unix epoch
     * @param archive of the same executions
     * @param markPrices what positions are valued at, by symbol id; mantissas, 0 when there is none
     */
    public OrderDesk(
            Path executionsDirectory,
            OrderWriter writer,
            InstrumentDirectory instruments,
            BooleanSupplier exchangeUp,
            OrderTiming timing,
            LongSupplier epochNanos,
            OrderLimits limits,
            OrderArchive archive,
            IntToLongFunction markPrices) {
        this.writer = writer;
        this.lane = writer.newLane();
        this.instruments = instruments;
        this.exchangeUp = exchangeUp;
        this.epochNanos = epochNanos;
        this.limits = limits;
        this.latency = new OrderLatency(timing);
        this.messages = new OrderMessages(instruments);
        this.validator = new OrderValidator(instruments);
        this.archive = archive;
        this.sentRequests = writer.sentRequests();
        this.statements = new AccountStatements(accountBook, openOrders, messages, markPrices);
        this.executions = new ExecutionsFollower(executionsDirectory, new Transactions());
    }

    /**
     * Opens the order channel of a connection.
     *
     * @param sessionId above 0, and of no other session of any gateway on these journals, earlier ones included
     * @param account 1 to 32 ASCII characters; its execution reports go to all of its sessions
     */
    public OrderEntrySession open(long sessionId, String account, OrderReplies replies) {
        if (sessionId <= 0 || sessions.containsKey(sessionId)) {
            throw new IllegalArgumentException("sessionId is " + sessionId + ", must be above 0 and new");
        }
        if (account.isEmpty() || account.length() > RequestEncoder.MAX_ACCOUNT_LENGTH) {
            throw new IllegalArgumentException("account is '" + account + "', must be 1 to "
                    + RequestEncoder.MAX_ACCOUNT_LENGTH + " ASCII characters");
        }
        var session =
                new OrderEntrySession(this, sessionId, accounts.computeIfAbsent(account, TradingAccount::new), replies);
        session.account().add(session);
        sessions.put(sessionId, session);
        return session;
    }

    /**
     * Reads at most {@code limit} transactions and sends what comes of them; returns how many it read. Never blocks. What it
     * throws concerns the executions: it is to be called again, and reads them anew from the newest restatement on; until
     * all is known again {@link #ready} is false and requests are refused.
     */
    public int poll(int limit) {
        for (var done = lane.pollDone(); done != null; done = lane.pollDone()) {
            var session = sessions.get(done.sessionId());
            if (session != null) {
                session.done(done.requestId(), done.value());
            }
        }
        for (var refused = lane.pollRefused(); refused != null; refused = lane.pollRefused()) {
            var session = sessions.get(refused.sessionId());
            if (session != null) {
                session.refused(refused.requestId(), refused.refusal());
            }
        }
        inbox.deliver();
        boolean wasUp = exchangeUp(); // of one that was gone before the end was read there is nothing to come
        int read = executions.poll(limit);
        if (awaitsAnswers && read == 0 && !wasUp && limit > 0) {
            outcomesUnknown("The exchange is gone");
        }
        return read;
    }

    /** {@code action} is run, on another thread, when there are answers for {@link #poll} that no transaction brings. */
    public void whenAnswered(Runnable action) {
        whenAnswered = action;
        lane.whenAnswered(action);
    }

    /** Whether there are answers for {@link #poll} that no transaction brought. */
    public boolean hasAnswers() {
        return lane.hasAnswers() || inbox.hasAnswers();
    }

    /** All that {@link #poll} sent has gone out to the sockets: what it took is measured. */
    public void sent() {
        if (latency.hasUnsent()) {
            latency.sent(epochNanos.getAsLong());
        }
    }

    /** Where the writer of the executions wakes what {@link #awaits} them: a UDP port on 127.0.0.1. */
    public void wakeAt(int port) {
        executions.wakeAt(port);
    }

    /** Its thread is about to sleep and wants to be woken; true when there is something to {@link #poll} already. */
    public boolean awaits() {
        return executions.awaits() || hasAnswers();
    }

    /** Whether the history has been read, so that all open orders are known. */
    public boolean ready() {
        return executions.ready();
    }

    /** Sequence of the newest transaction that was read, 0 when none was. */
    public long readSeq() {
        return executions.readSeq();
    }

    /** Whether the executions could not be read and are read anew. */
    boolean failed() {
        return executions.failed();
    }

    /** Closes its sessions and the reader of the executions. */
    @Override
    public void close() {
        List.copyOf(sessions.values()).forEach(OrderEntrySession::close);
        whenAnswered(() -> {});
        executions.close();
        latency.close();
    }

    void remove(OrderEntrySession session) {
        sessions.remove(session.sessionId());
        var account = session.account();
        account.remove(session);
        if (account.sessions().isEmpty()) {
            accounts.remove(account.name());
        }
    }

    long nanoTime() {
        return writer.nanoTime();
    }

    OrderLane lane() {
        return lane;
    }

    InstrumentDirectory instruments() {
        return instruments;
    }

    boolean writerReady() {
        return writer.ready();
    }

    boolean exchangeUp() {
        return exchangeUp.getAsBoolean();
    }

    LongSupplier epochNanos() {
        return epochNanos;
    }

    OrderLimits limits() {
        return limits;
    }

    OrderMessages messages() {
        return messages;
    }

    OrderValidator validator() {
        return validator;
    }

    RequestEncoder encoder() {
        return encoder;
    }

    OpenOrders openOrders() {
        return openOrders;
    }

    OrderArchive archive() {
        return archive;
    }

    ArchiveInbox inbox() {
        return inbox;
    }

    SentRequests sentRequests() {
        return sentRequests;
    }

    AccountStatements statements() {
        return statements;
    }

    /** The document of the executions up to which sessions have been told, or were not there. */
    long toldSeq() {
        return executions.toldSeq();
    }

    /** A session has asked the exchange for something. */
    void awaitAnswers() {
        awaitsAnswers = true;
    }

    private void outcomesUnknown(String why) {
        awaitsAnswers = false;
        each(session -> session.outcomesUnknown(why));
    }

    private void each(Consumer<OrderEntrySession> action) {
        for (var session : List.copyOf(sessions.values())) {
            try {
                action.accept(session);
            } catch (RuntimeException e) {
                LOG.error("Session {} could not be told what is lost", session.sessionId(), e);
            }
        }
    }

    private void answer() {
        if (report.execType() == ExecType.RESTATED && report.duplicate() != BooleanType.TRUE) {
            return;
        }
        var session = sessions.get(report.sessionId());
        if (session != null && session.answer(report)) {
            latency.answered(OrderTimes.of(report, session.account().name(), epochNanos.getAsLong()));
        }
    }

    /** After the reports of the orders: a client that hears of it knows of all of them. */
    private void answerMassCancel() {
        var session = sessions.get(massCancel.sessionId());
        if (session != null && session.answer(massCancel)) {
            latency.answered(OrderTimes.of(massCancel, session.account().name(), epochNanos.getAsLong()));
        }
    }

    private void apply() {
        String account = report.account();
        accountBook.reported(account, report.accountSeq());
        var order = LiveOrder.of(report, report.clientOrderId());
        var execType = report.execType();
        if (execType == ExecType.CANCEL_REJECTED || report.duplicate() == BooleanType.TRUE) {
            return;
        }
        openOrders.apply(account, order);
        if (execType == ExecType.RESTATED || executions.inHistory()) {
            return;
        }
        var live = accounts.get(account);
        if (live != null) {
            var message = messages.executionReport(report, order);
            for (var session : live.sessions()) {
                session.report(message, report.placedBySession());
            }
        }
    }

    /** What the executions say is kept, and told. */
    private final class Transactions implements ExecutionsFollower.Desk {
        @Override
        public void take(DirectBuffer buffer, int offset, int length) {
            int end = offset + length;
            for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
                if (ExecutionDocument.isReport(buffer, at)) {
                    report.wrapAndApplyHeader(buffer, at, header);
                    answer();
                }
            }
            for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
                accountBook.apply(buffer, at);
                if (ExecutionDocument.isReport(buffer, at)) {
                    report.wrapAndApplyHeader(buffer, at, header);
                    apply();
                } else if (FeedHeader.templateId(buffer, at) == MassCancelReportDecoder.TEMPLATE_ID) {
                    massCancel.wrapAndApplyHeader(buffer, at, header);
                    answerMassCancel();
                }
            }
        }

        @Override
        public void forget() {
            openOrders.clear();
            accountBook.clear();
        }

        @Override
        public void reportsLost() {
            each(OrderEntrySession::reportsLost);
        }

        @Override
        public void outcomesUnknown(String why) {
            OrderDesk.this.outcomesUnknown(why);
        }
    }
}
