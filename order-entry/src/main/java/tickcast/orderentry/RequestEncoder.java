package tickcast.orderentry;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderEncoder;
import tickcast.protocol.sbe.ReplaceOrderEncoder;
import tickcast.protocol.sbe.SelfTradePrevention;

/**
 * Encodes requests for the orders journal, one at a time, into a buffer of its own. Sequence and written time stay 0: the
 * {@link OrderWriter} stamps them. Confined to a thread.
 */
final class RequestEncoder {
    static final int MAX_ACCOUNT_LENGTH = 32;

    private static final int MAX_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + NewOrderEncoder.BLOCK_LENGTH
            + NewOrderEncoder.accountHeaderLength()
            + MAX_ACCOUNT_LENGTH
            + NewOrderEncoder.clientOrderIdHeaderLength()
            + ClientMessageParser.MAX_CLIENT_ORDER_ID_LENGTH;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private final ReplaceOrderEncoder replaceOrder = new ReplaceOrderEncoder();

    /** Where the newest message stands, from offset 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Encodes a new order; returns its length. */
    int place(
            ClientMessage.PlaceOrder order,
            int symbolId,
            long receivedNanos,
            long sessionId,
            long requestId,
            String account) {
        newOrder.wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(0)
                .seq(0)
                .receivedTime(receivedNanos)
                .sessionId(sessionId)
                .requestId(requestId)
                .symbolId(symbolId)
                .side(order.side())
                .orderType(order.orderType())
                .timeInForce(order.timeInForce())
                .postOnly(order.postOnly() ? BooleanType.TRUE : BooleanType.FALSE)
                .price(order.price())
                .quantity(order.quantity())
                .clientTime(clientTimeNanos(order.timestampMillis()))
                .validUntil(0)
                .selfTradePrevention(SelfTradePrevention.CANCEL_NEWEST)
                .account(account)
                .clientOrderId(order.clientOrderId());
        return MessageHeaderEncoder.ENCODED_LENGTH + newOrder.encodedLength();
    }

    /** Encodes a cancel of the order that one of the two ids names; returns its length. */
    int cancel(long orderId, String clientOrderId, long receivedNanos, long sessionId, long requestId, String account) {
        cancelOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(0)
                .seq(0)
                .receivedTime(receivedNanos)
                .sessionId(sessionId)
                .requestId(requestId)
                .orderId(orderId)
                .validUntil(0)
                .account(account)
                .clientOrderId(clientOrderId);
        return MessageHeaderEncoder.ENCODED_LENGTH + cancelOrder.encodedLength();
    }

    /** Encodes a replace; returns its length. */
    int replace(
            ClientMessage.ReplaceOrder replace, long receivedNanos, long sessionId, long requestId, String account) {
        replaceOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(0)
                .seq(0)
                .receivedTime(receivedNanos)
                .sessionId(sessionId)
                .requestId(requestId)
                .orderId(replace.orderId())
                .price(replace.price())
                .quantity(replace.quantity())
                .validUntil(0)
                .account(account)
                .clientOrderId(replace.clientOrderId());
        return MessageHeaderEncoder.ENCODED_LENGTH + replaceOrder.encodedLength();
    }

    /** A time that does not fit is as good as none. */
    private static long clientTimeNanos(long timestampMillis) {
        return timestampMillis > Long.MAX_VALUE / NANOS_PER_MILLI ? 0 : timestampMillis * NANOS_PER_MILLI;
    }
}
