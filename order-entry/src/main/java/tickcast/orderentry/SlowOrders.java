package tickcast.orderentry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs slow orders, each as one line of JSON with the time of every stage, under a name of its own. At most {@value
 * #LINES_A_SECOND} lines a second are written; the next line counts those that were left out. Confined to a thread.
 */
final class SlowOrders {
    static final String LOGGER = "tickcast.slow-orders";
    static final int LINES_A_SECOND = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final double NANOS_PER_MICRO = 1_000;

    private long second;
    private int lines;
    private long leftOut;

    void log(OrderTimes times, long sentNanos) {
        if (sentNanos / SECOND_NANOS != second) {
            second = sentNanos / SECOND_NANOS;
            lines = 0;
        }
        if (lines == LINES_A_SECOND) {
            leftOut++;
            return;
        }
        lines++;
        LOG.warn(line(times, sentNanos));
        leftOut = 0;
    }

    private String line(OrderTimes times, long sentNanos) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("account", times.account())
                .put("sessionId", Long.toString(times.sessionId()))
                .put("requestId", times.requestId());
        if (times.orderId() != 0) {
            json.put("orderId", times.orderId());
        }
        json.put("micros", micros(times.receivedNanos(), sentNanos));
        json.putObject("stageMicros")
                .put("received-written", micros(times.receivedNanos(), times.writtenNanos()))
                .put("written-matched", micros(times.writtenNanos(), times.matchedNanos()))
                .put("matched-reported", micros(times.matchedNanos(), times.reportedNanos()))
                .put("reported-read", micros(times.reportedNanos(), times.readNanos()))
                .put("read-sent", micros(times.readNanos(), sentNanos));
        json.putObject("timeNanos")
                .put("received", times.receivedNanos())
                .put("written", times.writtenNanos())
                .put("matched", times.matchedNanos())
                .put("reported", times.reportedNanos())
                .put("read", times.readNanos())
                .put("sent", sentNanos);
        if (leftOut > 0) {
            json.put("leftOut", leftOut);
        }
        return json.toString();
    }

    private static double micros(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / NANOS_PER_MICRO;
    }
}
