package tickcast.cli;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tickcast.protocol.Decimal8;

@Command(
        name = "demo",
        description = {
            "Runs an exchange, simulated or replayed from recordings, and a gateway in one process until stopped (Ctrl-C).",
            "Shows what they do, and the latencies of every stage at the end."
        },
        footer = {
            "",
            "Examples:",
            "  tickcast demo",
            "  tickcast demo --rate max --symbols 100 --data /tmp/tickcast",
            "  tickcast demo --replay btcusdt.gz --speed 10"
        })
final class DemoCommand extends Subcommand {
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);

    private static final int EXAMPLE_LOTS = 10;

    @Mixin
    private ServerOptions server;

    @Mixin
    private ExchangeOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private WarmupOption warmup;

    @Override
    public Integer call() {
        var configuration = configuration(server, options, data, warmup);
        options.requireSense(configuration);
        var stop = stop();
        var program = new ServerProgram(spec());
        DataDirectory.require(configuration, JournalName.values());
        GatewayRun.requireFree(configuration);
        if (!WarmUp.run(configuration, "demo", stop, program::println)) {
            return ExitStatus.OK;
        }
        try (var latency = DataDirectory.openLatencyLog(configuration, "demo", program.header())) {
            ReplayWatch replay;
            try (var exchange = ExchangeRun.start(configuration, stop)) {
                try (var gateway = GatewayRun.start(configuration, latency)) {
                    gateway.awaitReady(stop, READY_LIMIT);
                    greet(program, configuration, exchange.symbols(), gateway);
                    var status = new ServerStatus(exchange, gateway.counters(), latency);
                    replay = exchange.replayWatch(program, status);
                    program.runUntilStopped(status, replay);
                }
                exchange.requireSound();
            }
            int status = replay == null ? ExitStatus.OK : replay.end();
            program.printReport(latency);
            return status;
        }
    }

    private static void greet(
            ServerProgram program, Configuration configuration, List<String> symbols, GatewayRun gateway) {
        String url =
                gateway.url().equals(ConfigurationLoader.reference().getString("url")) ? "" : " --url " + gateway.url();
        program.println("demo ready: " + gateway.url() + "  (" + symbols.size() + " symbols, data in "
                + configuration.data() + ")");
        program.println("try:  tickcast subscribe "
                + (symbols.isEmpty()
                        ? "'*'"
                        : String.join(" ", symbols.stream().limit(2).toList()))
                + url);
        if (!symbols.isEmpty()) {
            program.println("      tickcast order buy " + symbols.get(0) + " " + quantity(configuration) + url);
        }
        if (configuration.exchange().replay() != null) {
            program.println("type: " + ReplayConsole.COMMANDS);
        }
    }

    private static String quantity(Configuration configuration) {
        var exchange = configuration.exchange();
        return exchange.replay() == null
                ? Decimal8.format(
                        EXAMPLE_LOTS * exchange.instruments().all().get(0).lotSize())
                : "1";
    }
}
