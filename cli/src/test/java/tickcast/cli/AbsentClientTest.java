package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.Backoff;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.sbe.Side;

/** What clients asked for outlives the gateway that they asked, and what became of their orders is told by the next one. */
@Timeout(180)
final class AbsentClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final OrderRequest ORDER = OrderRequest.limit("AAPL", Side.BUY, Decimal8.ONE / 100, Decimal8.ONE)
            .withClientOrderId("only");

    @TempDir
    private Path directory;

    private int port;

    @Test
    void theNextGatewayCancelsForThoseWhoDoNotComeBack() throws Exception {
        port = freePort();
        try (var exchange = start("exchange-1", "exchange", "--rate", "100");
                var gateway = start("gateway-1", "gateway", "--port", String.valueOf(port));
                var leaving = connected("leaving");
                var staying = connected("staying");
                var timed = connected("timed")) {
            leaving.cancelOnDisconnect(CancelScope.ACCOUNT, GRACE, false).get();
            staying.cancelOnDisconnect(CancelScope.SESSION, GRACE, false).get();
            timed.cancelAllAfter(GRACE).get();
            for (var client : new TickcastClient[] {leaving, staying, timed}) {
                assertTrue(client.placeOrder(ORDER).get().accepted());
            }
            gateway.kill();
            leave(leaving, timed);
            try (var next = start("gateway-2", "gateway", "--port", String.valueOf(port))) {
                awaitCanceled("leaving");
                awaitCanceled("timed");
                assertEquals(1, staying.orders().get().size());
                assertStatus("new", staying.placeOrder(ORDER).get());

                exchange.kill();
                try (var nextExchange = start("exchange-2", "exchange", "--rate", "100")) {
                    Await.until(
                            LIMIT, nextExchange::output, () -> repeated(staying).accepted());
                    assertStatus("canceled", repeated(staying));
                    assertEquals(0, nextExchange.stop(), nextExchange.output());
                }
                assertEquals(0, next.stop(), next.output());
            }
        }
    }

    /** Before the next gateway runs, so that they never connect to it. */
    private static void leave(TickcastClient... clients) {
        for (var client : clients) {
            client.close();
        }
    }

    private void awaitCanceled(String account) throws Exception {
        try (var observer = connected(account)) {
            Await.until(
                    LIMIT,
                    () -> "the order of " + account + " is cancelled",
                    () -> observer.orders().join().isEmpty());
            assertStatus("canceled", observer.placeOrder(ORDER).get());
        }
    }

    private static OrderOutcome repeated(TickcastClient client) {
        return client.placeOrder(ORDER).join();
    }

    private static void assertStatus(String orderStatus, OrderOutcome outcome) {
        assertTrue(outcome.accepted(), outcome.text());
        assertTrue(outcome.duplicate());
        assertEquals(orderStatus, outcome.ack().orderStatus());
    }

    private TickcastClient connected(String account) throws Exception {
        var client = TickcastClient.builder(URI.create("ws://127.0.0.1:" + port + "/ws"))
                .subprotocol(Subprotocol.V1)
                .account(account)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)))
                .retryFirstConnect(true)
                .build();
        client.connect().get();
        return client;
    }

    private TickcastProcess start(String name, String command, String... options) throws IOException {
        var arguments = new String[options.length + 3];
        arguments[0] = command;
        arguments[1] = "--data";
        arguments[2] = Files.createDirectories(directory.resolve("data")).toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return TickcastProcess.start(directory.resolve(name + ".txt"), arguments)
                .awaitOutput(command + " ready");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
