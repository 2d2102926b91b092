package tickcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.FeedJsonWriter;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;

/** Turns the documents of any journal into JSON: the feed's as clients see them, the others field by field. */
final class JournalDecoder {
    private final ObjectMapper mapper;
    private final SymbolNames names;
    private final FeedJsonWriter feed = new FeedJsonWriter();
    private final ByteArrayOutputStream feedText = new ByteArrayOutputStream();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();

    JournalDecoder(ObjectMapper mapper, SymbolNames names) {
        this.mapper = mapper;
        this.names = names;
    }

    /** The messages of one document. */
    List<ObjectNode> decode(DirectBuffer buffer, int offset, int length) {
        var messages = new ArrayList<ObjectNode>(1);
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int template = FeedHeader.templateId(buffer, at);
            switch (template) {
                case NewOrderDecoder.TEMPLATE_ID -> {
                    messages.add(newOrder(buffer, at));
                    at = newOrder.limit();
                }
                case CancelOrderDecoder.TEMPLATE_ID -> {
                    messages.add(cancelOrder(buffer, at));
                    at = cancelOrder.limit();
                }
                case ReplaceOrderDecoder.TEMPLATE_ID -> {
                    messages.add(replaceOrder(buffer, at));
                    at = replaceOrder.limit();
                }
                case ExecutionReportDecoder.TEMPLATE_ID -> {
                    messages.add(executionReport(buffer, at));
                    at = report.limit();
                }
                default -> {
                    messages.add(feedMessage(buffer, at));
                    at = end;
                }
            }
        }
        return messages;
    }

    private ObjectNode feedMessage(DirectBuffer buffer, int offset) {
        names.learn(buffer, offset);
        feedText.reset();
        try {
            feed.write(buffer, offset, names.of(FeedHeader.symbolId(buffer, offset)), feedText);
            return (ObjectNode) mapper.readTree(feedText.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode message " + FeedHeader.seq(buffer, offset), e);
        }
    }

    private ObjectNode newOrder(DirectBuffer buffer, int offset) {
        newOrder.wrapAndApplyHeader(buffer, offset, header);
        var json = request("newOrder", newOrder.seq(), newOrder.writtenTime(), newOrder.receivedTime())
                .put("sessionId", newOrder.sessionId())
                .put("requestId", newOrder.requestId())
                .put("symbol", names.of((int) newOrder.symbolId()))
                .put("side", JsonNames.of(newOrder.side()))
                .put("orderType", JsonNames.of(newOrder.orderType()))
                .put("timeInForce", JsonNames.of(newOrder.timeInForce()))
                .put("postOnly", newOrder.postOnly().value() == 1)
                .put("price", Decimal8.toBigDecimal(newOrder.price()))
                .put("quantity", Decimal8.toBigDecimal(newOrder.quantity()))
                .put("clientTimeMicros", micros(newOrder.clientTime()));
        return json.put("account", newOrder.account()).put("clientOrderId", newOrder.clientOrderId());
    }

    private ObjectNode cancelOrder(DirectBuffer buffer, int offset) {
        cancelOrder.wrapAndApplyHeader(buffer, offset, header);
        return request("cancelOrder", cancelOrder.seq(), cancelOrder.writtenTime(), cancelOrder.receivedTime())
                .put("sessionId", cancelOrder.sessionId())
                .put("requestId", cancelOrder.requestId())
                .put("orderId", cancelOrder.orderId())
                .put("account", cancelOrder.account())
                .put("clientOrderId", cancelOrder.clientOrderId());
    }

    private ObjectNode replaceOrder(DirectBuffer buffer, int offset) {
        replaceOrder.wrapAndApplyHeader(buffer, offset, header);
        return request("replaceOrder", replaceOrder.seq(), replaceOrder.writtenTime(), replaceOrder.receivedTime())
                .put("sessionId", replaceOrder.sessionId())
                .put("requestId", replaceOrder.requestId())
                .put("orderId", replaceOrder.orderId())
                .put("price", Decimal8.toBigDecimal(replaceOrder.price()))
                .put("quantity", Decimal8.toBigDecimal(replaceOrder.quantity()))
                .put("account", replaceOrder.account())
                .put("clientOrderId", replaceOrder.clientOrderId());
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
        return json.put("account", report.account()).put("clientOrderId", report.clientOrderId());
    }

    private ObjectNode request(String type, long seq, long writtenNanos, long receivedNanos) {
        return mapper.createObjectNode()
                .put("type", type)
                .put("seq", seq)
                .put("writtenTimeMicros", micros(writtenNanos))
                .put("receivedTimeMicros", micros(receivedNanos));
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
