package tickcast.orderentry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.json.ServerMessage;

/** Collects what a session is sent, which must be as the schema says, one short line for each message. */
final class Inbox implements OrderReplies {
    private final List<ServerMessage> messages = new ArrayList<>();

    @Override
    public void send(ServerMessage message) {
        OrderSchema.assertReply(message.toJson());
        messages.add(message);
    }

    /** The lines since the last call. */
    List<String> take() {
        var lines = messages.stream().map(Inbox::line).toList();
        messages.clear();
        return lines;
    }

    /** The only message since the last call. */
    <M extends ServerMessage> M takeOne(Class<M> type) {
        if (messages.size() != 1) {
            throw new AssertionError("Expected one message: " + messages);
        }
        return type.cast(messages.remove(0));
    }

    /** The newest message; all are taken. */
    <M extends ServerMessage> M takeLast(Class<M> type) {
        var newest = messages.get(messages.size() - 1);
        messages.clear();
        return type.cast(newest);
    }

    private static String line(ServerMessage message) {
        if (message instanceof ServerMessage.Ack ack) {
            return "ack " + ack.messageId()
                    + (ack.count() == null
                            ? " order " + ack.orderId() + " " + ack.orderStatus()
                            : " count " + ack.count())
                    + (ack.duplicate() == null ? "" : " duplicate");
        }
        if (message instanceof ServerMessage.Nack nack) {
            return "nack " + nack.messageId() + " " + nack.code() + (nack.duplicate() == null ? "" : " duplicate");
        }
        if (message instanceof ServerMessage.Error error) {
            return "error " + error.messageId() + " " + error.code();
        }
        if (message instanceof ServerMessage.ExecutionReport report) {
            return "report " + report.accountSeq() + " order " + report.orderId() + " " + report.execType() + " "
                    + report.orderStatus() + " " + report.cumulativeQuantity() + "/" + report.quantity()
                    + price(report.price())
                    + (report.lastQuantity() == null
                            ? ""
                            : " " + report.liquidity() + " " + report.lastQuantity() + price(report.lastPrice()))
                    + (report.reason() == null ? "" : " " + report.reason());
        }
        if (message instanceof ServerMessage.OrderList list) {
            return "orders " + list.messageId() + " "
                    + list.orders().stream()
                            .map(order -> order.orderId() + " " + order.symbol() + " " + order.cumulativeQuantity()
                                    + "/" + order.quantity() + price(order.price()))
                            .toList()
                    + (list.after() == null ? "" : " after " + list.after());
        }
        if (message instanceof ServerMessage.ExecutionsResumed resumed) {
            return "resumed " + resumed.messageId() + " " + resumed.outcome() + " " + resumed.count() + " up to "
                    + resumed.seq();
        }
        if (message instanceof ServerMessage.OrderHistory found) {
            return "order " + found.messageId() + " " + found.order().orderId() + " "
                    + found.order().orderStatus() + " "
                    + found.history().stream()
                            .map(report -> report.accountSeq() + " " + report.execType())
                            .toList()
                    + (found.truncated() == null ? "" : " truncated");
        }
        return message.toString();
    }

    private static String price(BigDecimal price) {
        return price == null ? "" : " @" + price.toPlainString();
    }
}
