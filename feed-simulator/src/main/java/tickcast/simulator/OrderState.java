package tickcast.simulator;

import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * What a client's order was when its newest report was made.
 *
 * @param quantity in total, what has traded included
 * @param traded   quantity that has traded
 * @param reason   of the end of the order
 */
record OrderState(
        int symbolId,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        boolean postOnly,
        long price,
        long quantity,
        long traded,
        OrderStatus status,
        Reason reason) {
    static OrderState of(BookOrder order, OrderStatus status, Reason reason) {
        return new OrderState(
                order.symbolId(),
                order.side(),
                order.orderType(),
                order.timeInForce(),
                order.postOnly(),
                order.price(),
                order.quantity(),
                order.cumulativeQuantity(),
                status,
                reason);
    }

    static OrderState of(ExecutionReportDecoder report) {
        return new OrderState(
                (int) report.symbolId(),
                report.side(),
                report.orderType(),
                report.timeInForce(),
                report.postOnly() == BooleanType.TRUE,
                report.price(),
                report.quantity(),
                report.cumulativeQuantity(),
                report.orderStatus(),
                report.reason());
    }

    OrderState ended(OrderStatus newStatus, Reason newReason) {
        return new OrderState(
                symbolId, side, orderType, timeInForce, postOnly, price, quantity, traded, newStatus, newReason);
    }

    boolean isOpen() {
        return status == OrderStatus.NEW || status == OrderStatus.PARTIALLY_FILLED;
    }

    long leaves() {
        return isOpen() ? quantity - traded : 0;
    }
}
