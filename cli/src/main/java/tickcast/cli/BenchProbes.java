package tickcast.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import tickcast.cli.load.FixedPlan;
import tickcast.cli.load.MeasuredWindow;
import tickcast.client.ClientListener;
import tickcast.client.ClientTransport;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.latency.LatencyRecorder;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;

/**
 * Measures how long an order takes to be seen in the public market data: on a fixed plan it places bids of a few ticks, each at a price
 * where no other rests, looks for the level in the book's changes, and cancels each when it is acknowledged.
 */
final class BenchProbes implements AutoCloseable {
    /** Prices that it uses in a symbol, from one tick up. */
    private static final int PRICES = 200;

    private final FixedPlan plan;
    private final MeasuredWindow window;
    private final LatencyRecorder latency;
    private final List<ServerMessage.Listing> symbols;
    private final TickcastClient client;
    private final URI url;
    private final StopSignal stop;
    private final Map<Level, Long> pending = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "tickcast-bench-probes");

    /** Where a probe's order rests. */
    private record Level(String symbol, long price) {}

    /**
     * @param perSecond above 0
     * @param latency takes order → market data; of the transport's only thread
     */
    BenchProbes(
            int perSecond,
            URI url,
            StopSignal stop,
            List<ServerMessage.Listing> symbols,
            MeasuredWindow window,
            ClientTransport transport,
            LatencyRecorder latency) {
        plan = new FixedPlan(perSecond);
        this.url = url;
        this.stop = stop;
        this.symbols = symbols;
        this.window = window;
        this.latency = latency;
        client = TickcastClient.builder(url)
                .subprotocol(Subprotocol.SBE)
                .transport(transport)
                .account("bench-probes")
                .listener(new Watch())
                .build();
    }

    /** Connects, subscribes and begins. */
    void start() {
        GatewayCall.connect(client, url, stop);
        GatewayCall.answer(client.cancelAll(), stop);
        GatewayCall.answer(
                client.subscribe(
                        symbols.stream().map(ServerMessage.Listing::symbol).toArray(String[]::new)),
                stop);
        thread.setDaemon(true);
        thread.start();
    }

    /** Places no more. */
    void stop() {
        plan.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Placed and not seen yet. */
    int unseen() {
        return pending.size();
    }

    /** How often what went wrong. */
    synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    private void run() {
        while (plan.awaitNext()) {
            place(plan.number(), plan.plannedNanos());
        }
    }

    private void place(long number, long plannedNanos) {
        var listing = symbols.get((int) (number % symbols.size()));
        long price = Decimal8.ofDecimal(listing.tickSize()) * (1 + number / symbols.size() % PRICES);
        var level = new Level(listing.symbol(), price);
        if (pending.putIfAbsent(level, plannedNanos) != null) {
            refused("the one before at that price was not seen yet");
            return;
        }
        var order = OrderRequest.limit(listing.symbol(), Side.BUY, price, Decimal8.ofDecimal(listing.lotSize()))
                .withPostOnly();
        client.placeOrder(order, plannedNanos).whenComplete((outcome, failure) -> onOutcome(level, outcome, failure));
    }

    private void onOutcome(Level level, OrderOutcome outcome, Throwable failure) {
        if (failure != null || !outcome.accepted()) {
            pending.remove(level);
            refused(failure == null ? outcome.text() : failure.getMessage());
        } else {
            client.cancelOrder(outcome.ack().orderId());
        }
    }

    private synchronized void refused(String why) {
        refusals.merge(why, 1, Integer::sum);
    }

    /** Cancels what still rests. */
    @Override
    public void close() {
        stop();
        client.cancelAll();
        GatewayCall.close(client);
    }

    private final class Watch implements ClientListener {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final BookDeltaDecoder delta = new BookDeltaDecoder();

        @Override
        public void onFeedMessage(
                String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
            if (FeedHeader.templateId(message, offset) != BookDeltaDecoder.TEMPLATE_ID || pending.isEmpty()) {
                return;
            }
            for (var level : delta.wrapAndApplyHeader(message, offset, header).levels()) {
                if (level.side() == Side.BUY && level.quantity() > 0) {
                    var plannedNanos = pending.remove(new Level(symbol, level.price()));
                    if (plannedNanos != null && window.containsTime(plannedNanos)) {
                        latency.record(System.nanoTime() - plannedNanos);
                    }
                }
            }
        }
    }
}
