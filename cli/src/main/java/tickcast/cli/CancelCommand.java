package tickcast.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tickcast.client.OrderOutcome;
import tickcast.client.TickcastClient;

@Command(
        name = "cancel",
        description = "Cancels an open order, or many, and prints what became of it.",
        footer = {
            "",
            "Examples:",
            "  tickcast cancel 17",
            "  tickcast cancel --client-order-id exit-1",
            "  tickcast cancel --all --symbol BTC/USD --side buy"
        })
final class CancelCommand extends AccountSubcommand {
    /** Names the order. */
    static final class Target {
        @Parameters(paramLabel = "ORDER_ID", description = "The exchange's number of the order.")
        private Long orderId;

        @Option(names = "--client-order-id", paramLabel = "ID", description = "Your own name of the order.")
        private String clientOrderId;

        @Option(names = "--all", description = "All open orders of the account.")
        private boolean all;
    }

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "With --all: only those in this symbol.")
    private String symbol = "";

    @Option(names = "--side", paramLabel = "buy|sell", description = "With --all: only those of this side.")
    private OrderCommand.Direction side;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for execution reports (500ms, 10s). Default: 1s.")
    private Duration wait = Duration.ofSeconds(1);

    @Override
    public Integer call() {
        if (!target.all && (side != null || !symbol.isEmpty())) {
            throw wrong("--symbol and --side go with --all");
        }
        return new OrderSession(configuration(), stop(), out()).run(this::cancel, wait);
    }

    private CompletableFuture<OrderOutcome> cancel(TickcastClient client) {
        if (target.all) {
            return client.cancelAll(symbol, side == null ? null : side.side);
        }
        return target.orderId != null ? client.cancelOrder(target.orderId) : client.cancelOrder(target.clientOrderId);
    }
}
