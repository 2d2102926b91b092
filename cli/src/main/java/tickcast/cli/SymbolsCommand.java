package tickcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tickcast.client.TickcastClient;

@Command(
        name = "symbols",
        description = "Lists what the exchange trades.",
        footer = {"", "Example:", "  tickcast symbols --url ws://gateway.example:8080/ws"})
final class SymbolsCommand extends Subcommand {
    private static final String ROW = "%-16s %6s %12s %12s  %s%n";

    @Mixin
    private ClientOptions gateway;

    @Override
    public Integer call() {
        var url = configuration(gateway).url();
        var stop = stop();
        var client = TickcastClient.builder(url).build();
        try {
            GatewayCall.connect(client, url, stop);
            var symbols = GatewayCall.answer(client.symbols(), stop);
            var out = out();
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
