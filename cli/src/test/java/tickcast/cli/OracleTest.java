package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.gateway.Gateway;
import tickcast.gateway.GatewaySettings;
import tickcast.latency.LatencyLog;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.sbe.Side;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;
import tickcast.simulator.Instruments;

/** A seeded random run: subscribers of every form come, go and come late while orders trade; at the end all books are right. */
final class OracleTest {
    private static final int SYMBOLS = 8;
    private static final int STEPS = 60;
    private static final int RATE = 3_000;

    @TempDir
    private Path data;

    private final SplittableRandom random = new SplittableRandom(99);
    private final List<TickcastClient> clients = new ArrayList<>();
    private final List<Subprotocol> forms = new ArrayList<>();
    private final List<CompletableFuture<OrderOutcome>> outcomes = new ArrayList<>();
    private URI uri;

    @Test
    void everyBookEqualsTheExchangesAfterARandomRun() throws Exception {
        var settings = ExchangeSettings.of(data)
                .withSeed(11)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withEventsPerSecond(RATE);
        var exchange = ExchangeThread.start(settings, failure -> {});
        var gateway = Gateway.start(GatewaySettings.of(data).withAddress("127.0.0.1", 0), LatencyLog.discarding())
                .await(30, TimeUnit.SECONDS);
        uri = URI.create("ws://127.0.0.1:" + gateway.port() + "/ws");
        try {
            run(exchange);
            exchange.close();
            check();
        } finally {
            clients.forEach(TickcastClient::close);
            gateway.stop(Duration.ofSeconds(5)).await(30, TimeUnit.SECONDS);
            exchange.close();
        }
    }

    private void run(ExchangeThread exchange) throws Exception {
        for (int step = 0; step < STEPS; step++) {
            long before = exchange.counters().messages();
            step();
            Await.until(
                    Duration.ofSeconds(30),
                    () -> "the feed goes on",
                    () -> exchange.counters().messages() >= before + RATE / 30);
        }
        var all = CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new));
        Await.until(Duration.ofSeconds(30), () -> "orders are answered", all::isDone);
    }

    private void step() throws Exception {
        if (clients.size() < 9 || random.nextInt(4) == 0) {
            join();
        }
        var client = clients.get(random.nextInt(clients.size()));
        String symbol = "S" + random.nextInt(SYMBOLS);
        switch (random.nextInt(5)) {
            case 0 ->
                client.unsubscribe(symbol)
                        .thenCompose(gone -> client.subscribe(symbol))
                        .get();
            case 1 -> client.subscribe(symbol).get();
            default -> {
                for (int i = 0; i < 5; i++) {
                    order(client, symbol);
                }
            }
        }
    }

    /** A late subscriber, of every symbol. */
    private void join() throws Exception {
        var form = Subprotocol.values()[clients.size() % Subprotocol.values().length];
        var client = TickcastClient.builder(uri).subprotocol(form).build();
        client.connect().get();
        assertEquals(SYMBOLS, client.subscribe("*").get().symbols().size());
        clients.add(client);
        forms.add(form);
    }

    private void order(TickcastClient client, String symbol) {
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        var order = random.nextBoolean()
                ? OrderRequest.market(symbol, side, 3 * Decimal8.ONE)
                : OrderRequest.limit(symbol, side, (side == Side.BUY ? 30 : 90) * Decimal8.ONE, 2 * Decimal8.ONE);
        outcomes.add(client.placeOrder(order));
    }

    private void check() {
        var audit = JournalAudit.of(data);
        assertTrue(audit.requests >= outcomes.size());
        var oracle = new BookOracle(audit);
        for (int i = 0; i < clients.size(); i++) {
            var client = clients.get(i);
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (forms.get(i) == Subprotocol.V1) {
                    oracle.assertBest(client, "S" + symbol);
                } else {
                    oracle.assertWhole(client, "S" + symbol);
                }
            }
            assertEquals(0, client.counters().gaps(), "gaps of client " + i);
            assertEquals(0, client.counters().checksumMismatches(), "mismatches of client " + i);
            assertEquals(0, client.counters().duplicates(), "duplicates of client " + i);
            assertEquals(1, client.counters().connections(), "connections of client " + i);
        }
        assertTrue(outcomes.stream().allMatch(outcome -> outcome.join() != null));
    }
}
