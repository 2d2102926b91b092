package tickcast.cli;

import picocli.CommandLine.Command;
import tickcast.client.TickcastClient;

@Command(
        name = "positions",
        description = {
            "Lists what an account holds: quantity, average price, and profits.",
            "Unrealised profit is what closing at the price of the newest trade would add."
        },
        footer = {"", "Example:", "  tickcast positions --account desk"})
final class PositionsCommand extends AccountSubcommand {
    @Override
    public Integer call() {
        return ask(TickcastClient::positions, reply -> PositionTable.print(reply.positions(), out()));
    }
}
