package tickcast.orderentry;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderEncoder;
import tickcast.protocol.sbe.MassCancelEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderEncoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderEncoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;

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

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private final ReplaceOrderEncoder replaceOrder = new ReplaceOrderEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();

    /** Where the newest message stands, from offset 0. */
    MutableDirectBuffer buffer() {
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
                .clientTime(order.validity().timestampNanos())
                .validUntil(order.validity().untilNanos())
                .selfTradePrevention(
                        order.selfTradePrevention() == null
                                ? SelfTradePrevention.NULL_VAL
                                : order.selfTradePrevention())
                .account(account)
                .clientOrderId(order.clientOrderId());
        return MessageHeaderEncoder.ENCODED_LENGTH + newOrder.encodedLength();
    }

    /** Encodes a cancel; returns its length. */
    int cancel(ClientMessage.CancelOrder cancel, long receivedNanos, long sessionId, long requestId, String account) {
        cancelOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(0)
                .seq(0)
                .receivedTime(receivedNanos)
                .sessionId(sessionId)
                .requestId(requestId)
                .orderId(cancel.orderId())
                .validUntil(cancel.validity().untilNanos())
                .account(account)
                .clientOrderId(cancel.clientOrderId());
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
                .validUntil(replace.validity().untilNanos())
                .account(account)
                .clientOrderId(replace.clientOrderId());
        return MessageHeaderEncoder.ENCODED_LENGTH + replaceOrder.encodedLength();
    }

    /** Encodes a cancel of all orders that match; returns its length. */
    int massCancel(
            int symbolId,
            Side side,
            Reason reason,
            long placedBySession,
            long receivedNanos,
            long sessionId,
            long requestId,
            String account) {
        massCancel
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(0)
                .seq(0)
                .receivedTime(receivedNanos)
                .sessionId(sessionId)
                .requestId(requestId)
                .symbolId(symbolId)
                .side(side == null ? Side.NULL_VAL : side)
                .reason(reason)
                .placedBySession(placedBySession)
                .account(account);
        return MessageHeaderEncoder.ENCODED_LENGTH + massCancel.encodedLength();
    }
}
