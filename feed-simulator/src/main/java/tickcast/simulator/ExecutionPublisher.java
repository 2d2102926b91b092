package tickcast.simulator;

import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.ExecutionReportEncoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Writes the executions: all reports of a transaction in one document. The first report of a transaction answers the
 * request that caused it. Confined to a thread.
 *
 * <p>At the start of each cycle every open order is repeated as RESTATED, and every account without one as a RESTATED
 * report of the order 0, so that its numbering outlives the older cycles. Of the accounts without an open order only those
 * that were active last are kept so; one that is forgotten and comes back is numbered from 1 again.
 */
final class ExecutionPublisher {
    /** Each session without an account has one of its own, so there is no end of them. */
    static final int MAX_IDLE_ACCOUNTS = 20_000;

    private static final int MAX_RESTATED_IN_DOCUMENT = 1_000;

    private final DocumentSink executions;
    private final LongSupplier epochNanos;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final MessageHeaderDecoder decodedHeader = new MessageHeaderDecoder();
    private final ExecutionReportDecoder decoder = new ExecutionReportDecoder();
    /** Where each report of the transaction begins. */
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

    /** What happened to an order, except a trade. A refused cancel or replace changes nothing and takes no number. */
    void report(ClientOrder client, BookOrder order, ExecType execType, Reason reason) {
        var account = client.account();
        long accountSeq = execType == ExecType.CANCEL_REJECTED ? account.newestSeq() : account.nextSeq();
        add(accountSeq, client, order, execType, reason);
    }

    void trade(ClientOrder client, BookOrder order, boolean aggressor, long tradeId, long price, long quantity) {
        add(client.account().nextSeq(), client, order, ExecType.TRADE, Reason.NONE);
        report.tradeId(tradeId)
                .lastPrice(price)
                .lastQuantity(quantity)
                .aggressor(aggressor ? BooleanType.TRUE : BooleanType.FALSE);
    }

    /** A cancel or replace of an order that is not there. */
    void unknownOrder(ClientAccount account, long orderId) {
        start(account.newestSeq(), orderId, ExecType.CANCEL_REJECTED, OrderStatus.REJECTED, Reason.UNKNOWN_ORDER);
        noTerms();
        finish(account, request.clientOrderId());
    }

    /** Writes the transaction's document, if it has any reports. */
    void publish() {
        if (length == 0) {
            return;
        }
        long matchedTime = epochNanos.getAsLong();
        for (int i = 0; i < offsets.size(); i++) {
            report.wrap(buffer, offsets.getInt(i) + MessageHeaderEncoder.ENCODED_LENGTH)
                    .matchedTime(matchedTime);
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

    /** Cancels what the run before left open, each order in a document of its own. */
    void cancelOpen(ExecutionHistory before, ClientOrders clients, long newFeedSeq) {
        for (UnsafeBuffer open : before.openReports().values()) {
            begin(ClientRequest.none(before.orderSeq()), newFeedSeq);
            decoder.wrapAndApplyHeader(open, 0, decodedHeader);
            ClientAccount account = clients.account(decoder.account());
            start(
                    account.nextSeq(),
                    decoder.orderId(),
                    ExecType.CANCELED,
                    OrderStatus.CANCELED,
                    Reason.EXCHANGE_RESTART);
            report.symbolId(decoder.symbolId())
                    .side(decoder.side())
                    .orderType(decoder.orderType())
                    .timeInForce(decoder.timeInForce())
                    .postOnly(decoder.postOnly())
                    .price(decoder.price())
                    .quantity(decoder.quantity())
                    .leavesQuantity(0)
                    .cumulativeQuantity(decoder.cumulativeQuantity());
            finish(account, decoder.clientOrderId());
            publish();
        }
    }

    /** Repeats all that is open, for readers that start here. */
    void restate(ClientOrders clients, MatchingEngine engine, long orderSeq, long newFeedSeq) {
        long firstSeq = executions.lastSeq() + 1;
        begin(ClientRequest.none(orderSeq), newFeedSeq);
        clients.forgetIdle(MAX_IDLE_ACCOUNTS);
        for (ClientOrder client : clients.open()) {
            add(client.account().newestSeq(), client, engine.order(client.orderId()), ExecType.RESTATED, Reason.NONE);
            publishIfLong();
        }
        for (ClientAccount account : clients.accounts()) {
            if (!account.hasOpenOrders() && account.newestSeq() > 0) {
                start(account.newestSeq(), 0, ExecType.RESTATED, OrderStatus.CANCELED, Reason.NONE);
                noTerms();
                finish(account, "");
                publishIfLong();
            }
        }
        publish();
        if (executions.lastSeq() >= firstSeq) {
            executions.checkpointWritten(firstSeq);
        }
    }

    private void publishIfLong() {
        if (offsets.size() == MAX_RESTATED_IN_DOCUMENT) {
            publish();
        }
    }

    private void add(long accountSeq, ClientOrder client, BookOrder order, ExecType execType, Reason reason) {
        boolean over = execType == ExecType.REJECTED || execType == ExecType.CANCELED;
        start(accountSeq, client.orderId(), execType, status(order, execType), reason);
        report.symbolId(Integer.toUnsignedLong(order.symbolId()))
                .side(order.side())
                .orderType(order.orderType())
                .timeInForce(order.timeInForce())
                .postOnly(order.postOnly() ? BooleanType.TRUE : BooleanType.FALSE)
                .price(order.price())
                .quantity(order.quantity())
                .leavesQuantity(over ? 0 : order.leavesQuantity())
                .cumulativeQuantity(order.cumulativeQuantity());
        finish(client.account(), client.clientOrderId());
    }

    private static OrderStatus status(BookOrder order, ExecType execType) {
        if (execType == ExecType.REJECTED) {
            return OrderStatus.REJECTED;
        }
        if (execType == ExecType.CANCELED) {
            return OrderStatus.CANCELED;
        }
        if (order.leavesQuantity() == 0) {
            return OrderStatus.FILLED;
        }
        return order.cumulativeQuantity() == 0 ? OrderStatus.NEW : OrderStatus.PARTIALLY_FILLED;
    }

    private void start(long accountSeq, long orderId, ExecType execType, OrderStatus status, Reason reason) {
        boolean answers = offsets.isEmpty();
        offsets.addInt(length);
        report.wrapAndApplyHeader(buffer, length, header)
                .seq(executions.lastSeq() + 1)
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
                .lastQuantity(0);
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
