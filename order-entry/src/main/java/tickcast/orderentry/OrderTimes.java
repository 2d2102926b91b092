package tickcast.orderentry;

import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;

/** When a request passed each stage, in nanoseconds since the Unix epoch, and which one it was. */
record OrderTimes(
        String account,
        long sessionId,
        long requestId,
        long orderId,
        long receivedNanos,
        long writtenNanos,
        long matchedNanos,
        long reportedNanos,
        long readNanos) {

    static OrderTimes of(ExecutionReportDecoder report, String account, long readNanos) {
        return new OrderTimes(
                account,
                report.sessionId(),
                report.requestId(),
                report.orderId(),
                report.receivedTime(),
                report.writtenTime(),
                report.matchedTime(),
                report.reportedTime(),
                readNanos);
    }

    static OrderTimes of(MassCancelReportDecoder report, String account, long readNanos) {
        return new OrderTimes(
                account,
                report.sessionId(),
                report.requestId(),
                0,
                report.receivedTime(),
                report.writtenTime(),
                report.matchedTime(),
                report.reportedTime(),
                readNanos);
    }
}
