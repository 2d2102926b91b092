package tickcast.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.latency.LatencyLog;
import tickcast.orderentry.OrderTiming;
import tickcast.orderentry.OrderWriter;
import tickcast.orderentry.RiskControl;
import tickcast.orderentry.archive.OrderArchive;
import tickcast.orderentry.risk.MarketBoard;

/**
 * Serves a feed to WebSocket subscribers and takes their orders. Feed and exchange need not be there when it starts: sessions
 * are told that the feed is not ready, and go on by themselves when it comes. Safe from any thread.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    /** A session's id begins with the time of the gateway's start in ms, so that no other gateway run has it. */
    private static final int SESSION_COUNT_BITS = 20;

    private final Vertx vertx;
    private final GatewayParts parts;
    private final List<Shard> shards;
    private Future<Void> stopped;

    private Gateway(Vertx vertx, GatewayParts parts, List<Shard> shards) {
        this.vertx = vertx;
        this.parts = parts;
        this.shards = shards;
    }

    /**
     * Starts a gateway; it listens when the future completes.
     *
     * @param latency takes what is measured; stays open
     * @return fails when the address is in use ({@link IOException}), another gateway writes the orders ({@link
     *     tickcast.journal.JournalLockedException}), or the file of limits is wrong ({@link
     *     tickcast.orderentry.RiskLimitsException})
     */
    public static Future<Gateway> start(GatewaySettings settings, LatencyLog latency) {
        return start(settings, latency, SystemEpochNanoClock.INSTANCE::nanoTime);
    }

    /** @param epochNanos nanoseconds since the Unix epoch; called by several threads */
    static Future<Gateway> start(GatewaySettings settings, LatencyLog latency, LongSupplier epochNanos) {
        RiskControl risk;
        OrderWriter orderWriter;
        try {
            risk = RiskControl.open(settings.risk(), settings.orderLimits(), new MarketBoard());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        try {
            orderWriter = OrderWriter.open(
                    settings.orders(),
                    settings.executionsDirectory(),
                    risk,
                    latency,
                    epochNanos,
                    settings.writerIdle());
        } catch (RuntimeException e) {
            risk.close();
            return Future.failedFuture(e);
        }
        var watcher = new FeedWatcher(settings.feedDirectory(), settings.executionsDirectory(), settings.watcherIdle());
        var shards = new CopyOnWriteArrayList<Shard>();
        var budget = new OutboundBudget(settings.sessionLimits().patience().queuedBytes());
        var parts = new GatewayParts(
                settings,
                new GatewayCounters(budget),
                budget,
                latency,
                new OrderTiming(
                        latency,
                        settings.measuredAccounts(),
                        TimeUnit.MILLISECONDS.toNanos(settings.slowOrderMillis())),
                epochNanos,
                watcher,
                orderWriter,
                new OrderArchive(
                        settings.executionsDirectory(), settings.orderLimits().archivedOrders()),
                risk,
                new AccountRates(risk),
                new AtomicLong(System.currentTimeMillis() << SESSION_COUNT_BITS),
                new Readiness(shards, watcher, orderWriter),
                new HistoryPool(settings.feedDirectory(), settings.maxReplays()),
                version());
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(settings.shards()).setPreferNativeTransport(true));
        for (int i = 0; i < settings.shards(); i++) {
            var shard = new Shard(parts, i == 0 ? risk.market() : new MarketBoard());
            shards.add(shard);
            watcher.add(shard);
        }
        watcher.start();
        parts.history().start();
        parts.orderArchive().start();
        var gateway = new Gateway(vertx, parts, shards);
        return gateway.deploy()
                .map(gateway)
                .recover(failure ->
                        gateway.close().transform(closed -> Future.failedFuture(explained(settings, failure))));
    }

    /** Where it listens. */
    public int port() {
        return shards.get(0).listeningPort();
    }

    /** Resumes and replays that are under way. */
    public int histories() {
        return parts.history().size();
    }

    public GatewayCounters counters() {
        return parts.counters();
    }

    /** What keeps it from serving now, one sentence each; nothing when it is ready. */
    public List<String> missing() {
        return parts.readiness().missing();
    }

    /**
     * Takes no new connections, closes all sessions with a code and a reason, and ends when they have answered or
     * {@code limit} is over.
     */
    public synchronized Future<Void> stop(Duration limit) {
        if (stopped == null) {
            var drains = new ArrayList<Future<Void>>();
            shards.forEach(shard -> drains.add(shard.drain(Math.max(1, limit.toMillis()))));
            stopped = Future.join(drains).transform(drained -> close());
        }
        return stopped;
    }

    private Future<Void> deploy() {
        var deployments = new ArrayList<Future<String>>();
        shards.forEach(shard -> deployments.add(vertx.deployVerticle(shard, new DeploymentOptions())));
        return Future.join(deployments).mapEmpty();
    }

    /** The watcher first, for it wakes the shards; the orders' writer last, for they write to it. */
    private Future<Void> close() {
        return onThread(parts.watcher()::close)
                .eventually(vertx::close)
                .eventually(() -> onThread(parts.history()::close))
                .eventually(() -> onThread(parts.orderArchive()::close))
                .eventually(() -> onThread(parts.orderWriter()::close))
                .eventually(() -> onThread(parts.risk()::close));
    }

    /** Waiting for another thread does not belong on an event loop. */
    private static Future<Void> onThread(Runnable closing) {
        return Future.future(promise -> {
            var closer = new Thread(
                    () -> {
                        closing.run();
                        promise.complete();
                    },
                    "tickcast-gateway-close");
            closer.start();
        });
    }

    private static Throwable explained(GatewaySettings settings, Throwable failure) {
        if (failure instanceof BindException) {
            return new IOException(
                    "Cannot listen on " + settings.host() + ":" + settings.port() + " (" + failure.getMessage()
                            + "); is something else running there? Choose another port",
                    failure);
        }
        LOG.debug("The gateway did not start", failure);
        return failure;
    }

    private static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
