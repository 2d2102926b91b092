package tickcast.orderentry;

import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyRecorder;
import tickcast.latency.Stage;
import tickcast.protocol.sbe.ExecutionReportDecoder;

/** Records the stages of an order that one of this desk's sessions asked for. Confined to a thread. */
final class OrderLatency implements AutoCloseable {
    private final LatencyRecorder writtenMatched;
    private final LatencyRecorder matchedReported;
    private final LatencyRecorder reportedSent;
    private final LatencyRecorder receivedSent;

    OrderLatency(LatencyLog log) {
        writtenMatched = log.recorder(Stage.ORDER_WRITTEN_MATCHED);
        matchedReported = log.recorder(Stage.ORDER_MATCHED_REPORTED);
        reportedSent = log.recorder(Stage.ORDER_REPORTED_SENT);
        receivedSent = log.recorder(Stage.ORDER_RECEIVED_SENT);
    }

    /** The answer that {@code report} gave was sent at {@code sentNanos}. */
    void record(ExecutionReportDecoder report, long sentNanos) {
        writtenMatched.record(report.matchedTime() - report.writtenTime());
        matchedReported.record(report.reportedTime() - report.matchedTime());
        reportedSent.record(sentNanos - report.reportedTime());
        receivedSent.record(sentNanos - report.receivedTime());
    }

    @Override
    public void close() {
        writtenMatched.close();
        matchedReported.close();
        reportedSent.close();
        receivedSent.close();
    }
}
