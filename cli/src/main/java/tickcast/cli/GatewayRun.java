package tickcast.cli;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tickcast.gateway.Gateway;
import tickcast.gateway.GatewayCounters;
import tickcast.latency.LatencyLog;

/** A gateway within this process, from start to the end of its drain. */
final class GatewayRun implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** Beyond the drain's own limit. */
    private static final Duration STOP_SLACK = Duration.ofSeconds(5);

    private static final Duration READY_POLL = Duration.ofMillis(5);

    private final Gateway gateway;
    private final Configuration configuration;

    private GatewayRun(Gateway gateway, Configuration configuration) {
        this.gateway = gateway;
        this.configuration = configuration;
    }

    /** Returns when it listens. */
    static GatewayRun start(Configuration configuration, LatencyLog latency) {
        return new GatewayRun(get(Gateway.start(configuration.gateway(), latency), START_LIMIT), configuration);
    }

    /** Says so before anything is started; the gateway itself is sure of it, but less brief. */
    static void requireFree(Configuration configuration) {
        String host = configuration.host();
        int port = configuration.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "Cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); choose another --port or --host, or stop what runs there",
                    e);
        }
    }

    /** Waits until it serves, not longer than {@code limit}; what is missing can come later too. */
    void awaitReady(StopSignal stop, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!gateway.missing().isEmpty() && System.nanoTime() < deadline && !stop.isRequested()) {
            stop.await(READY_POLL);
        }
    }

    String url() {
        return "ws://" + configuration.host() + ":" + gateway.port() + "/ws";
    }

    GatewayCounters counters() {
        return gateway.counters();
    }

    /** Says goodbye to all sessions and waits until they are gone, not longer than the drain's limit. */
    @Override
    public void close() {
        get(gateway.stop(configuration.drain()), configuration.drain().plus(STOP_SLACK));
    }

    private static <T> T get(Future<T> future, Duration limit) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw ServerFailure.of(e.getCause());
        } catch (TimeoutException e) {
            throw new CommandFailedException("The gateway took longer than " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted", e);
        }
    }
}
