package tickcast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tickcast.client.TickcastClient;

@Command(
        name = "positions",
        description = {
            "Lists what an account holds: quantity, average price, and profits.",
            "Unrealised profit is what closing at the price of the newest trade would add."
        },
        footer = {"", "Example:", "  tickcast positions --account desk"})
final class PositionsCommand implements Callable<Integer> {
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
        var out = spec.commandLine().getOut();
        return AccountQuestion.ask(
                common,
                common.configuration(account, gateway),
                TickcastClient::positions,
                reply -> PositionTable.print(reply.positions(), out));
    }
}
