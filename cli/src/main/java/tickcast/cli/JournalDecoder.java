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
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.FeedJsonWriter;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingDayDecoder;

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
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final ExecutionsDecoder executions;

    JournalDecoder(ObjectMapper mapper, SymbolNames names) {
        this.mapper = mapper;
        this.names = names;
        executions = new ExecutionsDecoder(mapper, names);
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
                case MassCancelDecoder.TEMPLATE_ID -> {
                    messages.add(massCancel(buffer, at));
                    at = massCancel.limit();
                }
                case ExecutionReportDecoder.TEMPLATE_ID,
                        MassCancelReportDecoder.TEMPLATE_ID,
                        PositionDecoder.TEMPLATE_ID,
                        TradingDayDecoder.TEMPLATE_ID -> {
                    messages.add(executions.decode(buffer, at));
                    at = ExecutionDocument.next(buffer, at, end);
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
        putValidUntil(json, newOrder.validUntil());
        if (newOrder.selfTradePrevention() != SelfTradePrevention.NULL_VAL) {
            json.put("selfTradePrevention", JsonNames.of(newOrder.selfTradePrevention()));
        }
        return json.put("account", newOrder.account()).put("clientOrderId", newOrder.clientOrderId());
    }

    private ObjectNode cancelOrder(DirectBuffer buffer, int offset) {
        cancelOrder.wrapAndApplyHeader(buffer, offset, header);
        var json = request("cancelOrder", cancelOrder.seq(), cancelOrder.writtenTime(), cancelOrder.receivedTime())
                .put("sessionId", cancelOrder.sessionId())
                .put("requestId", cancelOrder.requestId())
                .put("orderId", cancelOrder.orderId());
        putValidUntil(json, cancelOrder.validUntil());
        return json.put("account", cancelOrder.account()).put("clientOrderId", cancelOrder.clientOrderId());
    }

    private ObjectNode replaceOrder(DirectBuffer buffer, int offset) {
        replaceOrder.wrapAndApplyHeader(buffer, offset, header);
        var json = request("replaceOrder", replaceOrder.seq(), replaceOrder.writtenTime(), replaceOrder.receivedTime())
                .put("sessionId", replaceOrder.sessionId())
                .put("requestId", replaceOrder.requestId())
                .put("orderId", replaceOrder.orderId())
                .put("price", Decimal8.toBigDecimal(replaceOrder.price()))
                .put("quantity", Decimal8.toBigDecimal(replaceOrder.quantity()));
        putValidUntil(json, replaceOrder.validUntil());
        return json.put("account", replaceOrder.account()).put("clientOrderId", replaceOrder.clientOrderId());
    }

    private ObjectNode massCancel(DirectBuffer buffer, int offset) {
        massCancel.wrapAndApplyHeader(buffer, offset, header);
        var json = request("massCancel", massCancel.seq(), massCancel.writtenTime(), massCancel.receivedTime())
                .put("sessionId", massCancel.sessionId())
                .put("requestId", massCancel.requestId())
                .put("reason", JsonNames.of(massCancel.reason()))
                .put("placedBySession", massCancel.placedBySession());
        if (massCancel.symbolId() != 0) {
            json.put("symbol", names.of((int) massCancel.symbolId()));
        }
        if (massCancel.side() != Side.NULL_VAL) {
            json.put("side", JsonNames.of(massCancel.side()));
        }
        return json.put("account", massCancel.account());
    }

    private ObjectNode request(String type, long seq, long writtenNanos, long receivedNanos) {
        return mapper.createObjectNode()
                .put("type", type)
                .put("seq", seq)
                .put("writtenTimeMicros", micros(writtenNanos))
                .put("receivedTimeMicros", micros(receivedNanos));
    }

    private static void putValidUntil(ObjectNode json, long nanos) {
        if (nanos > 0) {
            json.put("validUntilMicros", micros(nanos));
        }
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
