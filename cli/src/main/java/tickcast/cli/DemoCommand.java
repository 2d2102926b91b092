package tickcast.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;

@Command(
        name = "demo",
        description = {
            "Runs a simulated exchange and a gateway in one process until stopped (Ctrl-C).",
            "Shows what they do each second, and the latencies of every stage at the end."
        },
        footer = {"", "Examples:", "  tickcast demo", "  tickcast demo --rate max --symbols 100 --data /tmp/tickcast"})
final class DemoCommand implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);

    private static final int EXAMPLE_LOTS = 10;

    @Mixin
    private ServerOptions server;

    @Mixin
    private ExchangeOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var configuration = common.configuration(server, options, data);
        var stop = common.program().stop();
        var program = new ServerProgram(stop, spec);
        DataDirectory.require(configuration, JournalName.values());
        try (var latency = DataDirectory.openLatencyLog(configuration, "demo", program.header())) {
            try (var exchange = ExchangeRun.start(configuration, stop)) {
                try (var gateway = GatewayRun.start(configuration, latency)) {
                    gateway.awaitReady(stop, READY_LIMIT);
                    greet(program, configuration, gateway);
                    program.runUntilStopped(new ServerStatus(exchange.counters(), gateway.counters(), latency));
                }
                exchange.requireSound();
            }
            program.printReport(latency);
        }
        return ExitStatus.OK;
    }

    private static void greet(ServerProgram program, Configuration configuration, GatewayRun gateway) {
        var symbols = configuration.exchange().instruments().all();
        String url =
                gateway.url().equals(ConfigurationLoader.reference().getString("url")) ? "" : " --url " + gateway.url();
        program.println("demo ready: " + gateway.url() + "  (" + symbols.size() + " symbols, data in "
                + configuration.data() + ")");
        program.println("try:  tickcast subscribe "
                + String.join(
                        " ", symbols.stream().limit(2).map(Instrument::symbol).toList())
                + url);
        var first = symbols.get(0);
        program.println("      tickcast order buy " + first.symbol() + " "
                + Decimal8.format(EXAMPLE_LOTS * first.lotSize()) + url);
    }
}
