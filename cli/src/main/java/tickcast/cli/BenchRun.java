package tickcast.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tickcast.cli.load.MeasuredWindow;
import tickcast.client.TickcastClient;
import tickcast.latency.HiccupMeter;
import tickcast.latency.LatencyLog;
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
    private final List<TickcastClient> orderClients = new ArrayList<>();
    private BenchSubscribers subscribers;
    private BenchOrders orders;
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
        window.begin(options.duration.toNanos());
        subscribers.storm().begin();
        var hiccups = HiccupMeter.start(log);
        try {
            showProgress(status);
        } finally {
            hiccups.close();
        }
        window.end();
        if (server != null) {
            server.end();
        }
        status.end();
        return new BenchResult(
                header, options, window.seconds(), subscribers, orders, server, log, verdict(window.seconds()));
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
            orders = new BenchOrders(options.orderRate, listings, window);
            for (int i = 0; i < orders.sessionCount(); i++) {
                orderClients.add(orderClient(i));
            }
            orders.start(Collections.unmodifiableList(orderClients));
        }
        if (options.probeRate > 0) {
            var lane = threads.lane(0);
            probes = new BenchProbes(options.probeRate, url, stop, listings, window, lane.transport(), lane.probes());
            probes.start();
        }
    }

    private TickcastClient orderClient(int number) {
        var lane = threads.lane(number);
        var client = TickcastClient.builder(url)
                .transport(lane.transport())
                .account("bench-" + number)
                .orderLatency(latencyNanos -> {
                    if (window.contains(latencyNanos)) {
                        lane.orders().record(latencyNanos);
                    }
                })
                .build();
        GatewayCall.connect(client, url, stop);
        return client;
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
            long lost = orderClients.stream()
                    .filter(client -> client.counters().connections() > 1)
                    .count();
            verdict.failIf(lost > 0, lost + " sessions that sent orders lost their connection");
        }
        if (probes != null) {
            verdict.checkProbes(probes);
        }
        return verdict.failures();
    }

    @Override
    public void close() {
        if (orders != null) {
            orders.stop();
        }
        if (probes != null) {
            probes.close();
        }
        orderClients.forEach(TickcastClient::close);
        if (!orderClients.isEmpty()) {
            GatewayCall.close(orderClients.get(orderClients.size() - 1));
        }
        if (subscribers != null) {
            subscribers.close();
        }
        threads.close();
    }
}
