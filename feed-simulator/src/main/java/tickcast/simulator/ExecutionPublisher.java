package tickcast.simulator;

import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.NetPosition;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportEncoder;
import tickcast.protocol.sbe.MassCancelReportEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.PositionEncoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingDayEncoder;

/**
 * Writes the executions: all reports of a transaction in one document. The first report of a transaction answers the
 * request that caused it. Reports that change something are numbered by account and linked to those before them; a
 * refused cancel or replace, a repeated state and a duplicate take no number and nothing is linked to them. Confined to
 * a thread.
 */
final class ExecutionPublisher {
    /** Of one document. */
    static final int MAX_REPORTS = 1_000;

    private final DocumentSink executions;
    private final LongSupplier epochNanos;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final MassCancelReportEncoder massCancel = new MassCancelReportEncoder();
    private final PositionEncoder position = new PositionEncoder();
    private final TradingDayEncoder tradingDay = new TradingDayEncoder();
    /** Where each message of the document begins. */
    private final IntArrayList offsets = new IntArrayList();

    private int length;
    private ClientRequest request = ClientRequest.none(0);
    private long feedSeq;

    ExecutionPublisher(DocumentSink executions, LongSupplier epochNanos) {
        this.executions = executions;
        this.epochNanos = epochNanos;
    }

    /** Begins a transaction; feedSeq is the newest of the feed before it. */
    void begin(ClientRequest newRequest, long newFeedSeq) {
        request = newRequest;
        feedSeq = newFeedSeq;
        offsets.clear();
        length = 0;
    }

    /** What happened to an order, except a trade. */
    void report(ClientOrder client, BookOrder order, ExecType execType, Reason reason) {
        add(client, execType, status(order, execType), reason);
        terms(order, execType);
        finish(client.account(), client.clientOrderId());
    }

    /** One of the account's orders traded; its position follows. */
    void trade(ClientOrder client, BookOrder order, boolean aggressor, long tradeId, long price, long quantity) {
        client.account().position(order.symbolId()).trade(order.side(), price, quantity);
        report(client, order, ExecType.TRADE, Reason.NONE);
        report.tradeId(tradeId)
                .lastPrice(price)
                .lastQuantity(quantity)
                .aggressor(aggressor ? BooleanType.TRUE : BooleanType.FALSE);
    }

    /** An order that the engine never had, or does not have any more, is in that state now. */
    void report(ClientOrder client, OrderState state, ExecType execType) {
        add(client, execType, state.status(), state.reason());
        terms(state);
        finish(client.account(), client.clientOrderId());
    }

    /** The request repeats a clientOrderId: tells what became of the order that has it. */
    void duplicate(ClientOrder original, OrderState state) {
        var execType = state.status() == OrderStatus.REJECTED ? ExecType.REJECTED : ExecType.RESTATED;
        link(original, execType, state.status(), state.reason());
        report.duplicate(BooleanType.TRUE);
        terms(state);
        finish(original.account(), original.clientOrderId());
    }

    /** A cancel or replace of an order that is not there. */
    void unknownOrder(ClientAccount account, long orderId) {
        start(account.newestSeq(), orderId, ExecType.CANCEL_REJECTED, OrderStatus.REJECTED, Reason.UNKNOWN_ORDER);
        report.prevAccountReport(account.newestReport());
        noTerms();
        finish(account, request.clientOrderId());
    }

    /** Answers a mass cancel, in the document with the last of its reports. */
    void massCancelled(ClientAccount account, ClientRequest answered, int symbolId, int count) {
        offsets.addInt(length);
        massCancel
                .wrapAndApplyHeader(buffer, length, header)
                .seq(seq())
                .orderSeq(answered.orderSeq())
                .feedSeq(feedSeq)
                .receivedTime(answered.receivedTime())
                .writtenTime(answered.writtenTime())
                .sessionId(answered.sessionId())
                .requestId(answered.requestId())
                .accountSeq(account.newestSeq())
                .symbolId(Integer.toUnsignedLong(symbolId))
                .count(count)
                .account(account.name());
        length += MessageHeaderEncoder.ENCODED_LENGTH + massCancel.encodedLength();
    }

    /** Repeats the state of an open order. */
    void restate(ClientOrder client, BookOrder order) {
        link(client, ExecType.RESTATED, status(order, ExecType.RESTATED), Reason.NONE);
        terms(order, ExecType.RESTATED);
        finish(client.account(), client.clientOrderId());
    }

    /** Repeats the number of an account's newest report. */
    void restate(ClientAccount account) {
        start(account.newestSeq(), 0, ExecType.RESTATED, OrderStatus.CANCELED, Reason.NONE);
        report.prevAccountReport(account.newestReport());
        noTerms();
        finish(account, "");
    }

    void restate(ClientAccount account, NetPosition held) {
        offsets.addInt(length);
        position.wrapAndApplyHeader(buffer, length, header)
                .seq(seq())
                .orderSeq(request.orderSeq())
                .feedSeq(feedSeq)
                .accountSeq(account.newestSeq())
                .prevAccountReport(account.newestReport());
        held.encode(position);
        position.account(account.name());
        length += MessageHeaderEncoder.ENCODED_LENGTH + position.encodedLength();
    }

    void restate(OpenDay day) {
        offsets.addInt(length);
        tradingDay
                .wrapAndApplyHeader(buffer, length, header)
                .seq(seq())
                .orderSeq(request.orderSeq())
                .feedSeq(feedSeq)
                .day(day.day())
                .endTime(day.endNanos())
                .dayFirstSeq(day.firstSeq());
        length += MessageHeaderEncoder.ENCODED_LENGTH + tradingDay.encodedLength();
    }

