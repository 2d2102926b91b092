package tickcast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tickcast.client.TickcastClient;

@Command(
        name = "symbols",
        description = "Lists what the exchange trades.",
        footer = {"", "Example:", "  tickcast symbols --url ws://gateway.example:8080/ws"})
final class SymbolsCommand implements Callable<Integer> {
    private static final String ROW = "%-16s %6s %12s %12s  %s%n";

    @Mixin
    private ClientOptions gateway;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var url = common.configuration(gateway).url();
        var stop = common.program().stop();
        var client = TickcastClient.builder(url).build();
        try {
            GatewayCall.connect(client, url, stop);
            var symbols = GatewayCall.answer(client.symbols(), stop);
            var out = spec.commandLine().getOut();
            out.printf(ROW, "SYMBOL", "ID", "TICK SIZE", "LOT SIZE", "STATUS");
            for (var listing : symbols) {
                out.printf(
                        ROW,
                        listing.symbol(),
                        listing.symbolId(),
                        listing.tickSize().toPlainString(),
                        listing.lotSize().toPlainString(),
                        listing.status());
            }
            return ExitStatus.OK;
        } finally {
            GatewayCall.close(client);
        }
    }
}
