package tickcast.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tickcast.latency.LatencyReport;
import tickcast.latency.LatencyTotals;

/** What a gateway itself measured between two moments, stage by stage; nothing when it does not tell. */
final class GatewayStages {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private LatencyTotals before;
    private LatencyTotals difference;
    private String problem;

    /** @param url of the gateway's WebSocket */
    GatewayStages(URI url) {
        String scheme = url.getScheme().equals("wss") ? "https" : "http";
        this.url = URI.create(scheme + "://" + url.getRawAuthority() + "/latency.hlog");
    }

    void begin() {
        before = totals();
    }

    void end() {
        var after = before == null ? null : totals();
        difference = after == null ? null : after.minus(before);
    }

    /** A table of the stages of orders, null when the gateway did not tell. */
    LatencyReport orders() {
        return difference == null
                ? null
                : difference.only(tag -> tag.startsWith("order.")).report().withoutAccounts();
    }

    /** Why there is nothing to tell, null when there is. */
    String problem() {
        return problem;
    }

    private LatencyTotals totals() {
        try {
            var response =
                    http.send(HttpRequest.newBuilder(url).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return LatencyTotals.parse(url.getPath(), response.body());
            }
            problem = url + " answers " + response.statusCode();
        } catch (IOException e) {
            problem = url + ": " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        }
        return null;
    }
}
