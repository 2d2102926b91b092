package tickcast.orderentry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalWriter;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.NetPosition;
import tickcast.protocol.PositionBook;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportEncoder;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MassCancelReportEncoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.PositionEncoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingDayEncoder;

/** An exchange whose every answer is chosen by the test, over the real journals. */
final class TestExchange implements AutoCloseable {
    static final long DAY_NANOS = 86_400_000_000_000L;

    private final JournalReader ordersJournal;
    private final JournalWriter executionsJournal;
    private final LongSupplier epochNanos;
    private final Map<Long, VenueOrder> orders = new HashMap<>();
    private final Map<String, Long> accountSeqs = new HashMap<>();
    /** Documents of the newest numbered reports, by order and by account. */
    private final Map<Long, Long> orderReports = new HashMap<>();

    private final Map<String, Long> accountReports = new HashMap<>();
    private final PositionBook positions = new PositionBook();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private long lastTradeId;
    private long orderSeq;
    private int day;
    private long dayFirstSeq;

    TestExchange(Path ordersDirectory, JournalWriter executionsJournal, LongSupplier epochNanos) {
        this.ordersJournal = JournalReader.open(ordersDirectory);
        this.executionsJournal = executionsJournal;
        this.epochNanos = epochNanos;
    }

    /** All requests written since the last call. */
    List<VenueRequest> take() {
        var requests = new ArrayList<VenueRequest>();
        while (ordersJournal.poll((message, offset, length) -> requests.add(decode(message, offset)), 100) > 0) {
            orderSeq = requests.get(requests.size() - 1).seq();
        }
        return requests;
    }

