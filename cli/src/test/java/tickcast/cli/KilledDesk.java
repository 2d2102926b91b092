package tickcast.cli;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import tickcast.client.Backoff;
import tickcast.client.ClientListener;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * A client that trades while what it trades through is killed: it asks again for what it does not know, and keeps every
 * report that it is told. For any thread.
 */
final class KilledDesk implements ClientListener, AutoCloseable {
    private static final String SYMBOL = "AAPL";
    /** About what the background trades at. */
    private static final long MARKET = 225 * Decimal8.ONE;

    /** So long that whoever comes back at all comes back in time. */
    static final Duration PATIENT = Duration.ofSeconds(120);

    /** Refusals that say nothing about the order: it was not sent. */
    private static final Set<String> TRY_AGAIN = Set.of(
            "EXCHANGE_UNAVAILABLE",
            "EXCHANGE_SLOW",
            "ORDERS_BACKED_UP",
            "RATE_LIMITED",
            "FEED_NOT_READY",
            "UNKNOWN_SYMBOL");

    private final String account;
    private final SplittableRandom random;
    private final Duration grace;
    private final TickcastClient client;
    private final List<String> reports = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Map<Long, BigDecimal> openLeaves = new HashMap<>();
    /** Orders that were placed and whose outcome is not known. */
    private final Map<String, OrderRequest> unknown = new LinkedHashMap<>();

    private final Map<String, OrderOutcome> outcomes = new HashMap<>();
    private long accountSeq;
    private int placed;
    private int inFlight;
    private int repeated;
    private int abandoned;
    private String lastCause = "";

