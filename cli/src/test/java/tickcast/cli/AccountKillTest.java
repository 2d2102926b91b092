package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tickcast.client.Backoff;
import tickcast.client.ClientListener;
import tickcast.client.NotConnectedException;
import tickcast.client.OrderRequest;
import tickcast.client.RequestRefusedException;
import tickcast.client.TickcastClient;
import tickcast.journal.JournalReader;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.PositionBook;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;

/**
 * Exchange and gateway are killed while two clients of an account trade: each client is told every execution report once and
 * in order, learns what became of every order, and sees the positions that the fills make.
 */
final class AccountKillTest extends KilledServers {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROUNDS = 5;
    private static final int ORDERS_IN_FLIGHT = 60;

    private final SplittableRandom random = new SplittableRandom(20_260_202);
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private int orders;

    /** What a client is told of its account. */
    private static final class Told implements ClientListener {
        private final Queue<ServerMessage.ExecutionReport> reports = new ConcurrentLinkedQueue<>();
        private final Queue<ServerMessage.ExecutionsResumed> resumes = new ConcurrentLinkedQueue<>();

        @Override
        public void onExecutionReport(ServerMessage.ExecutionReport report) {
            reports.add(report);
        }

        @Override
        public void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {
            resumes.add(resumed);
        }

        List<Long> numbers() {
            return reports.stream()
                    .map(ServerMessage.ExecutionReport::accountSeq)
                    .toList();
        }

        /** The newest state of each order. */
        Map<Long, String> states() {
            var states = new TreeMap<Long, String>();
            reports.forEach(report -> states.put(report.orderId(), report.orderStatus()));
            return states;
        }
    }

    @Test
    void everyReportOnceAndEveryOutcomeKnown() throws Exception {
        var first = new Told();
        var second = new Told();
        exchange = startExchange(500);
        gateway = startGateway();
        try (var one = client(first);
                var two = client(second)) {
            one.connect().get();
            two.connect().get();
            Await.until(LIMIT, () -> "both begin", () -> !first.resumes.isEmpty() && !second.resumes.isEmpty());
            for (int round = 0; round < ROUNDS; round++) {
                killAmidOrders(round, one, two);
            }
            var outcomes = outcomes(two);
            // Each event loop of the gateway reads for itself, and may be behind the other for a moment.
            Await.until(LIMIT, () -> "both stand alike and were told all", () -> {
                long seq = one.account().join().accountSeq();
                return seq == two.account().join().accountSeq()
                        && first.reports.size() >= seq
                        && second.reports.size() >= seq;
            });
            var state = one.account().get();
            assertEquals(0, exchange.stop(), exchange.output());
            check(state, outcomes, first, second);
        }
        assertEquals(0, gateway.stop(), gateway.output());
    }

    private void killAmidOrders(int round, TickcastClient one, TickcastClient two) throws IOException {
        var inFlight = CompletableFuture.allOf(send(one, ORDERS_IN_FLIGHT), send(two, ORDERS_IN_FLIGHT));
        if (round % 2 == 0) {
            gateway.kill();
            gateway = startGateway();
        } else {
            exchange.kill();
            exchange = startExchange(500);
        }
        Await.until(LIMIT, () -> "orders are answered or given up", inFlight::isDone);
        Await.until(
                LIMIT,
                () -> "orders of both are accepted again; exchange: " + exchange.output(),
                () -> trades(one) && trades(two));
    }

    private boolean trades(TickcastClient client) {
        int before = accepted.size();
        send(client, 1).join();
        return accepted.size() > before;
    }

