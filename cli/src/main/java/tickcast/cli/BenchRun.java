package tickcast.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import tickcast.client.TickcastClient;
import tickcast.latency.HiccupMeter;
import tickcast.latency.LatencyLog;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

/** One load test: connects, warms up, measures, and checks that nothing was lost and that the planned rate was kept. */
final class BenchRun implements AutoCloseable {
    /** What is still on its way when the measuring ends has so long to arrive. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final int CONNECTING_AT_ONCE = 100;
    private static final double MOST_MISSED = 0.01;
    /** As many can fall on the other side of the beginning or the end. */
    private static final int EDGE_ORDERS = 2;

    private final BenchOptions options;
    private final URI url;
    private final StopSignal stop;
    private final LatencyLog log;
    private final BenchThreads threads;
    private final LongAdder delivered = new LongAdder();
    private final List<TickcastClient> clients = new ArrayList<>();
    private final List<BenchSubscriber> subscribers = new ArrayList<>();
    private final List<TickcastClient> orderClients = new ArrayList<>();
    private BenchOrders orders;
    private final MeasuredWindow window = new MeasuredWindow();

    BenchRun(BenchOptions options, URI url, StopSignal stop, LatencyLog log) {
        this.options = options;
        this.url = url;
        this.stop = stop;
        this.log = log;
        threads = new BenchThreads(Runtime.getRuntime().availableProcessors(), log);
    }

    /** @param header what runs where */
    BenchResult run(List<String> header, StatusLine status) {
        var listings = connect();
        if (options.orderRate > 0) {
            startOrders(listings);
        }
        stop.await(options.warmup);
        window.begin(options.duration.toNanos());
        var hiccups = HiccupMeter.start(log);
        try {
            showProgress(status);
        } finally {
            hiccups.close();
        }
        window.end();
        double seconds = window.seconds();
        if (orders != null) {
            orders.stop();
        }
        status.end();
        var failures = check(seconds);
        long bytes =
                clients.stream().mapToLong(client -> client.counters().bytes()).sum();
        return new BenchResult(
                header,
                subscribers.size(),
                seconds,
                delivered.sum(),
                bytes,
                Math.round(options.orderRate * seconds),
                orders == null ? 0 : orders.measuredSent(),
                log.report(),
                failures);
    }

