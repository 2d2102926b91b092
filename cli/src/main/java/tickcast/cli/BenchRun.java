package tickcast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import tickcast.cli.load.MeasuredWindow;
import tickcast.cli.load.OrderLoad;
import tickcast.client.TickcastClient;
import tickcast.latency.HiccupMeter;
import tickcast.latency.LatencyLog;
import tickcast.latency.Stage;
import tickcast.protocol.json.ServerMessage;

/** One load test: connects, warms up, measures, and checks that nothing was lost and that the planned rates were kept. */
final class BenchRun implements AutoCloseable {
    private static final Duration STORM_LIMIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final BenchOptions options;
    private final URI url;
    private final StopSignal stop;
    private final LatencyLog log;
    private final BenchThreads threads;
    private final MeasuredWindow window = new MeasuredWindow();
    private BenchSubscribers subscribers;
    private OrderLoad orders;
    private GatewayStages stages;
    private BenchProbes probes;

    BenchRun(BenchOptions options, URI url, StopSignal stop, LatencyLog log) {
        this.options = options;
        this.url = url;
        this.stop = stop;
        this.log = log;
        threads = new BenchThreads(Runtime.getRuntime().availableProcessors(), log);
    }

    /** @param header what runs where */
    BenchResult run(List<String> header, StatusLine status) {
        var listings = listings();
        var server = ServerMeter.of(options.serverPid);
        subscribers = new BenchSubscribers(options, url, window, log, listings);
        subscribers.connect(stop);
        startOrders(listings);
        subscribers.startChurn();
        stop.await(options.warmup);
        if (server != null) {
            server.begin(subscribers.connections());
        }
        if (stages != null) {
            stages.begin();
        }
        window.begin(options.duration.toNanos());
        subscribers.storm().begin();
        var hiccups = HiccupMeter.start(log);
        try {
            showProgress(status);
        } finally {
            hiccups.close();
        }
        window.end();
        if (stages != null) {
            stages.end();
        }
        if (server != null) {
            server.end();
        }
        status.end();
        return new BenchResult(
                header, options, window.seconds(), subscribers, orders, stages, server, log, verdict(window.seconds()));
    }

    private List<ServerMessage.Listing> listings() {
        var client = TickcastClient.builder(url)
                .transport(threads.lane(0).transport())
                .build();
        try {
            GatewayCall.connect(client, url, stop);
            var listings = GatewayCall.answer(client.symbols(), stop);
            boolean needed = options.orderRate + options.probeRate > 0 || !options.symbols.equals(BenchSubscribers.ALL);
            if (listings.isEmpty() && needed) {
                throw new CommandFailedException("The exchange lists no symbols; is one running?");
            }
            return listings;
        } finally {
            GatewayCall.close(client);
        }
    }

    private void startOrders(List<ServerMessage.Listing> listings) {
        if (options.orderRate > 0) {
            stages = new GatewayStages(url);
            orders = orderLoad(listings);
            orders.start();
        }
        if (options.probeRate > 0) {
            var lane = threads.lane(0);
            probes = new BenchProbes(options.probeRate, url, stop, listings, window, lane.transport(), lane.probes());
            probes.start();
        }
    }

    private OrderLoad orderLoad(List<ServerMessage.Listing> listings) {
        if (!url.getScheme().equals("ws")) {
            throw new CommandFailedException("--orders needs a ws:// URL");
        }
        try {
            return new OrderLoad(
                    url,
                    options.orderRate,
                    options.orderSessionCount(),
                    listings,
                    window,
                    log.recorder(Stage.CLIENT_ORDER_ACKNOWLEDGED));
        } catch (IOException e) {
            throw new CommandFailedException("Cannot connect the sessions that send orders: " + e.getMessage(), e);
        }
    }

    private void showProgress(StatusLine status) {
        long before = 0;
        long left = window.leftNanos();
        while (left > 0 && !stop.awaitNanos(Math.min(left, StatusLine.PERIOD.toNanos()))) {
            long now = subscribers.prompt().delivered();
            left = window.leftNanos();
            status.show(String.format(
                    "%3d s left  %,d messages/s%s",
                    Math.max(0, left / 1_000_000_000L),
                    now - before,
                    orders == null ? "" : "  " + orders.acknowledged() + " orders acknowledged"));
            before = now;
        }
    }

    private List<String> verdict(double seconds) {
        subscribers.stopChurn();
        if (orders != null) {
            orders.stop();
        }
        if (probes != null) {
            probes.stop();
        }
        long deadline = System.nanoTime() + STORM_LIMIT.toNanos();
        while (!subscribers.storm().over() && System.nanoTime() - deadline < 0 && !stop.isRequested()) {
            stop.await(POLL);
        }
        var verdict = new BenchVerdict(options, stop);
        verdict.checkDelivery(subscribers, seconds);
        if (orders != null) {
            verdict.checkOrders(orders, seconds);
        }
        if (probes != null) {
            verdict.checkProbes(probes);
        }
        return verdict.failures();
    }

    @Override
    public void close() {
        if (orders != null) {
            try {
                orders.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (probes != null) {
            probes.close();
        }
        if (subscribers != null) {
            subscribers.close();
        }
        threads.close();
    }
}
