package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

/** What a {@link PlainVenue} tells: reports, answers and trades as clients are told them, but for the time of a report. */
final class PlainTold {
    /** A trade as everybody is told of it. */
    record PublicTrade(String symbol, long tradeId, Side aggressor, long price, long quantity) {}

    /** A request as its gateway numbered it. */
    private record Asked(long sessionId, long requestId) {
        private static Asked of(PlainRequest request) {
            return new Asked(request.sessionId(), request.requestId());
        }
    }

    private final Map<String, List<ServerMessage.ExecutionReport>> reports = new HashMap<>();
    private final Map<Asked, String> answers = new HashMap<>();
    private final List<PublicTrade> trades = new ArrayList<>();
    private final Map<String, Map<String, PlainPosition>> positions = new HashMap<>();
    /** The request that the next report answers, null when there is none. */
    private PlainRequest unanswered;

    private long newestTradeId;

    List<ServerMessage.ExecutionReport> reports(String account) {
        return reports.getOrDefault(account, List.of());
    }

    /** In the words of {@link TradingSocket#summary}; null while there is none. */
    String answer(PlainRequest request) {
        return answers.get(Asked.of(request));
    }

    List<PublicTrade> trades() {
        return trades;
    }

    /** By symbol. */
    Map<String, PlainPosition> positions(String account) {
        return positions.getOrDefault(account, Map.of());
    }

    /** @param request that the next report answers, null when it answers none */
    void begin(PlainRequest request) {
        unanswered = request;
    }

    /** Answers a request without a report. */
    void answer(PlainRequest request, String answer) {
        answers.put(Asked.of(request), answer);
    }

    /** A cancel or replace changes nothing. */
    void refuse(PlainOrder order, Reason why) {
        var before = order.reason;
        order.reason = why;
        answer(order, ExecType.CANCEL_REJECTED);
        order.reason = before;
    }

    /** The answer to a repeat of the order. */
    static String again(PlainOrder order) {
        return text(order, order.ended == OrderStatus.REJECTED, order.placed.clientOrderId()) + " again";
    }

    void tradeIdsAfter(long tradeId) {
        assertTrue(tradeId >= newestTradeId, () -> tradeId + " after " + newestTradeId);
        newestTradeId = tradeId;
    }

    /** The incoming order has reached the other. */
    PublicTrade trade(PlainOrder incoming, PlainOrder other, long quantity) {
        var trade = new PublicTrade(incoming.symbol, ++newestTradeId, incoming.placed.side(), other.price, quantity);
        trades.add(trade);
        return trade;
    }

    /** One side of a trade, of which the order knows already. */
    void fill(PlainOrder order, PublicTrade trade, String liquidity) {
        positions
                .computeIfAbsent(order.placed.account(), name -> new HashMap<>())
                .computeIfAbsent(order.symbol, name -> new PlainPosition())
                .trade(order.placed.side(), trade.price(), trade.quantity());
        tell(order, ExecType.TRADE, trade, liquidity);
    }

    void tell(PlainOrder order, ExecType execType) {
        tell(order, execType, null, null);
    }

    private void tell(PlainOrder order, ExecType execType, PublicTrade trade, String liquidity) {
        var told = reports.computeIfAbsent(order.placed.account(), name -> new ArrayList<>());
        var state = order.json();
        var report = new ServerMessage.ExecutionReport(
                told.size() + 1,
                state.orderId(),
                state.clientOrderId(),
                state.symbol(),
                state.side(),
                state.orderType(),
                state.timeInForce(),
                JsonNames.of(execType),
                state.orderStatus(),
                order.reason == Reason.NONE ? null : JsonNames.of(order.reason),
                state.price(),
                state.quantity(),
                state.leavesQuantity(),
                state.cumulativeQuantity(),
                trade == null ? null : Decimal8.toBigDecimal(trade.price()),
                trade == null ? null : Decimal8.toBigDecimal(trade.quantity()),
                trade == null ? null : trade.tradeId(),
                liquidity,
                0,
                Long.toString(order.placed.sessionId()));
        told.add(report);
        order.history.add(report);
        answer(order, execType);
    }

    private void answer(PlainOrder order, ExecType execType) {
        if (unanswered != null) {
            boolean refused = execType == ExecType.REJECTED || execType == ExecType.CANCEL_REJECTED;
            String ofOrder = order.placed.clientOrderId();
            answer(unanswered, text(order, refused, ofOrder.isEmpty() ? unanswered.clientOrderId() : ofOrder));
            unanswered = null;
        }
    }

    private static String text(PlainOrder order, boolean refused, String clientOrderId) {
        String name = clientOrderId.isEmpty() ? "" : " " + clientOrderId;
        return refused
                ? "nack " + ErrorCode.of(order.reason).name() + " " + order.id() + name
                : "ack " + order.id() + name + " " + JsonNames.of(order.status());
    }
}
