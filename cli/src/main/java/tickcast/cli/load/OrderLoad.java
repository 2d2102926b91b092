package tickcast.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import tickcast.latency.LatencyRecorder;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Sends orders on a fixed plan, by its sessions in turn, whatever the answers do: one that is late does not shift those after it,
 * and its latency counts from its planned time. Each session trades for an account of its own. The orders are IOC bids of one tick,
 * which never trade and leave nothing behind. Every order must be answered once, and no execution report may be missing.
 */
public final class OrderLoad implements AutoCloseable {
    private static final String ACK = "{\"type\":\"ack\",\"messageId\":";
    private static final String REPORT = "{\"type\":\"executionReport\",\"accountSeq\":";
    private static final byte[] ACK_BYTES = ACK.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPORT_BYTES = REPORT.getBytes(StandardCharsets.US_ASCII);
    private static final int SHOWN = 120;

    private final FixedPlan plan;
    private final MeasuredWindow window;
    private final LatencyRecorder latency;
    private final List<OrderText> orders = new ArrayList<>();
    private final List<OrderWire> wires = new ArrayList<>();
    private final Selector selector;
    private final Map<String, Integer> problems = new TreeMap<>();
    private final Thread sender = new Thread(this::send, "tickcast-bench-orders");
    private final Thread reader = new Thread(this::read, "tickcast-bench-answers");
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder reports = new LongAdder();
    private volatile long sent;
    private volatile long measuredSent;
    private volatile boolean closing;

    /**
     * Connects the sessions.
     *
     * @param url of the gateway; {@code ws} only
     * @param rate orders per second, all sessions together; above 0
     * @param latency takes order → answer; of this load alone
     */
    public OrderLoad(
            URI url,
            int rate,
            int sessions,
            List<ServerMessage.Listing> symbols,
            MeasuredWindow window,
            LatencyRecorder latency)
            throws IOException {
        plan = new FixedPlan(rate);
        this.window = window;
        this.latency = latency;
        symbols.forEach(listing -> orders.add(new OrderText(order(listing))));
        selector = Selector.open();
        try {
            for (int i = 0; i < sessions; i++) {
                var wire = OrderWire.open(withAccount(url, "bench-" + i));
                wires.add(wire);
                wire.channel().register(selector, SelectionKey.OP_READ, wire);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static ClientMessage.PlaceOrder order(ServerMessage.Listing listing) {
        return new ClientMessage.PlaceOrder(
                null,
                "",
                listing.symbol(),
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.IOC,
                false,
                Decimal8.ofDecimal(listing.tickSize()),
                Decimal8.ofDecimal(listing.lotSize()),
                ClientMessage.Validity.NOT_SAID,
                null,
                false);
    }

    private static URI withAccount(URI url, String account) {
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "account=" + account);
    }

    /** Begins to send. */
    public void start() {
        reader.setDaemon(true);
        reader.start();
        sender.setDaemon(true);
        sender.start();
    }

    /** Sends no more; answers may still come. */
    public void stop() {
        plan.stop();
        join(sender);
    }

    public int sessions() {
        return wires.size();
    }

    /** Sent within the window. */
    public long measuredSent() {
        return measuredSent;
    }

    /** Sent and not yet answered. */
    public long unanswered() {
        return sent - answered.sum();
    }

    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Execution reports that came. */
    public long reports() {
        return reports.sum();
    }

    /** How often what went wrong. */
    public Map<String, Integer> problems() {
        synchronized (problems) {
            return new TreeMap<>(problems);
        }
    }

    private void problem(String what, int count) {
        synchronized (problems) {
            problems.merge(what, count, Integer::sum);
        }
    }

    private void send() {
        while (plan.awaitNext()) {
            long number = plan.number();
            var wire = wires.get((int) (number % wires.size()));
            // Not in step with the sessions, so that each trades all symbols.
            var order = orders.get((int) (number / wires.size() % orders.size()));
            long planned = plan.plannedNanos();
            if (window.containsTime(planned)) {
                measuredSent = measuredSent + 1;
            }
            try {
                int length = order.number(wire.nextNumber());
                sent = sent + 1;
                if (!wire.send(order.bytes(), length, planned)) {
                    sent = sent - 1;
                    problem("orders were not sent: their session is gone, or has too many unanswered", 1);
                }
            } catch (IOException e) {
                problem("orders failed: " + e.getMessage(), 1);
                answered.increment();
            }
        }
    }

    private void read() {
        while (!closing) {
            try {
                selector.select(this::readFrom);
            } catch (ClosedSelectorException e) {
                return; // this is how it ends
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void readFrom(SelectionKey key) {
        var wire = (OrderWire) key.attachment();
        try {
            wire.read(this::take);
        } catch (IOException e) {
            key.cancel();
            if (!closing) {
                problem("sessions lost their connection: " + e.getMessage(), 1);
            }
        }
    }

    private void take(OrderWire wire, byte[] bytes, int offset, int length) {
        if (startsWith(bytes, offset, length, ACK_BYTES)) {
            if (answered(wire, number(bytes, offset + ACK_BYTES.length))) {
                acknowledged.increment();
            }
        } else if (startsWith(bytes, offset, length, REPORT_BYTES)) {
            reports.increment();
            long missing = wire.reported(number(bytes, offset + REPORT_BYTES.length));
            if (missing != 0) {
                problem("times the numbers of an account's reports had a hole", 1);
            }
        } else {
            take(wire, new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    private void take(OrderWire wire, String text) {
        if (!text.startsWith("{\"type\":\"nack\"") && !text.startsWith("{\"type\":\"error\"")) {
            if (text.startsWith("{\"type\":\"warning\"")) {
                problem("warnings: " + shortened(text), 1);
            }
            return;
        }
        var message = ServerMessage.parse(text);
        if (message instanceof ServerMessage.Nack nack) {
            problem("orders were refused: " + nack.code(), 1);
            answered(wire, nack.messageId().asLong());
        } else {
            problem("errors: " + shortened(text), 1);
        }
    }

    private boolean answered(OrderWire wire, long number) {
        long planned = wire.takePlanned(number);
        if (planned == 0) {
            problem("answers came twice, or to nothing that was asked", 1);
            return false;
        }
        answered.increment();
        if (window.containsTime(planned)) {
            latency.record(System.nanoTime() - planned);
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int offset, int length, byte[] start) {
        if (length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[offset + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The digits that stand there, as a number. */
    private static long number(byte[] bytes, int offset) {
        long number = 0;
        for (int at = offset; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        stop();
        selector.close();
        join(reader);
        for (var wire : wires) {
            wire.close();
        }
    }
}
