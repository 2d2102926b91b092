package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tickcast.latency.LatencyLog;

class SlowOrdersTest {
    private static final long T0 = 1_700_000_000_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowOrders.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final OrderLatency latency = new OrderLatency(new OrderTiming(LatencyLog.discarding(), 2, 1_000_000));

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void endListening() {
        logger.detachAppender(lines);
        latency.close();
    }

    @Test
    void aSlowOrderIsLoggedWithTheTimeOfEveryStage() throws JsonProcessingException {
        answered(T0, "a desk");
        latency.sent(T0 + 999_999);
        assertEquals(0, lines.list.size());

        answered(T0, "a desk");
        latency.sent(T0 + 1_000_000);
        assertEquals(1, lines.list.size());
        var line = new ObjectMapper().readTree(lines.list.get(0).getFormattedMessage());
        assertEquals("a desk", line.get("account").asText());
        assertEquals("101", line.get("sessionId").asText());
        assertEquals(7, line.get("requestId").asLong());
        assertEquals(4711, line.get("orderId").asLong());
        assertEquals(1_000, line.get("micros").asDouble());
        assertEquals(
                "{\"received-written\":10.0,\"written-matched\":20.5,\"matched-reported\":0.5,\"reported-read\":100.0,"
                        + "\"read-sent\":869.0}",
                line.get("stageMicros").toString());
        assertEquals(
                "{\"received\":1700000000000000000,\"written\":1700000000000010000,\"matched\":1700000000000030500,"
                        + "\"reported\":1700000000000031000,\"read\":1700000000000131000,\"sent\":1700000000001000000}",
                line.get("timeNanos").toString());
    }

    @Test
    void aBadTimeDoesNotFloodTheLog() throws JsonProcessingException {
        for (int i = 0; i < 25; i++) {
            answered(T0, "desk");
        }
        latency.sent(T0 + 5_000_000);
        assertEquals(SlowOrders.LINES_A_SECOND, lines.list.size());
        answered(T0 + 1_000_000_000, "desk");
        latency.sent(T0 + 1_005_000_000);
        var line = new ObjectMapper().readTree(lines.list.get(10).getFormattedMessage());
        assertEquals(15, line.get("leftOut").asInt());
    }

    @Test
    void accountsAreMeasuredByThemselvesUpToABound() {
        var log = LatencyLog.discarding();
        var timing = new OrderTiming(log, 2, 0);
        assertEquals("alice", timing.nameOf("alice"));
        assertEquals("others", timing.nameOf("session-7"));
        assertEquals("bob", timing.nameOf("bob"));
        assertEquals("others", timing.nameOf("carol"));
        assertEquals("alice", timing.nameOf("alice"));
    }

    private void answered(long receivedNanos, String account) {
        latency.answered(new OrderTimes(
                account,
                101,
                7,
                4711,
                receivedNanos,
                receivedNanos + 10_000,
                receivedNanos + 30_500,
                receivedNanos + 31_000,
                receivedNanos + 131_000));
    }
}
