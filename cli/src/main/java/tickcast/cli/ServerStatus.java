package tickcast.cli;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import tickcast.gateway.GatewayCounters;
import tickcast.latency.LatencyLog;
import tickcast.latency.Stage;

/** What the servers of this process did since the last look, as one line. Confined to a thread. */
final class ServerStatus {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final double MICRO_NANOS = 1_000;
    private static final double SECOND_NANOS = 1e9;

    private final ExchangeRun exchange;
    private final GatewayCounters gateway;
    private final LatencyLog latency;
    private final ReplayStatus replay;
    private Histogram latenciesBefore;
    private long messagesBefore;
    private long deliveredBefore;
    private long lookedNanos = System.nanoTime();

    /**
     * @param exchange null when there is none in this process
     * @param gateway likewise
     */
    ServerStatus(ExchangeRun exchange, GatewayCounters gateway, LatencyLog latency) {
        this.exchange = exchange;
        this.gateway = gateway;
        this.latency = latency;
        replay = exchange == null ? null : exchange.replayStatus();
    }

    String line() {
        long nowNanos = System.nanoTime();
        double seconds = (nowNanos - lookedNanos) / SECOND_NANOS;
        lookedNanos = nowNanos;
        List<String> parts = new ArrayList<>();
        parts.add(TIME.format(LocalTime.now()));
        if (replay != null) {
            parts.add(replay.text());
        }
        if (exchange != null) {
            var counters = exchange.counters();
            long messages = counters.messages();
            parts.add(String.format(Locale.ROOT, "feed %,.0f msg/s", (messages - messagesBefore) / seconds));
            parts.add(String.format(Locale.ROOT, "%,d trades", counters.trades()));
            parts.add(String.format(Locale.ROOT, "%,d orders", counters.clientRequests()));
            if (counters.executionsOverBudgetBytes() > 0) {
                parts.add(String.format(
                        Locale.ROOT, "executions %,d MiB over budget", counters.executionsOverBudgetBytes() >> 20));
            }
            messagesBefore = messages;
        }
        if (gateway != null) {
            long delivered = gateway.delivered();
            parts.add(gateway.connections() + " connections");
            parts.add(String.format(Locale.ROOT, "%,.0f deliveries/s", (delivered - deliveredBefore) / seconds));
            deliveredBefore = delivered;
            parts.add(latencies());
        }
        return String.join("  ", parts);
    }

    private String latencies() {
        var total = latency.total(Stage.FEED_PUBLISHED_FLUSHED);
        var recent = total.copy();
        if (latenciesBefore != null) {
            recent.subtract(latenciesBefore);
        }
        latenciesBefore = total;
        if (recent.getTotalCount() == 0) {
            return "latency -";
        }
        return String.format(
                Locale.ROOT,
                "latency p50 %.0f µs p99 %.0f µs",
                recent.getValueAtPercentile(50) / MICRO_NANOS,
                recent.getValueAtPercentile(99) / MICRO_NANOS);
    }
}
