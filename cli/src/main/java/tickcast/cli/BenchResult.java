package tickcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tickcast.latency.LatencyReport;

/**
 * What a load test found.
 *
 * @param header what ran where
 * @param seconds that were measured
 * @param delivered messages that all subscribers together received in that time
 * @param bytes of market data that they received since they connected
 * @param ordersPlanned in that time
 * @param failures why the figures are worth nothing; empty when the run is good
 */
record BenchResult(
        List<String> header,
        int subscribers,
        double seconds,
        long delivered,
        long bytes,
        long ordersPlanned,
        long ordersSent,
        LatencyReport latencies,
        List<String> failures) {
    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9", "99.99");

    void printText(PrintWriter out) {
        header.forEach(line -> out.println("# " + line));
        out.printf(
                Locale.ROOT,
                "%.1f s measured: %d subscribers, %d messages delivered, %.0f/s%n",
                seconds,
                subscribers,
                delivered,
                delivered / seconds);
        if (ordersPlanned > 0) {
            out.printf(
                    Locale.ROOT,
                    "orders: %d of %d planned were sent in that time, %.0f/s%n",
                    ordersSent,
                    ordersPlanned,
                    ordersSent / seconds);
        }
        out.print(latencies.text());
        failures.forEach(failure -> out.println("FAILED: " + failure));
        if (failures.isEmpty()) {
            out.println("passed: nothing lost, all on time");
        }
    }

    void printJson(PrintWriter out) {
        var mapper = new ObjectMapper();
        var json = mapper.createObjectNode();
        var about = json.putObject("header");
        for (String line : header) {
            int colon = line.indexOf(": ");
            about.put(line.substring(0, colon), line.substring(colon + 2));
        }
        json.put("subscribers", subscribers)
                .put("seconds", seconds)
                .put("delivered", delivered)
                .put("deliveredPerSecond", delivered / seconds)
                .put("bytes", bytes)
                .put("ordersPlanned", ordersPlanned)
                .put("ordersSent", ordersSent)
                .put("passed", failures.isEmpty());
        json.set("failures", mapper.valueToTree(failures));
        var nanos = json.putObject("latencyNanos");
        for (var row : latencies.rows()) {
            var histogram = row.histogram();
            var stage = nanos.putObject(row.tag()).put("count", histogram.getTotalCount());
            PERCENTILES.forEach(p -> stage.put("p" + p, histogram.getValueAtPercentile(Double.parseDouble(p))));
            stage.put("max", histogram.getMaxValue());
        }
        out.println(json.toPrettyString());
    }
}