    private List<ServerMessage.Listing> connect() {
        var first = TickcastClient.builder(url)
                .transport(threads.lane(0).transport())
                .build();
        clients.add(first);
        GatewayCall.connect(first, url, stop);
        var listings = GatewayCall.answer(first.symbols(), stop);
        if (listings.isEmpty() && (options.orderRate > 0 || !options.symbols.equals(BenchSubscriber.ALL))) {
            throw new CommandFailedException("The exchange lists no symbols; is one running?");
        }
        var waiting = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < options.subscribers; i++) {
            waiting.add(subscribe(i, symbolsOf(i, listings)));
            if (waiting.size() == CONNECTING_AT_ONCE || i == options.subscribers - 1) {
                GatewayCall.answer(CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new)), stop);
                waiting.clear();
            }
        }
        return listings;
    }

    private CompletableFuture<?> subscribe(int number, List<String> symbols) {
        var lane = threads.lane(number);
        var subscriber = new BenchSubscriber(symbols, delivered, window, lane.feed());
        var client = TickcastClient.builder(url)
                .subprotocol(options.encoding.subprotocol())
                .transport(lane.transport())
                .listener(subscriber)
                .feedLatency(subscriber::onLatency)
                .build();
        clients.add(client);
        subscribers.add(subscriber);
        return client.connect()
                .thenCompose(welcome -> client.subscribe(symbols.toArray(String[]::new)))
                .thenAccept(subscribed -> {
                    if (!subscribed.rejected().isEmpty()) {
                        var rejected = subscribed.rejected().get(0);
                        throw new CommandFailedException(rejected.symbol() + ": " + rejected.error());
                    }
                });
    }

    private List<String> symbolsOf(int subscriber, List<ServerMessage.Listing> listings) {
        if (!options.symbols.matches("\\d{1,6}")) {
            return List.of(options.symbols.split(","));
        }
        int count = Math.min(Integer.parseInt(options.symbols), listings.size());
        return IntStream.range(0, count)
                .mapToObj(i ->
                        listings.get((subscriber * count + i) % listings.size()).symbol())
                .toList();
    }

    private void startOrders(List<ServerMessage.Listing> listings) {
        orders = new BenchOrders(options.orderRate, listings, window);
        for (int i = 0; i < orders.sessionCount(); i++) {
            var lane = threads.lane(i);
            var client = TickcastClient.builder(url)
                    .transport(lane.transport())
                    .account("bench-" + i)
                    .orderLatency(latencyNanos -> {
                        if (window.contains(latencyNanos)) {
                            lane.orders().record(latencyNanos);
                        }
                    })
                    .build();
            clients.add(client);
            orderClients.add(client);
            GatewayCall.connect(client, url, stop);
        }
        orders.start(Collections.unmodifiableList(orderClients));
    }

    private void showProgress(StatusLine status) {
        long before = 0;
        long left = window.leftNanos();
        while (left > 0 && !stop.awaitNanos(Math.min(left, StatusLine.PERIOD.toNanos()))) {
            long now = delivered.sum();
            left = window.leftNanos();
            status.show(String.format(
                    "%3d s left  %,d messages/s%s",
                    Math.max(0, left / 1_000_000_000L),
                    now - before,
                    orders == null ? "" : "  " + orders.acknowledged() + " orders acknowledged"));
            before = now;
        }
    }

    private List<String> check(double seconds) {
        var failures = new ArrayList<String>();
        if (stop.isRequested()) {
            failures.add("stopped early");
        }
        checkDelivery(failures);
        if (orders != null) {
            checkOrders(failures, seconds);
        }
        return failures;
    }

    private void checkDelivery(List<String> failures) {
        long gaps = 0;
        long mismatches = 0;
        long reconnects = 0;
        for (var client : clients) {
            gaps += client.counters().gaps();
            mismatches += client.counters().checksumMismatches();
            reconnects += client.counters().connections() - 1;
        }
        addIf(failures, gaps > 0, gaps + " gaps in the chains of sequences");
        addIf(failures, mismatches > 0, mismatches + " books differ from the exchange's");
        addIf(failures, reconnects > 0, reconnects + " connections were lost");
        addIf(failures, options.subscribers > 0 && delivered.sum() == 0, "no messages were delivered");
        if (options.encoding.subprotocol() != Subprotocol.V1) {
            int behind = awaitArrival();
            addIf(failures, behind > 0, behind + " subscribers did not get what others got");
        }
    }

    /** Waits until every subscriber has come as far as the first did; returns how many have not. */
    private int awaitArrival() {
        Map<String, Long> newest = new HashMap<>();
        for (var subscriber : subscribers) {
            for (String symbol : subscriber.seen()) {
                newest.merge(symbol, subscriber.lastSeq(symbol), Math::max);
            }
        }
        long deadline = System.nanoTime() + GRACE.toNanos();
        int behind = behind(newest);
        while (behind > 0 && System.nanoTime() < deadline && !stop.isRequested()) {
            stop.await(POLL);
            behind = behind(newest);
        }
        return behind;
    }

    private int behind(Map<String, Long> newest) {
        int count = 0;
        for (var subscriber : subscribers) {
            boolean complete = subscriber.symbolsOf(newest.keySet()).stream()
                    .allMatch(symbol -> subscriber.lastSeq(symbol) >= newest.getOrDefault(symbol, 0L));
            count += complete ? 0 : 1;
        }
        return count;
    }

    private void checkOrders(List<String> failures, double seconds) {
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (orders.unanswered() > 0 && System.nanoTime() < deadline && !stop.isRequested()) {
            stop.await(POLL);
        }
        addIf(failures, orders.unanswered() > 0, orders.unanswered() + " orders were not answered");
        orders.refusals().forEach((text, count) -> failures.add(count + " orders failed: " + text));
        long planned = Math.round(options.orderRate * seconds);
        long missed = planned - orders.measuredSent();
        addIf(
                failures,
                missed > Math.max(EDGE_ORDERS, planned * MOST_MISSED),
                missed + " of " + planned + " orders were not sent in time");
    }

    private static void addIf(List<String> failures, boolean failed, String text) {
        if (failed) {
            failures.add(text);
        }
    }

    @Override
    public void close() {
        if (orders != null) {
            orders.stop();
        }
        clients.forEach(TickcastClient::close);
        if (!clients.isEmpty()) {
            GatewayCall.close(clients.get(clients.size() - 1));
        }
        threads.close();
    }
}
