package tickcast.cli;

import org.agrona.DirectBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * A request of the orders journal; what its kind does not have is null, 0 or empty.
 *
 * @param reason why a gateway cancels, or that the client asked for it
 * @param placedBy only the orders of this session are cancelled; 0 for all
 */
record PlainRequest(
        Kind kind,
        long seq,
        long sessionId,
        long requestId,
        String account,
        long orderId,
        String clientOrderId,
        int symbolId,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        boolean postOnly,
        SelfTradePrevention mode,
        long price,
        long quantity,
        long validUntil,
        long receivedTime,
        Reason reason,
        long placedBy) {
    enum Kind {
        PLACE,
        CANCEL,
        REPLACE,
        CANCEL_ALL
    }

    /** Whether it was no longer valid when the gateway received it. */
    boolean cameLate() {
        return validUntil != 0 && validUntil < receivedTime;
    }

    /** The same order without a name. */
    PlainRequest unnamed() {
        return new PlainRequest(
                kind,
                seq,
                sessionId,
                requestId,
                account,
                orderId,
                "",
                symbolId,
                side,
                orderType,
                timeInForce,
                postOnly,
                mode,
                price,
                quantity,
                validUntil,
                receivedTime,
                reason,
                placedBy);
    }

    static PlainRequest read(DirectBuffer message, int offset) {
        var header = new MessageHeaderDecoder();
        return switch (FeedHeader.templateId(message, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> of(new NewOrderDecoder().wrapAndApplyHeader(message, offset, header));
            case CancelOrderDecoder.TEMPLATE_ID ->
                of(new CancelOrderDecoder().wrapAndApplyHeader(message, offset, header));
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                of(new ReplaceOrderDecoder().wrapAndApplyHeader(message, offset, header));
            default -> of(new MassCancelDecoder().wrapAndApplyHeader(message, offset, header));
        };
    }

    private static PlainRequest of(NewOrderDecoder order) {
        return new PlainRequest(
                Kind.PLACE,
                order.seq(),
                order.sessionId(),
                order.requestId(),
                order.account(),
                order.seq(),
                order.clientOrderId(),
                (int) order.symbolId(),
                order.side(),
                order.orderType(),
                order.timeInForce(),
                order.postOnly() == BooleanType.TRUE,
                order.selfTradePrevention(),
                order.price(),
                order.quantity(),
                order.validUntil(),
                order.receivedTime(),
                Reason.NONE,
                0);
    }

    private static PlainRequest of(CancelOrderDecoder cancel) {
        return new PlainRequest(
                Kind.CANCEL,
                cancel.seq(),
                cancel.sessionId(),
                cancel.requestId(),
                cancel.account(),
                cancel.orderId(),
                cancel.clientOrderId(),
                0,
                null,
                null,
                null,
                false,
                null,
                0,
                0,
                cancel.validUntil(),
                cancel.receivedTime(),
                Reason.CLIENT_REQUEST,
                0);
    }

    private static PlainRequest of(ReplaceOrderDecoder replace) {
        return new PlainRequest(
                Kind.REPLACE,
                replace.seq(),
                replace.sessionId(),
                replace.requestId(),
                replace.account(),
                replace.orderId(),
                replace.clientOrderId(),
                0,
                null,
                null,
                null,
                false,
                null,
                replace.price(),
                replace.quantity(),
                replace.validUntil(),
                replace.receivedTime(),
                Reason.NONE,
                0);
    }

    private static PlainRequest of(MassCancelDecoder cancel) {
        return new PlainRequest(
                Kind.CANCEL_ALL,
                cancel.seq(),
                cancel.sessionId(),
                cancel.requestId(),
                cancel.account(),
                0,
                "",
                (int) cancel.symbolId(),
                cancel.side() == Side.NULL_VAL ? null : cancel.side(),
                null,
                null,
                false,
                null,
                0,
                0,
                0,
                cancel.receivedTime(),
                cancel.reason(),
                cancel.placedBySession());
    }
}
