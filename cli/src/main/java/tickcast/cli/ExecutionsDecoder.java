package tickcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingDayDecoder;

/** Turns the messages of the executions into JSON, field by field. */
final class ExecutionsDecoder {
    private static final int FIRST_VERSION_WITH_CHAINS = 2;

    private final ObjectMapper mapper;
    private final SymbolNames names;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MassCancelReportDecoder massCancel = new MassCancelReportDecoder();
    private final PositionDecoder position = new PositionDecoder();
    private final TradingDayDecoder day = new TradingDayDecoder();

    ExecutionsDecoder(ObjectMapper mapper, SymbolNames names) {
        this.mapper = mapper;
        this.names = names;
    }

    ObjectNode decode(DirectBuffer buffer, int offset) {
        return switch (FeedHeader.templateId(buffer, offset)) {
            case MassCancelReportDecoder.TEMPLATE_ID -> massCancelReport(buffer, offset);
            case PositionDecoder.TEMPLATE_ID -> position(buffer, offset);
            case TradingDayDecoder.TEMPLATE_ID -> tradingDay(buffer, offset);
            default -> executionReport(buffer, offset);
        };
    }

    private ObjectNode executionReport(DirectBuffer buffer, int offset) {
        report.wrapAndApplyHeader(buffer, offset, header);
        var json = mapper.createObjectNode()
                .put("type", "executionReport")
                .put("seq", report.seq())
                .put("reportedTimeMicros", micros(report.reportedTime()))
                .put("receivedTimeMicros", micros(report.receivedTime()))
                .put("writtenTimeMicros", micros(report.writtenTime()))
                .put("matchedTimeMicros", micros(report.matchedTime()))
                .put("orderSeq", report.orderSeq())
                .put("feedSeq", report.feedSeq())
                .put("sessionId", report.sessionId())
                .put("requestId", report.requestId())
                .put("accountSeq", report.accountSeq())
                .put("orderId", report.orderId())
                .put("symbol", names.of((int) report.symbolId()))
                .put("execType", JsonNames.of(report.execType()))
                .put("orderStatus", JsonNames.of(report.orderStatus()))
                .put("side", JsonNames.of(report.side()))
                .put("orderType", JsonNames.of(report.orderType()))
                .put("timeInForce", JsonNames.of(report.timeInForce()))
                .put("postOnly", report.postOnly().value() == 1)
                .put("price", Decimal8.toBigDecimal(report.price()))
                .put("quantity", Decimal8.toBigDecimal(report.quantity()))
                .put("leavesQuantity", Decimal8.toBigDecimal(report.leavesQuantity()))
                .put("cumulativeQuantity", Decimal8.toBigDecimal(report.cumulativeQuantity()));
        if (report.reason() != Reason.NONE) {
            json.put("reason", JsonNames.of(report.reason()));
        }
        if (report.execType() == ExecType.TRADE) {
            json.put("tradeId", report.tradeId())
                    .put("lastPrice", Decimal8.toBigDecimal(report.lastPrice()))
                    .put("lastQuantity", Decimal8.toBigDecimal(report.lastQuantity()))
                    .put("aggressor", report.aggressor().value() == 1);
        }
        if (header.version() >= FIRST_VERSION_WITH_CHAINS) {
            json.put("prevOrderReport", report.prevOrderReport())
                    .put("prevAccountReport", report.prevAccountReport())
                    .put("placedBySession", report.placedBySession())
                    .put("clientTimeMicros", micros(report.clientTime()))
                    .put("duplicate", report.duplicate() == BooleanType.TRUE);
        }
        return json.put("account", report.account()).put("clientOrderId", report.clientOrderId());
    }

    private ObjectNode massCancelReport(DirectBuffer buffer, int offset) {
        massCancel.wrapAndApplyHeader(buffer, offset, header);
        var json = common("massCancelReport", buffer, offset, massCancel.orderSeq(), massCancel.feedSeq())
                .put("receivedTimeMicros", micros(massCancel.receivedTime()))
                .put("writtenTimeMicros", micros(massCancel.writtenTime()))
                .put("matchedTimeMicros", micros(massCancel.matchedTime()))
                .put("sessionId", massCancel.sessionId())
                .put("requestId", massCancel.requestId())
                .put("accountSeq", massCancel.accountSeq())
                .put("count", massCancel.count());
        if (massCancel.symbolId() != 0) {
            json.put("symbol", names.of((int) massCancel.symbolId()));
        }
        return json.put("account", massCancel.account());
    }

    private ObjectNode position(DirectBuffer buffer, int offset) {
        position.wrapAndApplyHeader(buffer, offset, header);
        return common("position", buffer, offset, position.orderSeq(), position.feedSeq())
                .put("symbol", names.of((int) position.symbolId()))
                .put("netQuantity", Decimal8.toBigDecimal(position.netQuantity()))
                .put("cost", Decimal16.toBigDecimal(Decimal16.decode(position.cost())))
                .put("realisedProfit", Decimal16.toBigDecimal(Decimal16.decode(position.realisedProfit())))
                .put("accountSeq", position.accountSeq())
                .put("prevAccountReport", position.prevAccountReport())
                .put("account", position.account());
    }

    private ObjectNode tradingDay(DirectBuffer buffer, int offset) {
        day.wrapAndApplyHeader(buffer, offset, header);
        return common("tradingDay", buffer, offset, day.orderSeq(), day.feedSeq())
                .put("day", LocalDate.ofEpochDay(day.day()).toString())
                .put("endTimeMicros", micros(day.endTime()))
                .put("dayFirstSeq", day.dayFirstSeq());
    }

    private ObjectNode common(String type, DirectBuffer buffer, int offset, long orderSeq, long feedSeq) {
        return mapper.createObjectNode()
                .put("type", type)
                .put("seq", FeedHeader.seq(buffer, offset))
                .put("reportedTimeMicros", micros(FeedHeader.publishTime(buffer, offset)))
                .put("orderSeq", orderSeq)
                .put("feedSeq", feedSeq);
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
