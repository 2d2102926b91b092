package tickcast.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /** About so many orders are named in a day. */
    private static final int REQUESTS = 150;

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

    /**
     * An order that was placed once, by as many requests as that took.
     *
     * @param day the trading day in which it was placed and answered, 0 when another may have begun meanwhile
     */
    record Placement(int number, String clientOrderId, OrderRequest order, long day) {}

    private final String account;
    private final SplittableRandom random;
    private final Duration grace;
    private final TickcastClient client;
    private final HeardReports heard = new HeardReports();
    private final List<String> errors = new ArrayList<>();
    /** Orders that were placed and whose outcome is not known. */
    private final Set<Placement> unknown = new LinkedHashSet<>();

    private final Map<Placement, OrderOutcome> outcomes = new LinkedHashMap<>();
    private int placements;
    /** Of those that are placed now, 0 when it may end meanwhile. */
    private long day;
    /** How many names were used since the trading day began. */
    private int named;

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

    /** What is placed from now on will be answered on that day; 0 when another may begin meanwhile. */
    void placesOn(long tradingDay) {
        day = tradingDay;
    }

    /** The trading day ends: it begins with its names anew. */
    void dayEnds() {
        named = 0;
    }

    /** A name that it has used, on whatever day. */
    String someName() {
        return "o" + random.nextInt(Math.max(1, Math.max(named, REQUESTS / 2)));
    }

    /** Sends anything, without waiting for the answer. */
    void send() {
        int kind = random.nextInt(24);
        String known = "o" + random.nextInt(Math.max(1, named));
        long price = (random.nextBoolean() ? 50 + random.nextInt(50) : 350 + random.nextInt(50)) * Decimal8.ONE;
        long quantity = (1 + random.nextInt(5)) * Decimal8.ONE;
        switch (kind) {
            case 0 -> count(random.nextInt(3) == 0 ? client.cancelAll() : client.cancelAll(SYMBOL, side(price)));
            case 1, 2, 3 -> count(client.cancelOrder(known));
            case 4 -> count(client.cancelOrder(openOrder()));
            case 5, 6, 7 -> count(client.replaceOrder(known, price, quantity));
            case 8 -> count(client.replaceOrder(openOrder(), price, quantity));
            default -> {
                String id = "o" + named++;
                var order = request(price, quantity).withClientOrderId(id);
                var placement = new Placement(placements++, id, order, day);
                synchronized (this) {
                    unknown.add(placement);
                }
                place(placement);
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
        return switch (random.nextInt(11)) {
            case 0 -> OrderRequest.market(SYMBOL, side, quantity);
            case 1 -> OrderRequest.market(SYMBOL, side, quantity).withTimeInForce(TimeInForce.FOK);
            case 2 -> takes.withTimeInForce(TimeInForce.IOC);
            case 3 -> takes.withTimeInForce(TimeInForce.FOK).withSelfTradePrevention(SelfTradePrevention.CANCEL_OLDEST);
            case 4 -> rests.withTimeInForce(TimeInForce.DAY);
            case 5 -> rests.withPostOnly();
            case 6 -> rests.withRecvWindow(Duration.ofMillis(20));
            case 7 -> rests.withTimeInForce(TimeInForce.DAY).withPostOnly();
            default -> rests;
        };
    }

    private long openOrder() {
        var open = heard.openLeaves().keySet();
        return open.stream()
                .skip(open.isEmpty() ? 0 : random.nextInt(open.size()))
                .findFirst()
                .orElse(1L);
    }

    /** Asks again for each order of which the outcome is not known; whether there is none. */
    boolean settled() {
        List<Placement> again;
        synchronized (this) {
            if (inFlight > 0) {
                return false;
            }
            again = List.copyOf(unknown);
        }
        again.forEach(this::place);
        return again.isEmpty();
    }

    private void place(Placement placement) {
        count(client.placeOrder(placement.order())).whenComplete((outcome, error) -> {
            if (outcome != null
                    && (outcome.accepted() || !TRY_AGAIN.contains(outcome.nack().code()))) {
                known(placement, outcome);
            } else {
                notSent(outcome == null ? error.toString() : outcome.nack().code());
            }
        });
    }

    private synchronized void known(Placement placement, OrderOutcome outcome) {
        unknown.remove(placement);
        outcomes.put(placement, outcome);
        repeated += outcome.duplicate() ? 1 : 0;
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
        if (report.accountSeq() != heard.accountSeq() + 1) {
            errors.add("after " + heard.accountSeq() + " came " + report);
        }
        if ("sessionDisconnected".equals(report.reason())) {
            abandoned++;
            if (grace.equals(PATIENT)) {
                errors.add("cancelled although it came back: " + report);
            }
        }
        heard.add(report);
    }

    @Override
    public synchronized void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {
        if (resumed.outcome() != ExecutionsOutcome.RESUMED) {
            errors.add(resumed.toString());
        }
    }

    /** What it was told of its orders. */
    HeardReports heard() {
        return heard;
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

    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    synchronized Map<Placement, OrderOutcome> outcomes() {
        return Map.copyOf(outcomes);
    }

    @Override
    public void close() {
        client.close();
    }
}
