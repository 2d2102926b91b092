package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.Backoff;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.OutcomeUnknownException;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/** The checks of orders where they matter: when processes stand still, die and come back. */
@Timeout(240)
final class OrderChecksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final OrderRequest BUY = OrderRequest.limit("AAPL", Side.BUY, Decimal8.ONE, Decimal8.ONE);

    @TempDir
    private Path directory;

    private int port;
    private int started;
    private TickcastProcess exchange;
    private TickcastProcess gateway;
    private TickcastClient client;

    @BeforeEach
    void start() throws Exception {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.writeString(directory.resolve("tickcast.conf"), """
                data = "%s"
                port = %d
                exchange { rate = 100, symbols = 0 }
                risk { limits = "%s", max-unanswered-age = 300ms }
                """.formatted(
                        directory.resolve("data"), port, directory.resolve("limits.conf")));
        Files.writeString(directory.resolve("limits.conf"), "defaults { max-position = 10 }");
        exchange = run("exchange");
        gateway = run("gateway");
        client = TickcastClient.builder(URI.create("ws://127.0.0.1:" + port + "/ws"))
                .account("desk")
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(500)))
                .retryFirstConnect(true)
                .build();
        client.connect().get();
        awaitAccepted(BUY);
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        exchange.close();
    }

    @Test
    void anExchangeThatStandsStillIsToldAndTradingGoesOnByItself() throws Exception {
        exchange.pause();
        var unanswered = client.placeOrder(BUY.withClientOrderId("waits"));
        Await.until(
                LIMIT,
                () -> "refused",
                () -> "EXCHANGE_SLOW".equals(code(client.validateOrder(BUY).join())));
        assertEquals("EXCHANGE_SLOW", code(place(BUY)));
        assertFalse(unanswered.isDone(), "the exchange will say");
        exchange.goOn();
        assertTrue(unanswered.get().accepted());
        awaitAccepted(BUY);
        exchange.kill();
        Await.until(LIMIT, () -> "refused", () -> "EXCHANGE_UNAVAILABLE".equals(code(place(BUY))));
        exchange = run("exchange");
        awaitAccepted(BUY);
    }

    @Test
    void whatAnExchangeLeftBehindIsUnknownAtOnceAndSettledWhenItIsBack() throws Exception {
        exchange.pause();
        var left = client.placeOrder(BUY.withClientOrderId("left"));
        var late = client.placeOrder(BUY.withClientOrderId("late").withRecvWindow(Duration.ofMillis(250)));
        Await.until(
                LIMIT,
                () -> "refused",
                () -> "EXCHANGE_SLOW".equals(code(client.validateOrder(BUY).join())));
        assertFalse(left.isDone());
        exchange.kill();
        for (var future : List.of(left, late)) {
            var failure = assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS));
            assertInstanceOf(OutcomeUnknownException.class, failure.getCause());
        }
        exchange = run("exchange");
        Await.until(LIMIT, () -> "left: " + status("left"), () -> "new".equals(status("left")));
        assertEquals("rejected", status("late"));
        assertTrue(client.placeOrder(BUY.withClientOrderId("left")).get().duplicate());
        assertEquals("TOO_LATE", code(place(BUY.withClientOrderId("late"))));
    }

    /** Null when it is not known. */
    private String status(String clientOrderId) {
        return client.order(clientOrderId)
                .handle((found, failure) -> failure == null ? found.order().orderStatus() : null)
                .join();
    }

    @Test
    void whatIsHeldCountsAfterEitherProcessWasKilled() throws Exception {
        var market = OrderRequest.market("AAPL", Side.BUY, 8 * Decimal8.ONE);
        awaitAccepted(market);
        Await.until(LIMIT, () -> "8 held", () -> held() == 8);
        client.cancelAll().get();
        for (int round = 0; round < 2; round++) {
            var refused = place(OrderRequest.market("AAPL", Side.BUY, 3 * Decimal8.ONE));
            assertEquals("MAX_POSITION", code(refused), refused.text());
            assertEquals("8", refused.nack().breach().used().toPlainString());
            gateway.kill();
            gateway = run("gateway");
            awaitAccepted(OrderRequest.limit("AAPL", Side.SELL, 1_000 * Decimal8.ONE, Decimal8.ONE));
            exchange.kill();
            exchange = run("exchange");
            awaitAccepted(OrderRequest.limit("AAPL", Side.SELL, 1_000 * Decimal8.ONE, Decimal8.ONE));
        }
    }

    private int held() {
        return client.positions().join().positions().stream()
                .mapToInt(position -> position.quantity().intValueExact())
                .sum();
    }

    /** Trading begins by itself. */
    private void awaitAccepted(OrderRequest order) {
        var last = new AtomicReference<OrderOutcome>();
        Await.until(LIMIT, () -> "accepted: " + last.get(), () -> {
            last.set(place(order));
            return last.get() != null && last.get().accepted();
        });
    }

    /** Null when the outcome is not known. */
    private OrderOutcome place(OrderRequest order) {
        return client.placeOrder(order).exceptionally(failure -> null).join();
    }

    private static String code(OrderOutcome outcome) {
        return outcome == null || outcome.accepted() ? null : outcome.nack().code();
    }

    private TickcastProcess run(String command) throws IOException {
        return TickcastProcess.start(
                        directory.resolve(command + "-" + ++started + ".txt"),
                        command,
                        "--config",
                        directory.resolve("tickcast.conf").toString())
                .awaitOutput(command + " ready");
    }
}
