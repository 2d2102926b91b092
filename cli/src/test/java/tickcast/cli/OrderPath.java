package tickcast.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.slf4j.LoggerFactory;
import tickcast.gateway.Gateway;
import tickcast.gateway.GatewaySettings;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.RollInterval;
import tickcast.latency.LatencyLog;
import tickcast.orderentry.RiskSettings;
import tickcast.protocol.Instrument;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;
import tickcast.simulator.Instruments;

/** A gateway of two event loops and an exchange without an order flow of its own, whose clock can be put forward by a day. */
final class OrderPath implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TOKEN = "token-of-the-operator";
    private static final int SYMBOLS = 3;
    private static final int MANY = 1_000_000;

    private final AtomicLong daysAhead = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Path data;
    private final Path limits;
    private final ExchangeSettings settings;
    private ExchangeThread exchange;
    private Gateway gateway;
    private int port;

    /** @param limits what stands in the file of risk limits */
    OrderPath(Path data, String limits) throws Exception {
        // A machine that does other things too is slow now and then.
        ((Logger) LoggerFactory.getLogger("slow-orders")).setLevel(Level.OFF);
        this.data = data;
        this.limits = Files.writeString(data.resolve("limits.conf"), limits);
        settings = ExchangeSettings.of(data)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withEventsPerSecond(0)
                .withFeed(JournalSettings.of(data.resolve("feed")).withRoll(RollInterval.DAILY))
                .withExecutions(JournalSettings.of(data.resolve("executions")).withRoll(RollInterval.DAILY));
        startExchange();
        startGateway();
        awaitReady();
    }

    void startExchange() {
        exchange = ExchangeThread.start(settings, this::exchangeNanos, failure::set);
    }

    /** Returns the sequence of its last document of the executions. */
    long stopExchange() {
        exchange.close();
        try (var executions = JournalReader.open(data.resolve("executions"))) {
            return executions.lastSeq();
        }
    }

    /** On the port that it had before, if any. */
    void startGateway() throws Exception {
        gateway = Gateway.start(
                        GatewaySettings.of(data)
                                .withAddress("127.0.0.1", port)
                                .withShards(2)
                                .withOperatorToken(TOKEN)
                                .withRisk(RiskSettings.of(data)
                                        .withLimits(limits)
                                        .withMessageRate(MANY, MANY)
                                        .withUnanswered(MANY, LIMIT)),
                        LatencyLog.discarding())
                .await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        port = gateway.port();
    }

    void stopGateway() {
        gateway.stop(Duration.ofSeconds(2))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    void awaitReady() {
        Await.until(
                LIMIT,
                () -> "ready: " + gateway.missing(),
                () -> gateway.missing().isEmpty());
    }

    /** The gateway has noticed that no exchange runs. */
    void awaitExchangeMissed() {
        Await.until(
                LIMIT, () -> "the exchange is missed", () -> !gateway.missing().isEmpty());
    }

    int port() {
        return port;
    }

    List<Instrument> instruments() {
        return settings.instruments().all();
    }

    /** The trading day ends. */
    void nextDay() {
        daysAhead.incrementAndGet();
    }

    /** What an operator does. @param target a JSON object */
    void operate(String what, String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/operator/" + what))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(target))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(what + " " + target + ": " + response.body());
        }
    }

    /** Fails when the exchange has stopped. */
    void requireSound() {
        if (failure.get() != null) {
            throw new AssertionError("The exchange has stopped", failure.get());
        }
    }

    private long exchangeNanos() {
        return SystemEpochNanoClock.INSTANCE.nanoTime() + TimeUnit.DAYS.toNanos(daysAhead.get());
    }

    @Override
    public void close() {
        stopGateway();
        exchange.close();
    }
}
