package tickcast.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.cli.load.FormMix;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalWriter;
import tickcast.latency.LatencyLog;

/**
 * A market of a server's own, with exchange, gateway and clients, before it begins: what the JVM has not compiled then, it compiles
 * while the first clients wait. Its journals are deleted at its end. When it fails, the server begins all the same.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration READY_LIMIT = Duration.ofSeconds(5);
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int SUBSCRIBERS = 30;
    private static final int ORDERS_PER_SECOND = 4_000;
    private static final int ORDER_SESSIONS = 4;

    private final Configuration configuration;
    private final Path directory;
    private final StopSignal stop = new StopSignal();

    private WarmUp(Configuration configuration, Path directory, StopSignal stop) {
        this.configuration = configuration;
        this.directory = directory;
        stop.future().thenRun(this.stop::request);
    }

    /**
     * Returns when it is over, soon when a stop is requested.
     *
     * @param server which has a directory of its own for it in the data directory
     * @param out takes lines for the user
     * @return whether the server is to begin: no stop was requested
     * @throws CommandFailedException when another server is at the same
     */
    static boolean run(Configuration configuration, String server, StopSignal stop, Consumer<String> out) {
        if (configuration.warmup().isZero()) {
            return true;
        }
        Path directory = configuration.data().resolve("warmup-" + server);
        requireNoOther(directory);
        out.accept("warming up for " + configuration.warmup().toMillis() / 1e3 + " s ...");
        long startNanos = System.nanoTime();
        try {
            delete(directory);
            String done = new WarmUp(configuration, directory, stop).run();
            out.accept(
                    String.format(Locale.ROOT, "warm after %.1f s: %s", (System.nanoTime() - startNanos) / 1e9, done));
        } catch (IOException | RuntimeException | LinkageError e) {
            // Libraries that are loaded while the process ends throw what they like.
            if (!stop.isRequested()) {
                LOG.warn("Not warm: the market in {} failed ({}); the server begins without", directory, e.toString());
                LOG.debug("Failed so", e);
            }
        }
        try {
            delete(directory);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}; do so", directory, e);
        }
        // Collected now, not while the first clients wait.
        System.gc();
        return !stop.isRequested();
    }

    private static void requireNoOther(Path directory) {
        Path feed = JournalName.FEED.in(directory);
        if (Files.isDirectory(feed) && JournalWriter.hasWriter(feed)) {
            throw new CommandFailedException("Another server warms up in " + directory.toAbsolutePath() + ", "
                    + JournalWriter.writerOf(feed) + "; wait for it, or choose another data directory with --data");
        }
    }

    private String run() {
        var own = ownConfiguration();
        try (var exchange = ExchangeRun.start(own, stop);
                var gateway = GatewayRun.start(own, LatencyLog.discarding())) {
            gateway.awaitReady(stop, READY_LIMIT);
            try (var clients = new BenchRun(clients(), URI.create(gateway.url()), stop, LatencyLog.discarding())) {
                clients.run(List.of(), new StatusLine(new PrintWriter(Writer.nullWriter()), false));
            }
            exchange.requireSound();
            return String.format(
                    Locale.ROOT,
                    "%,d messages delivered, %,d orders",
                    gateway.counters().delivered(),
                    exchange.counters().clientRequests());
        }
    }

    /** All defaults, but for what decides which code runs. */
    private Configuration ownConfiguration() {
        return ConfigurationLoader.load(
                null,
                Map.of(),
                Map.of(
                        "data", directory.toString(),
                        "port", 0,
                        "exchange.rate", EVENTS_PER_SECOND,
                        "exchange.idle", text(configuration.exchange().idle()),
                        "gateway.shards", configuration.gateway().shards(),
                        "gateway.watcher", text(configuration.gateway().watcherIdle()),
                        "gateway.order-writer", text(configuration.gateway().writerIdle()),
                        "latency.slow-order", "0ms"));
    }

    private static String text(IdleMode idle) {
        return idle.name().toLowerCase(Locale.ROOT);
    }

    private BenchOptions clients() {
        var clients = new BenchOptions();
        clients.subscribers = SUBSCRIBERS;
        clients.symbols = BenchSubscribers.ALL;
        clients.forms = FormMix.parse("v1=1,sbe=1,json=1");
        clients.orderRate = ORDERS_PER_SECOND;
        clients.orderSessions = ORDER_SESSIONS;
        clients.warmup = Duration.ZERO;
        clients.duration = configuration.warmup();
        return clients;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