    /** Orders that trade at once or rest far from the market. */
    private CompletableFuture<?> send(TickcastClient client, int count) {
        var outcomes = new CompletableFuture<?>[count];
        for (int i = 0; i < outcomes.length; i++) {
            String id = "o" + ++orders;
            var side = random.nextBoolean() ? Side.BUY : Side.SELL;
            var order = random.nextInt(2) == 0
                    ? OrderRequest.market("AAPL", side, Decimal8.ONE)
                    : OrderRequest.limit("AAPL", side, (side == Side.BUY ? 50 : 400) * Decimal8.ONE, Decimal8.ONE);
            outcomes[i] = client.placeOrder(order.withClientOrderId(id)).handle((outcome, failure) -> {
                if (!(failure instanceof NotConnectedException)) {
                    sent.add(id);
                }
                if (outcome != null && outcome.accepted()) {
                    accepted.add(id);
                }
                return outcome;
            });
        }
        return CompletableFuture.allOf(outcomes);
    }

    /** What the gateway says of every order that was sent. */
    private Map<String, String> outcomes(TickcastClient client) {
        var outcomes = new TreeMap<String, String>();
        for (String id : sent) {
            try {
                outcomes.put(id, client.order(id).join().order().orderStatus());
            } catch (CompletionException e) {
                outcomes.put(id, ((RequestRefusedException) e.getCause()).code());
            }
        }
        return outcomes;
    }

    private void check(ServerMessage.AccountState state, Map<String, String> outcomes, Told first, Told second)
            throws IOException {
        var audit = JournalAudit.of(directory.resolve("data"));
        var numbers = LongStream.rangeClosed(1, state.accountSeq()).boxed().toList();
        for (var told : List.of(first, second)) {
            assertEquals(numbers, told.numbers());
            assertTrue(told.resumes.size() > ROUNDS / 2, told.resumes::toString);
            assertTrue(
                    told.resumes.stream()
                            .allMatch(resume -> resume.outcome().name().equals("RESUMED")),
                    told.resumes::toString);
            told.states()
                    .forEach((orderId, status) ->
                            assertEquals(JsonNames.of(audit.orders.get(orderId)), status, "order " + orderId));
            assertEquals(audit.orders.keySet(), told.states().keySet());
        }
        assertFalse(accepted.isEmpty());
        outcomes.forEach((id, outcome) -> {
            assertFalse(outcome.equals("OUTCOME_PENDING") || outcome.equals("HISTORY_NOT_KEPT"), id + " " + outcome);
            boolean taken = !outcome.equals("UNKNOWN_ORDER") && !outcome.equals("rejected");
            assertEquals(audit.clientOrderIds.contains(id), taken, id + " " + outcome);
            assertTrue(taken || !accepted.contains(id), id + " was accepted and is " + outcome);
        });
        assertTrue(outcomes.containsValue("UNKNOWN_ORDER"), "no order was refused while a process was down");
        checkPositions(state);
    }

    /** Far orders never trade, so that positions stand still when nobody sends any. */
    private void checkPositions(ServerMessage.AccountState state) {
        var book = new PositionBook();
        try (var reader = JournalReader.open(directory.resolve("data/executions"))) {
            int read;
            do {
                read = reader.poll(
                        (message, offset, length) -> {
                            int end = offset + length;
                            for (int at = offset; at < end; at = ExecutionDocument.next(message, at, end)) {
                                if (ExecutionDocument.isReport(message, at)) {
                                    book.apply(message, at);
                                }
                            }
                        },
                        1_000);
            } while (read > 0);
        }
        var positions = new ArrayList<>(book.of("desk"));
        assertEquals(1, positions.size());
        assertEquals(1, state.positions().size());
        var held = state.positions().get(0);
        assertEquals("AAPL", held.symbol());
        assertEquals(Decimal8.toBigDecimal(positions.get(0).netQuantity()), held.quantity());
        assertEquals(Decimal16.toBigDecimal(positions.get(0).realisedProfit()), held.realisedProfit());
    }

    private TickcastClient client(ClientListener listener) {
        return TickcastClient.builder(url())
                .account("desk")
                .listener(listener)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(500)))
                .retryFirstConnect(true)
                .build();
    }
}
