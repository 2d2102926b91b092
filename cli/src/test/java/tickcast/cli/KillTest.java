package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import tickcast.client.Backoff;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.sbe.Side;

/** Exchange and gateway as two processes, killed again and again under load while clients subscribe and trade. */
final class KillTest extends KilledServers {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROUNDS = 6;
    private static final String[] SYMBOLS = {"BTC/USD", "ETH/USD", "AAPL"};

    private final SplittableRandom random = new SplittableRandom(20_260_101);
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private int ordersSent;

    @Test
    void nothingIsLostOrDoubledWhenEitherProcessIsKilled() throws Exception {
        exchange = startExchange(2000);
        gateway = startGateway();
        run();
    }

    private void run() throws Exception {
        try (var sbe = client(Subprotocol.SBE);
                var json = client(Subprotocol.JSON);
                var v1 = client(Subprotocol.V1);
                var trader = client(Subprotocol.V1)) {
            var subscribers = List.of(sbe, json, v1);
            for (var client : List.of(sbe, json, v1, trader)) {
                client.connect().get();
            }
            for (var client : subscribers) {
                assertEquals(3, client.subscribe(SYMBOLS).get().symbols().size());
            }
            for (int round = 0; round < ROUNDS; round++) {
                trade(trader, 200 + random.nextInt(300));
                if (round % 2 == 0) {
                    exchange.kill();
                    // Some are refused, and some are written before it is noticed: the next exchange answers those.
                    var outcomes = send(trader, 20);
                    exchange = startExchange(2000);
                    awaitOutcomes(outcomes);
                } else {
                    gateway.kill();
                    gateway = startGateway();
                }
                awaitTrading(trader);
                awaitBooks(subscribers);
            }
            assertEquals(0, exchange.stop(), exchange.output());
            var audit = JournalAudit.of(directory.resolve("data"));
            var oracle = new BookOracle(audit);
            for (String symbol : SYMBOLS) {
                oracle.assertWhole(sbe, symbol);
                oracle.assertWhole(json, symbol);
                oracle.assertBest(v1, symbol);
            }
            assertOrders(audit);
            assertEquals(
                    0, sbe.counters().checksumMismatches() + json.counters().checksumMismatches());
            assertEquals(
                    0,
                    sbe.counters().malformed()
                            + json.counters().malformed()
                            + v1.counters().malformed());
        }
        assertEquals(0, gateway.stop(), gateway.output());
    }

    private TickcastClient client(Subprotocol form) {
        return TickcastClient.builder(url())
                .subprotocol(form)
                .account("desk")
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(500)))
                .retryFirstConnect(true)
                .build();
    }

    private void trade(TickcastClient trader, int count) {
        awaitOutcomes(send(trader, count));
    }

    /** Sends orders without waiting for their answers. */
    private CompletableFuture<?> send(TickcastClient trader, int count) {
        var outcomes = new CompletableFuture<?>[count];
        for (int i = 0; i < count; i++) {
            String id = "o" + ++ordersSent;
            var side = random.nextBoolean() ? Side.BUY : Side.SELL;
            var order = random.nextInt(3) == 0
                    ? OrderRequest.market("AAPL", side, Decimal8.ONE)
                    : OrderRequest.limit(
                            "AAPL",
                            side,
                            (side == Side.BUY ? 50 + random.nextInt(50) : 400) * Decimal8.ONE,
                            Decimal8.ONE);
            outcomes[i] = trader.placeOrder(order.withClientOrderId(id)).whenComplete((outcome, failure) -> {
                if (outcome != null && outcome.accepted()) {
                    accepted.add(id);
                }
            });
        }
        return CompletableFuture.allOf(outcomes);
    }

    private static void awaitOutcomes(CompletableFuture<?> outcomes) {
        Await.until(LIMIT, () -> "orders are answered", outcomes::isDone);
    }

    /** Trading goes on by itself after a restart. */
    private void awaitTrading(TickcastClient trader) {
        int before = accepted.size();
        Await.until(LIMIT, () -> "orders are accepted again; exchange: " + exchange.output(), () -> {
            trade(trader, 1);
            return accepted.size() > before;
        });
    }

    private void awaitBooks(List<TickcastClient> subscribers) {
        for (var client : subscribers) {
            for (String symbol : SYMBOLS) {
                Await.until(LIMIT, () -> "a book of " + symbol, () -> {
                    var book = client.book(symbol).join();
                    return book != null
                            && !book.bids().isEmpty()
                            && !book.asks().isEmpty();
                });
            }
        }
    }

    private void assertOrders(JournalAudit audit) {
        assertFalse(accepted.isEmpty());
        assertTrue(audit.clientOrderIds.containsAll(accepted), "an accepted order is not in the executions");
        assertTrue(audit.requests > accepted.size() / 2);
        assertEquals(audit.clientOrderIds.size(), audit.newOrders, "a client order id was taken more than once");
    }
}
