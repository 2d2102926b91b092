package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;
import tickcast.orderentry.risk.RiskRefusal;
import tickcast.protocol.Decimal8;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;

/** Puts what the exchange reports, and what the gateway refuses, into the JSON messages of the order channel. */
final class OrderMessages {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstrumentDirectory instruments;

    OrderMessages(InstrumentDirectory instruments) {
        this.instruments = instruments;
    }

    static ServerMessage.Nack nack(Refusal refusal, String clientOrderId) {
        return new ServerMessage.Nack(
                refusal.messageId(),
                refusal.code().name(),
                refusal.getMessage(),
                refusal.field(),
                null,
                orNull(clientOrderId));
    }

    /** The answer to a request that was not written. */
    static ServerMessage.Nack nack(RiskRefusal refusal, PendingRequest request) {
        var nack = new ServerMessage.Nack(
                request.messageId(),
                refusal.code().name(),
                refusal.message(),
                null,
                null,
                orNull(request.clientOrderId()));
        return refusal.limit() == null
                ? nack
                : nack.withBreach(
                        new ServerMessage.Breach(refusal.limit(), refusal.allowed(), refusal.value(), refusal.used()));
    }

    /** The answer to a request that may have been written, and whose own answer nobody will hear. */
    static ServerMessage.Error outcomeUnknown(PendingRequest request, String why) {
        var code = ErrorCode.OUTCOME_UNKNOWN;
        return new ServerMessage.Error(request.messageId(), code.name(), why + ". " + code.description(), null, null);
    }

    /** The answer to the request that {@code report} answers. */
    static ServerMessage answer(ExecutionReportDecoder report, String clientOrderId, JsonNode messageId) {
        if (report.duplicate() == BooleanType.TRUE) {
            return repeated(report, clientOrderId, messageId);
        }
        var execType = report.execType();
        return execType == ExecType.REJECTED || execType == ExecType.CANCEL_REJECTED
                ? refused(report, clientOrderId, messageId)
                : accepted(report, clientOrderId, messageId);
    }

    /** The answer to a repeat of the order whose state {@code report} tells. */
    static ServerMessage repeated(ExecutionReportDecoder report, String clientOrderId, JsonNode messageId) {
        return report.orderStatus() == OrderStatus.REJECTED
                ? refused(report, clientOrderId, messageId).asDuplicate()
                : accepted(report, clientOrderId, messageId).asDuplicate();
    }

    private static ServerMessage.Ack accepted(ExecutionReportDecoder report, String clientOrderId, JsonNode messageId) {
        return new ServerMessage.Ack(
                messageId, report.orderId(), orNull(clientOrderId), JsonNames.of(report.orderStatus()), null);
    }

    private static ServerMessage.Nack refused(ExecutionReportDecoder report, String clientOrderId, JsonNode messageId) {
        var code = ErrorCode.of(report.reason());
        Long orderId = report.orderId() == 0 ? null : report.orderId();
        return new ServerMessage.Nack(messageId, code.name(), code.description(), null, orderId, orNull(clientOrderId));
    }

    /** The answer to an order that was only to be checked, and is right. */
    static ServerMessage.Ack validated(ClientMessage.PlaceOrder order, JsonNode messageId) {
        return new ServerMessage.Ack(messageId, null, orNull(order.clientOrderId()), null, null, null, true, null);
    }

    ServerMessage.ExecutionReport executionReport(ExecutionReportDecoder report, LiveOrder order) {
        boolean trade = report.execType() == ExecType.TRADE;
        return new ServerMessage.ExecutionReport(
                report.accountSeq(),
                order.orderId(),
                orNull(order.clientOrderId()),
                symbol(order.symbolId()),
                JsonNames.of(order.side()),
                JsonNames.of(order.orderType()),
                JsonNames.of(order.timeInForce()),
                JsonNames.of(report.execType()),
                JsonNames.of(order.status()),
                report.reason() == Reason.NONE ? null : JsonNames.of(report.reason()),
                price(order),
                Decimal8.toBigDecimal(order.quantity()),
                Decimal8.toBigDecimal(order.leavesQuantity()),
                Decimal8.toBigDecimal(order.cumulativeQuantity()),
                trade ? Decimal8.toBigDecimal(report.lastPrice()) : null,
                trade ? Decimal8.toBigDecimal(report.lastQuantity()) : null,
                trade ? report.tradeId() : null,
                trade ? report.aggressor() == BooleanType.TRUE ? "taker" : "maker" : null,
                report.matchedTime() / NANOS_PER_MILLI,
                placedBy(report.placedBySession()));
    }

    /** @param after null when these are the last */
    ServerMessage.OrderList orderList(JsonNode messageId, Collection<LiveOrder> orders, Long after) {
        return new ServerMessage.OrderList(
                messageId, orders.stream().map(this::openOrder).toList(), after);
    }

    ServerMessage.OpenOrder openOrder(LiveOrder order) {
        return new ServerMessage.OpenOrder(
                order.orderId(),
                orNull(order.clientOrderId()),
                symbol(order.symbolId()),
                JsonNames.of(order.side()),
                JsonNames.of(order.orderType()),
                JsonNames.of(order.timeInForce()),
                price(order),
                Decimal8.toBigDecimal(order.quantity()),
                Decimal8.toBigDecimal(order.leavesQuantity()),
                Decimal8.toBigDecimal(order.cumulativeQuantity()),
                JsonNames.of(order.status()));
    }

    /** A symbol that the feed has not told yet is named by its id. */
    String symbol(int symbolId) {
        var instrument = instruments.byId(symbolId);
        return instrument == null ? "#" + symbolId : instrument.symbol();
    }

    /** Executions of older exchanges do not tell it. */
    private static String placedBy(long sessionId) {
        return sessionId == 0 || sessionId == ExecutionReportDecoder.placedBySessionNullValue()
                ? null
                : Long.toUnsignedString(sessionId);
    }

    private static BigDecimal price(LiveOrder order) {
        return order.orderType() == OrderType.MARKET ? null : Decimal8.toBigDecimal(order.price());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