    /** @param grace how long it may be away before its orders are cancelled */
    KilledDesk(String account, int port, long seed, Duration grace) {
        this.account = account;
        this.grace = grace;
        random = new SplittableRandom(seed);
        client = TickcastClient.builder(URI.create("ws://127.0.0.1:" + port + "/ws"))
                .subprotocol(Subprotocol.V1)
                .account(account)
                .executionsSeq(0)
                .listener(this)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)))
                .retryFirstConnect(true)
                .build();
    }

    void connect() {
        client.connect().join();
        client.cancelOnDisconnect(CancelScope.SESSION, grace, false).join();
    }

    TickcastClient client() {
        return client;
    }

    String account() {
        return account;
    }

    boolean isConnected() {
        return client.ping().handle((took, error) -> error == null).join();
    }

    /** Sends anything, without waiting for the answer. */
    void send() {
        int kind = random.nextInt(24);
        String known = "o" + random.nextInt(Math.max(1, placed));
        long price = (random.nextBoolean() ? 50 + random.nextInt(50) : 350 + random.nextInt(50)) * Decimal8.ONE;
        long quantity = (1 + random.nextInt(5)) * Decimal8.ONE;
        switch (kind) {
            case 0 -> count(random.nextInt(3) == 0 ? client.cancelAll() : client.cancelAll(SYMBOL, side(price)));
            case 1, 2, 3 -> count(client.cancelOrder(known));
            case 4 -> count(client.cancelOrder(openOrder()));
            case 5, 6, 7 -> count(client.replaceOrder(known, price, quantity));
            case 8 -> count(client.replaceOrder(openOrder(), price, quantity));
            default -> {
                String id = "o" + placed++;
                var order = request(price, quantity).withClientOrderId(id);
                synchronized (this) {
                    unknown.put(id, order);
                }
                place(id, order);
            }
        }
    }

    private static Side side(long price) {
        return price < MARKET ? Side.BUY : Side.SELL;
    }

    /** One that rests far from the market, or takes from it. */
    private OrderRequest request(long price, long quantity) {
        var side = side(price);
        var rests = OrderRequest.limit(SYMBOL, side, price, quantity);
        var takes = OrderRequest.limit(SYMBOL, side, side == Side.BUY ? 2 * MARKET : Decimal8.ONE, quantity);
        return switch (random.nextInt(9)) {
            case 0 -> OrderRequest.market(SYMBOL, side, quantity);
            case 1 -> OrderRequest.market(SYMBOL, side, quantity).withTimeInForce(TimeInForce.FOK);
            case 2 -> takes.withTimeInForce(TimeInForce.IOC);
            case 3 -> takes.withTimeInForce(TimeInForce.FOK).withSelfTradePrevention(SelfTradePrevention.CANCEL_OLDEST);
            case 4 -> rests.withTimeInForce(TimeInForce.DAY);
            case 5 -> rests.withPostOnly();
            case 6 -> rests.withRecvWindow(Duration.ofMillis(20));
            default -> rests;
        };
    }

    private synchronized long openOrder() {
        return openLeaves.keySet().stream()
                .skip(openLeaves.isEmpty() ? 0 : random.nextInt(openLeaves.size()))
                .findFirst()
                .orElse(1L);
    }

    /** Asks again for each order of which the outcome is not known; whether there is none. */
    boolean settled() {
        Map<String, OrderRequest> again;
        synchronized (this) {
            if (inFlight > 0) {
                return false;
            }
            again = Map.copyOf(unknown);
        }
        again.forEach(this::place);
        return again.isEmpty();
    }

    private void place(String id, OrderRequest order) {
        count(client.placeOrder(order)).whenComplete((outcome, error) -> {
            if (outcome != null
                    && (outcome.accepted() || !TRY_AGAIN.contains(outcome.nack().code()))) {
                known(id, outcome);
            } else {
                notSent(outcome == null ? error.toString() : outcome.nack().code());
            }
        });
    }

    private synchronized void known(String id, OrderOutcome outcome) {
        unknown.remove(id);
        outcomes.put(id, outcome);
        Boolean duplicate =
                outcome.accepted() ? outcome.ack().duplicate() : outcome.nack().duplicate();
        repeated += Boolean.TRUE.equals(duplicate) ? 1 : 0;
    }

    private synchronized void notSent(String cause) {
        lastCause = cause;
    }

    /** How it stands, and why the newest order without an outcome has none. */
    synchronized String text() {
        return account + ": " + inFlight + " in flight, " + unknown.size() + " unknown, " + lastCause;
    }

    synchronized boolean waits() {
        return inFlight > 0;
    }

    private CompletableFuture<OrderOutcome> count(CompletableFuture<OrderOutcome> request) {
        synchronized (this) {
            inFlight++;
        }
        return request.whenComplete((outcome, error) -> {
            synchronized (this) {
                inFlight--;
            }
        });
    }

    @Override
    public synchronized void onExecutionReport(ServerMessage.ExecutionReport report) {
        if (report.accountSeq() != accountSeq + 1) {
            errors.add("after " + accountSeq + " came " + report);
        }
        if ("sessionDisconnected".equals(report.reason())) {
            abandoned++;
            if (grace.equals(PATIENT)) {
                errors.add("cancelled although it came back: " + report);
            }
        }
        accountSeq = report.accountSeq();
        reports.add(line(
                report.accountSeq(),
                report.orderId(),
                report.execType(),
                report.orderStatus(),
                report.leavesQuantity(),
                report.cumulativeQuantity()));
        if (report.leavesQuantity().signum() == 0) {
            openLeaves.remove(report.orderId());
        } else {
            openLeaves.put(report.orderId(), report.leavesQuantity());
        }
    }

    @Override
    public synchronized void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {
        if (resumed.outcome() != ExecutionsOutcome.RESUMED) {
            errors.add(resumed.toString());
        }
    }

    synchronized long accountSeq() {
        return accountSeq;
    }

    synchronized int answered() {
        return outcomes.size();
    }

    /** How many outcomes were those of an order placed before. */
    synchronized int repeated() {
        return repeated;
    }

    /** How many orders were cancelled because it came back too late. */
    synchronized int abandoned() {
        return abandoned;
    }

    synchronized List<String> reports() {
        return List.copyOf(reports);
    }

    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    synchronized Map<Long, BigDecimal> openLeaves() {
        return Map.copyOf(openLeaves);
    }

    synchronized Map<String, OrderOutcome> outcomes() {
        return Map.copyOf(outcomes);
    }

    static String line(
            long accountSeq, long orderId, String execType, String status, BigDecimal leaves, BigDecimal cumulative) {
        return accountSeq + ": " + orderId + " " + execType + " " + status + " leaves " + leaves.toPlainString()
                + " of " + leaves.add(cumulative).toPlainString();
    }

    @Override
    public void close() {
        client.close();
    }
}
