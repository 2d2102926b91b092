package tickcast.orderentry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyRecorder;
import tickcast.latency.Stage;

/**
 * Records the stages of the requests that one desk's sessions asked for, over all accounts and for each, once their answers have
 * gone out. Confined to a thread.
 */
final class OrderLatency implements AutoCloseable {
    private final OrderTiming timing;
    private final LatencyRecorder writtenMatched;
    private final LatencyRecorder matchedReported;
    private final LatencyRecorder reportedRead;
    private final LatencyRecorder readSent;
    private final LatencyRecorder receivedSent;
    private final Map<String, OfAccount> accounts = new HashMap<>();
    private final SlowOrders slowOrders = new SlowOrders();
    private final List<OrderTimes> unsent = new ArrayList<>();

    OrderLatency(OrderTiming timing) {
        this.timing = timing;
        var log = timing.log();
        writtenMatched = log.recorder(Stage.ORDER_WRITTEN_MATCHED);
        matchedReported = log.recorder(Stage.ORDER_MATCHED_REPORTED);
        reportedRead = log.recorder(Stage.ORDER_REPORTED_READ);
        readSent = log.recorder(Stage.ORDER_READ_SENT);
        receivedSent = log.recorder(Stage.ORDER_RECEIVED_SENT);
    }

    /** The answer to a request was written; it goes out with {@link #sent}. */
    void answered(OrderTimes times) {
        unsent.add(times);
    }

    /** All answers that were written have gone out at {@code sentNanos}. */
    void sent(long sentNanos) {
        for (int i = 0; i < unsent.size(); i++) {
            record(unsent.get(i), sentNanos);
        }
        unsent.clear();
    }

    /** Whether {@link #sent} has something to record. */
    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    private void record(OrderTimes times, long sentNanos) {
        writtenMatched.record(times.matchedNanos() - times.writtenNanos());
        matchedReported.record(times.reportedNanos() - times.matchedNanos());
        reportedRead.record(times.readNanos() - times.reportedNanos());
        readSent.record(sentNanos - times.readNanos());
        receivedSent.record(sentNanos - times.receivedNanos());
        String name = timing.nameOf(times.account());
        accounts.computeIfAbsent(name, account -> new OfAccount(timing.log(), account))
                .record(times, sentNanos);
        if (timing.isSlow(sentNanos - times.receivedNanos())) {
            slowOrders.log(times, sentNanos);
        }
    }

    @Override
    public void close() {
        writtenMatched.close();
        matchedReported.close();
        reportedRead.close();
        readSent.close();
        receivedSent.close();
        accounts.values().forEach(OfAccount::close);
    }

    /** The stages of one account, or of all that have none of their own. */
    private static final class OfAccount {
        private final LatencyRecorder receivedWritten;
        private final LatencyRecorder writtenMatched;
        private final LatencyRecorder matchedReported;
        private final LatencyRecorder reportedRead;
        private final LatencyRecorder readSent;
        private final LatencyRecorder receivedSent;

        OfAccount(LatencyLog log, String account) {
            receivedWritten = log.recorder(Stage.ORDER_RECEIVED_WRITTEN, account);
            writtenMatched = log.recorder(Stage.ORDER_WRITTEN_MATCHED, account);
            matchedReported = log.recorder(Stage.ORDER_MATCHED_REPORTED, account);
            reportedRead = log.recorder(Stage.ORDER_REPORTED_READ, account);
            readSent = log.recorder(Stage.ORDER_READ_SENT, account);
            receivedSent = log.recorder(Stage.ORDER_RECEIVED_SENT, account);
        }

        void record(OrderTimes times, long sentNanos) {
            receivedWritten.record(times.writtenNanos() - times.receivedNanos());
            writtenMatched.record(times.matchedNanos() - times.writtenNanos());
            matchedReported.record(times.reportedNanos() - times.matchedNanos());
            reportedRead.record(times.readNanos() - times.reportedNanos());
            readSent.record(sentNanos - times.readNanos());
            receivedSent.record(sentNanos - times.receivedNanos());
        }

        void close() {
            receivedWritten.close();
            writtenMatched.close();
            matchedReported.close();
            reportedRead.close();
            readSent.close();
            receivedSent.close();
        }
    }
}
