package tickcast.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "cancel",
        description = "Cancels an open order and prints what became of it.",
        footer = {"", "Examples:", "  tickcast cancel 17", "  tickcast cancel --client-order-id exit-1"})
final class CancelCommand implements Callable<Integer> {
    /** Names the order. */
    static final class Target {
        @Parameters(paramLabel = "ORDER_ID", description = "The exchange's number of the order.")
        private Long orderId;

        @Option(names = "--client-order-id", paramLabel = "ID", description = "Your own name of the order.")
        private String clientOrderId;
    }

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for execution reports (500ms, 10s). Default: 1s.")
    private Duration wait = Duration.ofSeconds(1);

    @Mixin
    private AccountOption account;

    @Mixin
    private ClientOptions gateway;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new OrderSession(
                        common.configuration(account, gateway),
                        common.program().stop(),
                        spec.commandLine().getOut())
                .run(
                        client -> target.orderId != null
                                ? client.cancelOrder(target.orderId)
                                : client.cancelOrder(target.clientOrderId),
                        wait);
    }
}