    /** The only request written since the last call. */
    VenueRequest takeOne() {
        var requests = take();
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request: " + requests);
        }
        return requests.get(0);
    }

    VenueReport accept(VenueRequest request) {
        return report(enter(request), ExecType.NEW, request);
    }

    VenueReport reject(VenueRequest request, Reason reason) {
        var order = enter(request);
        order.status = OrderStatus.REJECTED;
        order.leaves = 0;
        return report(order, ExecType.REJECTED, request).because(reason);
    }

    VenueReport trade(long orderId, long price, long quantity, BooleanType aggressor) {
        var order = orders.get(orderId);
        order.leaves -= quantity;
        order.status = order.leaves == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
        return report(order, ExecType.TRADE, null).traded(price, quantity, ++lastTradeId, aggressor);
    }

    VenueReport cancel(VenueRequest request, long orderId) {
        return cancel(orderId, request, Reason.CLIENT_REQUEST);
    }

    VenueReport cancel(long orderId, VenueRequest answered, Reason reason) {
        var order = orders.get(orderId);
        order.status = OrderStatus.CANCELED;
        order.leaves = 0;
        return report(order, ExecType.CANCELED, answered).because(reason);
    }

    VenueReport rejectCancel(VenueRequest request, Reason reason) {
        var nothing = new VenueOrder(request, 0);
        nothing.status = OrderStatus.REJECTED;
        return report(nothing, ExecType.CANCEL_REJECTED, request).because(reason);
    }

    VenueReport replace(VenueRequest request, long orderId) {
        var order = orders.get(orderId);
        order.leaves += request.quantity() - order.quantity;
        order.quantity = request.quantity();
        order.price = request.price();
        return report(order, ExecType.REPLACED, request);
    }

    VenueReport restate(long orderId) {
        return report(orders.get(orderId), ExecType.RESTATED, null);
    }

    /** The answer to an order whose clientOrderId is that of {@code orderId}. */
    VenueReport repeat(VenueRequest request, long orderId, Reason reason) {
        return report(orders.get(orderId), ExecType.RESTATED, request).because(reason);
    }

    /** Writes one transaction. */
    void publish(VenueReport... reports) {
        append(encode(reports));
    }

    /** Writes a transaction of which the end is missing: nobody can take it. */
    void publishDamaged(VenueReport report) {
        append(encode(report) - 1);
    }

    /** Writes the transaction of a mass cancel. */
    void publishMassCancel(VenueRequest request, VenueReport... reports) {
        int length = encode(reports);
        var answer = new MassCancelReportEncoder()
                .wrapAndApplyHeader(buffer, length, new MessageHeaderEncoder())
                .reportedTime(epochNanos.getAsLong())
                .seq(executionsJournal.lastSeq() + 1)
                .orderSeq(orderSeq)
                .feedSeq(0)
                .receivedTime(request.receivedTime())
                .writtenTime(request.writtenTime())
                .matchedTime(epochNanos.getAsLong())
                .sessionId(request.sessionId())
                .requestId(request.requestId())
                .accountSeq(accountSeqs.getOrDefault(request.account(), 0L))
                .symbolId(request.symbolId())
                .count(reports.length)
                .account(request.account());
        append(length + MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength());
    }

    private int encode(VenueReport... reports) {
        int length = 0;
        for (var report : reports) {
            length += encode(report, length, executionsJournal.lastSeq() + 1);
        }
        return length;
    }

    private void append(int length) {
        for (int at = 0; at < length; at = ExecutionDocument.next(buffer, at, length)) {
            if (ExecutionDocument.isReport(buffer, at)) {
                positions.apply(buffer, at);
            }
        }
        if (!executionsJournal.append(buffer, 0, length)) {
            throw new AssertionError("Disk nearly full");
        }
    }

    /** A trading day begins, which ends {@link #DAY_NANOS} after the epoch's day. */
    void beginDay(int newDay) {
        day = newDay;
        dayFirstSeq = executionsJournal.lastSeq() + 1;
        append(encodeDay(0));
    }

    /** Repeats the day, the orders that are open, all accounts and their positions; readers may start with it. */
    void checkpointOfAll() {
        int length = encodeDay(0);
        var open = orders.values().stream().filter(order -> order.leaves > 0).toList();
        for (var order : open) {
            length += encode(restate(order.orderId), length, executionsJournal.lastSeq() + 1);
        }
        for (String account : accountSeqs.keySet()) {
            if (open.stream().noneMatch(order -> order.request.account().equals(account))) {
                length += encodeIdle(account, length);
            }
            for (var position : positions.of(account)) {
                length += encode(account, position, length);
            }
        }
        append(length);
        checkpoint();
    }

    private int encodeDay(int offset) {
        new TradingDayEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .reportedTime(epochNanos.getAsLong())
                .seq(executionsJournal.lastSeq() + 1)
                .orderSeq(orderSeq)
                .feedSeq(0)
                .day(day)
                .endTime((day + 1) * DAY_NANOS)
                .dayFirstSeq(dayFirstSeq);
        return MessageHeaderEncoder.ENCODED_LENGTH + TradingDayEncoder.BLOCK_LENGTH;
    }

    private int encodeIdle(String account, int offset) {
        var nothing = new VenueRequest(
                "", 0, 0, 0, 0, 0, 0, 0, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 0, 0, 0, account, "");
        var order = new VenueOrder(nothing, 0);
        order.status = OrderStatus.CANCELED;
        return encode(report(order, ExecType.RESTATED, null), offset, executionsJournal.lastSeq() + 1);
    }

    private int encode(String account, NetPosition position, int offset) {
        var encoder = new PositionEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .reportedTime(epochNanos.getAsLong())
                .seq(executionsJournal.lastSeq() + 1)
                .orderSeq(orderSeq)
                .feedSeq(0);
        position.encode(encoder);
        encoder.accountSeq(accountSeqs.get(account))
                .prevAccountReport(accountReports.getOrDefault(account, 0L))
                .account(account);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** Readers may start from the newest transaction. */
    void checkpoint() {
        executionsJournal.checkpointWritten(executionsJournal.lastSeq());
    }

    @Override
    public void close() {
        ordersJournal.close();
        executionsJournal.close();
    }

    private VenueOrder enter(VenueRequest request) {
        var order = new VenueOrder(request, request.seq());
        orders.put(request.seq(), order);
        return order;
    }

    private VenueReport report(VenueOrder order, ExecType execType, VenueRequest answered) {
        long accountSeq = accountSeqs.merge(order.request.account(), isNumbered(execType) ? 1L : 0L, Long::sum);
        return new VenueReport(
                order.request,
                answered,
                execType,
                order.status,
                Reason.NONE,
                order.orderId,
                accountSeq,
                order.price,
                order.quantity,
                order.leaves,
                0,
                0,
                0,
                BooleanType.FALSE);
    }

    private static boolean isNumbered(ExecType execType) {
        return execType != ExecType.RESTATED && execType != ExecType.CANCEL_REJECTED;
    }

    private int encode(VenueReport report, int offset, long seq) {
        var order = report.order();
        var answered = report.answered();
        boolean repeats = answered != null && report.execType() == ExecType.RESTATED;
        long prevOrderReport = orderReports.getOrDefault(report.orderId(), 0L);
        long prevAccountReport = accountReports.getOrDefault(order.account(), 0L);
        if (isNumbered(report.execType())) {
            orderReports.put(report.orderId(), seq);
            accountReports.put(order.account(), seq);
        }
        var encoder = new ExecutionReportEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .reportedTime(epochNanos.getAsLong())
                .seq(seq)
                .orderSeq(orderSeq)
                .feedSeq(0)
                .receivedTime(answered == null ? 0 : answered.receivedTime())
                .writtenTime(answered == null ? 0 : answered.writtenTime())
                .matchedTime(epochNanos.getAsLong())
                .sessionId(answered == null ? 0 : answered.sessionId())
                .requestId(answered == null ? 0 : answered.requestId())
                .accountSeq(report.accountSeq())
                .orderId(report.orderId())
                .tradeId(report.tradeId())
                .symbolId(order.symbolId())
                .side(order.side())
                .orderType(order.orderType())
                .timeInForce(order.timeInForce())
                .postOnly(BooleanType.FALSE)
                .aggressor(report.aggressor())
                .execType(report.execType())
                .orderStatus(report.status())
                .reason(report.reason())
                .price(report.price())
                .quantity(report.quantity())
                .leavesQuantity(report.leaves())
                .cumulativeQuantity(report.quantity() - report.leaves())
                .lastPrice(report.lastPrice())
                .lastQuantity(report.lastQuantity())
                .prevOrderReport(prevOrderReport)
                .prevAccountReport(prevAccountReport)
                .placedBySession(order.sessionId())
                .clientTime(order.clientTime())
                .duplicate(repeats ? BooleanType.TRUE : BooleanType.FALSE)
                .account(order.account())
                .clientOrderId(order.clientOrderId());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private static VenueRequest decode(DirectBuffer message, int offset) {
        var header = new MessageHeaderDecoder();
        return switch (FeedHeader.templateId(message, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> {
                var order = new NewOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new VenueRequest(
                        "new",
                        order.seq(),
                        order.receivedTime(),
                        order.writtenTime(),
                        order.sessionId(),
                        order.requestId(),
                        0,
                        (int) order.symbolId(),
                        order.side(),
                        order.orderType(),
                        order.timeInForce(),
                        order.price(),
                        order.quantity(),
                        order.clientTime(),
                        order.account(),
                        order.clientOrderId());
            }
            case CancelOrderDecoder.TEMPLATE_ID -> {
                var cancel = new CancelOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new VenueRequest(
                        "cancel",
                        cancel.seq(),
                        cancel.receivedTime(),
                        cancel.writtenTime(),
                        cancel.sessionId(),
                        cancel.requestId(),
                        cancel.orderId(),
                        0,
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        0,
                        0,
                        0,
                        cancel.account(),
                        cancel.clientOrderId());
            }
            case ReplaceOrderDecoder.TEMPLATE_ID -> {
                var replace = new ReplaceOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new VenueRequest(
                        "replace",
                        replace.seq(),
                        replace.receivedTime(),
                        replace.writtenTime(),
                        replace.sessionId(),
                        replace.requestId(),
                        replace.orderId(),
                        0,
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        replace.price(),
                        replace.quantity(),
                        0,
                        replace.account(),
                        replace.clientOrderId());
            }
            case MassCancelDecoder.TEMPLATE_ID -> {
                var cancel = new MassCancelDecoder().wrapAndApplyHeader(message, offset, header);
                yield new VenueRequest(
                        "massCancel " + cancel.reason() + " of " + cancel.placedBySession(),
                        cancel.seq(),
                        cancel.receivedTime(),
                        cancel.writtenTime(),
                        cancel.sessionId(),
                        cancel.requestId(),
                        0,
                        (int) cancel.symbolId(),
                        cancel.side(),
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        0,
                        0,
                        0,
                        cancel.account(),
                        "");
            }
            default -> throw new AssertionError("Template " + FeedHeader.templateId(message, offset));
        };
    }

    /** What a gateway wrote. */
    record VenueRequest(
            String kind,
            long seq,
            long receivedTime,
            long writtenTime,
            long sessionId,
            long requestId,
            long orderId,
            int symbolId,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            long price,
            long quantity,
            long clientTime,
            String account,
            String clientOrderId) {}

    /** One report of a transaction. */
    record VenueReport(
            VenueRequest order,
            VenueRequest answered,
            ExecType execType,
            OrderStatus status,
            Reason reason,
            long orderId,
            long accountSeq,
            long price,
            long quantity,
            long leaves,
            long lastPrice,
            long lastQuantity,
            long tradeId,
            BooleanType aggressor) {
        VenueReport because(Reason newReason) {
            return new VenueReport(
                    order,
                    answered,
                    execType,
                    status,
                    newReason,
                    orderId,
                    accountSeq,
                    price,
                    quantity,
                    leaves,
                    lastPrice,
                    lastQuantity,
                    tradeId,
                    aggressor);
        }

        VenueReport traded(long newLastPrice, long newLastQuantity, long newTradeId, BooleanType newAggressor) {
            return new VenueReport(
                    order,
                    answered,
                    execType,
                    status,
                    reason,
                    orderId,
                    accountSeq,
                    price,
                    quantity,
                    leaves,
                    newLastPrice,
                    newLastQuantity,
                    newTradeId,
                    newAggressor);
        }
    }

    private static final class VenueOrder {
        private final VenueRequest request;
        private final long orderId;
        private OrderStatus status = OrderStatus.NEW;
        private long price;
        private long quantity;
        private long leaves;

        VenueOrder(VenueRequest request, long orderId) {
            this.request = request;
            this.orderId = orderId;
            this.price = request.price();
            this.quantity = request.quantity();
            this.leaves = request.quantity();
        }
    }
}
