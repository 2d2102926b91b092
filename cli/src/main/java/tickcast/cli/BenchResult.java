package tickcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import tickcast.cli.load.OrderLoad;
import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyReport;

/** What a load test found, as text and as JSON. */
final class BenchResult {
    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9", "99.99");

    private final List<String> header;
    private final BenchOptions options;
    private final double seconds;
    private final BenchSubscribers subscribers;
    private final OrderLoad orders;
    private final GatewayStages stages;
    private final ServerMeter server;
    private final LatencyReport latencies;
    private final List<String> failures;

    /**
     * @param header what ran where
     * @param seconds that were measured
     * @param orders null when none were wanted
     * @param stages of the orders; null when none were wanted
     * @param server null when none was wanted
     * @param failures why the figures are worth nothing; empty when the run is good
     */
    BenchResult(
            List<String> header,
            BenchOptions options,
            double seconds,
            BenchSubscribers subscribers,
            OrderLoad orders,
            GatewayStages stages,
            ServerMeter server,
            LatencyLog log,
            List<String> failures) {
        this.header = header;
        this.options = options;
        this.seconds = seconds;
        this.subscribers = subscribers;
        this.orders = orders;
        this.stages = stages;
        this.server = server;
        this.latencies = log.report();
        this.failures = failures;
    }

    boolean passed() {
        return failures.isEmpty();
    }

    String text() {
        var out = new StringBuilder();
        header.forEach(line -> out.append("# ").append(line).append('\n'));
        long delivered = subscribers.prompt().delivered();
        line(
                out,
                "%.1f s measured: %d subscribers, %d messages delivered, %.0f/s",
                seconds,
                subscribers.complete().size(),
                delivered,
                delivered / seconds);
        if (options.slow + options.dead > 0) {
            line(
                    out,
                    "beside them: %d slow and %d dead readers, %d messages, cut off %d times",
                    options.slow,
                    options.dead,
                    subscribers.throttled().delivered(),
                    subscribers.throttled().cutOff());
        }
        var storm = subscribers.storm();
        if (storm.size() > 0) {
            line(out, "storm: %d of %d had all snapshots after %.3f s", storm.settled(), storm.size(), storm.seconds());
        }
        var churn = subscribers.churn();
        if (churn != null) {
            line(out, "churn: %d disconnects and resubscriptions", churn.done());
        }
        if (orders != null) {
            line(
                    out,
                    "orders: %d of %d planned were sent in that time, %.0f/s, sessions: %d; warm-up included, %d were acknowledged and "
                            + "%d reports came",
                    orders.measuredSent(),
                    ordersPlanned(),
                    orders.measuredSent() / seconds,
                    orders.sessions(),
                    orders.acknowledged(),
                    orders.reports());
        }
        if (server != null) {
            line(
                    out,
                    "server: %.2f s of CPU, %.3f us for each message; %d MiB resident, for each connection %.1f KiB, "
                            + "without mapped files %.1f KiB",
                    server.cpuSeconds(),
                    server.cpuMicrosPerMessage(allDelivered()),
                    server.residentBytes() >> 20,
                    server.residentBytesPerConnection() / 1024.0,
                    server.anonymousBytesPerConnection() / 1024.0);
        }
        out.append(latencies.text());
        if (stages != null) {
            out.append("within gateway and exchange, ");
            out.append(
                    stages.orders() == null
                            ? "unknown: " + stages.problem() + "\n"
                            : stages.orders().text());
        }
        failures.forEach(failure -> line(out, "FAILED: %s", failure));
        if (failures.isEmpty()) {
            line(out, "passed: nothing lost, all on time");
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    String json() {
        var json = new ObjectMapper().createObjectNode();
        var about = json.putObject("header");
        for (String line : header) {
            int colon = line.indexOf(": ");
            about.put(line.substring(0, colon), line.substring(colon + 2));
        }
        var prompt = subscribers.prompt();
        json.put("subscribers", subscribers.complete().size())
                .put("slowReaders", options.slow)
                .put("deadReaders", options.dead)
                .put("seconds", seconds)
                .put("delivered", prompt.delivered())
                .put("deliveredPerSecond", prompt.delivered() / seconds)
                .put("bytes", prompt.bytes())
                .put("slowDelivered", subscribers.throttled().delivered())
                .put("cutOff", subscribers.throttled().cutOff());
        putPlans(json);
        if (server != null) {
            json.putObject("server")
                    .put("cpuSeconds", server.cpuSeconds())
                    .put("cpuMicrosPerMessage", server.cpuMicrosPerMessage(allDelivered()))
                    .put("residentBytes", server.residentBytes())
                    .put("residentBytesPerConnection", server.residentBytesPerConnection())
                    .put("anonymousBytesPerConnection", server.anonymousBytesPerConnection());
        }
        putLatencies(json.putObject("latencyNanos"), latencies);
        if (stages != null && stages.orders() != null) {
            putLatencies(json.putObject("gatewayLatencyNanos"), stages.orders());
        }
        json.put("passed", failures.isEmpty());
        var reasons = json.putArray("failures");
        failures.forEach(reasons::add);
        return json.toPrettyString();
    }

    private void putPlans(ObjectNode json) {
        var storm = subscribers.storm();
        if (storm.size() > 0) {
            json.putObject("storm")
                    .put("subscribers", storm.size())
                    .put("settled", storm.settled())
                    .put("seconds", storm.seconds());
        }
        var churn = subscribers.churn();
        if (churn != null) {
            json.putObject("churn").put("done", churn.done()).put("missed", churn.missed());
        }
        json.put("ordersPlanned", ordersPlanned()).put("ordersSent", orders == null ? 0 : orders.measuredSent());
        if (orders != null) {
            json.put("orderSessions", orders.sessions()).put("ordersAcknowledged", orders.acknowledged());
        }
    }

    private static void putLatencies(ObjectNode nanos, LatencyReport latencies) {
        for (var row : latencies.rows()) {
            var histogram = row.histogram();
            var stage = nanos.putObject(row.tag()).put("count", histogram.getTotalCount());
            PERCENTILES.forEach(p -> stage.put("p" + p, histogram.getValueAtPercentile(Double.parseDouble(p))));
            stage.put("max", histogram.getMaxValue());
        }
    }

    private long ordersPlanned() {
        return Math.round(options.orderRate * seconds);
    }

    private long allDelivered() {
        return subscribers.prompt().delivered() + subscribers.throttled().delivered();
    }
}