    /** Of the document that is being made. */
    long seq() {
        return executions.lastSeq() + 1;
    }

    /** Messages of the document that is being made. */
    int count() {
        return offsets.size();
    }

    /** Writes the transaction's document, if it has any messages. */
    void publish() {
        if (length == 0) {
            return;
        }
        long matchedTime = epochNanos.getAsLong();
        for (int i = 0; i < offsets.size(); i++) {
            int template = FeedHeader.templateId(buffer, offsets.getInt(i));
            int body = offsets.getInt(i) + MessageHeaderEncoder.ENCODED_LENGTH;
            if (template == ExecutionReportEncoder.TEMPLATE_ID) {
                report.wrap(buffer, body).matchedTime(matchedTime);
            } else if (template == MassCancelReportEncoder.TEMPLATE_ID) {
                massCancel.wrap(buffer, body).matchedTime(matchedTime);
            }
        }
        long reportedTime = epochNanos.getAsLong();
        for (int i = 0; i < offsets.size(); i++) {
            FeedHeader.putTime(buffer, offsets.getInt(i), reportedTime);
        }
        executions.append(buffer, length);
        offsets.clear();
        length = 0;
    }

    boolean cycleBegins() {
        return executions.newCycle();
    }

    void checkpointWritten(long firstSeq) {
        executions.checkpointWritten(firstSeq);
    }

    /** Nothing from there on may be deleted. */
    void keepFrom(long seq) {
        executions.keepFrom(seq);
    }

    static OrderStatus status(BookOrder order, ExecType execType) {
        return switch (execType) {
            case REJECTED -> OrderStatus.REJECTED;
            case CANCELED -> OrderStatus.CANCELED;
            case EXPIRED -> OrderStatus.EXPIRED;
            default -> status(order);
        };
    }

    private static OrderStatus status(BookOrder order) {
        if (order.leavesQuantity() == 0) {
            return OrderStatus.FILLED;
        }
        return order.cumulativeQuantity() == 0 ? OrderStatus.NEW : OrderStatus.PARTIALLY_FILLED;
    }

    private void add(ClientOrder client, ExecType execType, OrderStatus status, Reason reason) {
        if (execType == ExecType.CANCEL_REJECTED) {
            link(client, execType, status, reason);
            return;
        }
        long prevOrderReport = client.newestReport();
        long prevAccountReport = client.account().newestReport();
        client.reported(seq());
        client.account().reported(seq());
        link(client, execType, status, reason);
        report.prevOrderReport(prevOrderReport).prevAccountReport(prevAccountReport);
    }

    private void link(ClientOrder client, ExecType execType, OrderStatus status, Reason reason) {
        start(client.account().newestSeq(), client.orderId(), execType, status, reason);
        report.prevOrderReport(client.newestReport())
                .prevAccountReport(client.account().newestReport())
                .placedBySession(client.placedBySession())
                .clientTime(client.clientTime());
    }

    private void start(long accountSeq, long orderId, ExecType execType, OrderStatus status, Reason reason) {
        boolean answers = offsets.isEmpty();
        offsets.addInt(length);
        report.wrapAndApplyHeader(buffer, length, header)
                .seq(seq())
                .orderSeq(request.orderSeq())
                .feedSeq(feedSeq)
                .receivedTime(request.receivedTime())
                .writtenTime(request.writtenTime())
                .sessionId(answers ? request.sessionId() : 0)
                .requestId(answers ? request.requestId() : 0)
                .accountSeq(accountSeq)
                .orderId(orderId)
                .tradeId(0)
                .aggressor(BooleanType.FALSE)
                .execType(execType)
                .orderStatus(status)
                .reason(reason)
                .lastPrice(0)
                .lastQuantity(0)
                .prevOrderReport(0)
                .prevAccountReport(0)
                .placedBySession(0)
                .clientTime(0)
                .duplicate(BooleanType.FALSE);
    }

    private void terms(BookOrder order, ExecType execType) {
        boolean over = execType == ExecType.REJECTED || execType == ExecType.CANCELED || execType == ExecType.EXPIRED;
        report.symbolId(Integer.toUnsignedLong(order.symbolId()))
                .side(order.side())
                .orderType(order.orderType())
                .timeInForce(order.timeInForce())
                .postOnly(order.postOnly() ? BooleanType.TRUE : BooleanType.FALSE)
                .price(order.price())
                .quantity(order.quantity())
                .leavesQuantity(over ? 0 : order.leavesQuantity())
                .cumulativeQuantity(order.cumulativeQuantity());
    }

    private void terms(OrderState state) {
        report.symbolId(Integer.toUnsignedLong(state.symbolId()))
                .side(state.side())
                .orderType(state.orderType())
                .timeInForce(state.timeInForce())
                .postOnly(state.postOnly() ? BooleanType.TRUE : BooleanType.FALSE)
                .price(state.price())
                .quantity(state.quantity())
                .leavesQuantity(state.leaves())
                .cumulativeQuantity(state.traded());
    }

    private void noTerms() {
        report.symbolId(0)
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .postOnly(BooleanType.FALSE)
                .price(0)
                .quantity(0)
                .leavesQuantity(0)
                .cumulativeQuantity(0);
    }

    private void finish(ClientAccount account, String clientOrderId) {
        report.account(account.name()).clientOrderId(clientOrderId);
        length += MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength();
    }
}
