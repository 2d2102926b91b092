package tickcast.orderentry;

import tickcast.orderentry.archive.StoredReports;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * The state of an order as a report told it. Price and quantities are mantissas.
 *
 * @param clientOrderId empty when the client gave none
 */
record LiveOrder(
        long orderId,
        String clientOrderId,
        int symbolId,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        long price,
        long quantity,
        long leavesQuantity,
        long cumulativeQuantity,
        OrderStatus status,
        long placedBySession) {

    static LiveOrder of(ExecutionReportDecoder report, String clientOrderId) {
        return new LiveOrder(
                report.orderId(),
                clientOrderId,
                (int) report.symbolId(),
                report.side(),
                report.orderType(),
                report.timeInForce(),
                report.price(),
                report.quantity(),
                report.leavesQuantity(),
                report.cumulativeQuantity(),
                report.orderStatus(),
                report.placedBySession());
    }

    /** As one of the reports tells it. */
    static LiveOrder of(StoredReports reports, int index) {
        var report = reports.get(index);
        report.skipAccount();
        return of(report, report.clientOrderId());
    }

    boolean isOpen() {
        return status == OrderStatus.NEW || status == OrderStatus.PARTIALLY_FILLED;
    }
}
