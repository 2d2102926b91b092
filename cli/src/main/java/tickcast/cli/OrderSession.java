package tickcast.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tickcast.client.ClientListener;
import tickcast.client.OrderOutcome;
import tickcast.client.TickcastClient;
import tickcast.protocol.json.ServerMessage.ExecutionReport;

/** Sends one request about an order and prints the answer and the execution reports that follow. */
final class OrderSession {
    private static final Set<String> FINAL = Set.of("filled", "canceled", "rejected", "expired");
    private static final long POLL_MILLIS = 20;

    private final Configuration configuration;
    private final StopSignal stop;
    private final PrintWriter out;
    private final LinkedBlockingQueue<ExecutionReport> reports = new LinkedBlockingQueue<>();

    OrderSession(Configuration configuration, StopSignal stop, PrintWriter out) {
        this.configuration = configuration;
        this.stop = stop;
        this.out = out;
    }

    /** Sends, then waits for reports until the order is done with or the time is over; returns the exit status. */
    int run(Function<TickcastClient, CompletableFuture<OrderOutcome>> request, Duration wait) {
        var client = TickcastClient.builder(configuration.url())
                .account(configuration.account())
                .listener(new ClientListener() {
                    @Override
                    public void onExecutionReport(ExecutionReport report) {
                        reports.add(report);
                    }
                })
                .build();
        try {
            GatewayCall.connect(client, configuration.url(), stop);
            var outcome = GatewayCall.answer(request.apply(client), stop);
            if (!outcome.accepted()) {
                out.println("nack  " + outcome.text());
                return ExitStatus.FAILED;
            }
            var ack = outcome.ack();
            if (ack.orderId() == null) {
                out.println(
                        Boolean.TRUE.equals(ack.validated()) ? "ack   checked, not placed" : cancelled(ack.count()));
                return ExitStatus.OK;
            }
            out.println("ack   order " + ack.orderId() + named(ack.clientOrderId()) + "  " + ack.orderStatus()
                    + (outcome.duplicate() ? "  duplicate" : ""));
            out.flush();
            printReports(ack.orderId(), wait);
            return ExitStatus.OK;
        } finally {
            GatewayCall.close(client);
        }
    }

    private static String cancelled(int count) {
        return "ack   " + count + (count == 1 ? " order" : " orders") + " cancelled";
    }

    private void printReports(long orderId, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            while (System.nanoTime() < deadline && !stop.isRequested()) {
                var report = reports.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (report != null && report.orderId() == orderId) {
                    out.println(line(report));
                    out.flush();
                    if (FINAL.contains(report.orderStatus())) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String line(ExecutionReport report) {
        var line = new StringBuilder(String.format("%-5s order %d", report.execType(), report.orderId()))
                .append(named(report.clientOrderId()))
                .append("  ")
                .append(report.orderStatus());
        if (report.lastQuantity() != null && report.lastQuantity().signum() > 0) {
            line.append("  ").append(plain(report.lastQuantity())).append(" @ ").append(plain(report.lastPrice()));
        }
        line.append("  ").append(report.side()).append(' ').append(report.symbol());
        line.append("  done ").append(plain(report.cumulativeQuantity()));
        line.append(" of ").append(plain(report.quantity()));
        if (report.reason() != null) {
            line.append("  reason ").append(report.reason());
        }
        return line.toString();
    }

    private static String named(String clientOrderId) {
        return clientOrderId == null || clientOrderId.isEmpty() ? "" : " (" + clientOrderId + ")";
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
