package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.SystemEpochNanoClock;
import tickcast.latency.LatencyLog;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

/** A gateway on a free port for the length of a test. */
final class RunningGateway implements AutoCloseable {
    private final LatencyLog latency = LatencyLog.discarding();
    private final Gateway gateway;

    RunningGateway(Path data) {
        this(data, settings -> settings);
    }

    RunningGateway(Path data, UnaryOperator<GatewaySettings> change) {
        this(data, change, SystemEpochNanoClock.INSTANCE::nanoTime);
    }

    RunningGateway(Path data, UnaryOperator<GatewaySettings> change, LongSupplier epochNanos) {
        var settings = GatewaySettings.of(data).withAddress("127.0.0.1", 0).withShards(1);
        gateway = await(Gateway.start(change.apply(settings), latency, epochNanos));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(TestClient.DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not in time", e);
        }
    }

    static void awaitThat(String what, BooleanSupplier condition) {
        awaitThat(() -> what, condition);
    }

    static void awaitThat(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TestClient.DEADLINE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "not in time: " + what.get());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    RunningGateway ready() {
        awaitThat("ready", () -> TestClient.get(port(), "/health/ready").statusCode() == 200);
        return this;
    }

    /** Waits until the gateway has read all of a feed. */
    void awaitRead(TestFeed feed) {
        awaitThat("the feed is read", () -> {
            try (var client = TestClient.connect(port(), Subprotocol.SBE)) {
                return client.expect(ServerMessage.Welcome.class).seq() == feed.lastSeq();
            }
        });
    }

    int port() {
        return gateway.port();
    }

    Gateway gateway() {
        return gateway;
    }

    LatencyLog latency() {
        return latency;
    }

    TestClient connect(Subprotocol form) {
        return TestClient.connect(port(), form).welcomed();
    }

    void assertReadiness(int status, String body) {
        var response = TestClient.get(port(), "/health/ready");
        assertEquals(status, response.statusCode());
        assertEquals(body, response.body());
    }

    @Override
    public void close() {
        await(gateway.stop(Duration.ofSeconds(2)));
        latency.close();
    }
}
