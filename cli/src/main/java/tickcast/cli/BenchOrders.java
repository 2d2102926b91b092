package tickcast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import tickcast.cli.load.FixedPlan;
import tickcast.cli.load.MeasuredWindow;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Sends orders on a fixed plan, whatever the answers do: one that is late does not shift those after it, and its latency
 * counts from its planned time. The orders are IOC bids of one tick, which never trade and leave nothing behind.
 */
final class BenchOrders {
    /** Below what one session may send. */
    static final int SESSION_RATE = 1_000;

    private final int rate;
    private final FixedPlan plan;
    private final List<TickcastClient> sessions = new ArrayList<>();
    private final List<OrderRequest> requests = new ArrayList<>();
    private final LongAdder acknowledged = new LongAdder();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "tickcast-bench-orders");
    private final MeasuredWindow window;
    private volatile long sent;
    private volatile long answered;
    private volatile long measuredSent;

    /** @param rate per second, all sessions together; above 0 */
    BenchOrders(int rate, List<ServerMessage.Listing> symbols, MeasuredWindow window) {
        this.rate = rate;
        plan = new FixedPlan(rate);
        this.window = window;
        for (var listing : symbols) {
            requests.add(OrderRequest.limit(
                            listing.symbol(),
                            Side.BUY,
                            Decimal8.ofDecimal(listing.tickSize()),
                            Decimal8.ofDecimal(listing.lotSize()))
                    .withTimeInForce(TimeInForce.IOC));
        }
    }

    /** How many sessions the rate needs. */
    int sessionCount() {
        return (rate + SESSION_RATE - 1) / SESSION_RATE;
    }

    /** Begins to send by these sessions in turn. */
    void start(List<TickcastClient> connected) {
        sessions.addAll(connected);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends no more; answers may still come. */
    void stop() {
        plan.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sent within the window. */
    long measuredSent() {
        return measuredSent;
    }

    /** Sent or failed to be, and not yet answered. */
    long unanswered() {
        return sent - answered;
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    /** How often what went wrong. */
    synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    private void run() {
        while (plan.awaitNext()) {
            send(plan.number(), plan.plannedNanos());
        }
    }

    private void send(long number, long plannedNanos) {
        var request = requests.get((int) (number % requests.size()));
        if (window.contains(0)) {
            measuredSent = measuredSent + 1;
        }
        sent = sent + 1;
        sessions.get((int) (number % sessions.size()))
                .placeOrder(request, plannedNanos)
                .whenComplete(this::onOutcome);
    }

    private synchronized void onOutcome(OrderOutcome outcome, Throwable failure) {
        answered = answered + 1;
        if (failure != null) {
            refusals.merge(failure.getMessage(), 1, Integer::sum);
        } else if (!outcome.accepted()) {
            refusals.merge(outcome.text(), 1, Integer::sum);
        } else {
            acknowledged.increment();
        }
    }
}
