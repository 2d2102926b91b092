package tickcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "gateway",
        description = {
            "Serves the feed of a data directory to WebSocket subscribers and takes their orders, until stopped.",
            "An exchange may start before it, after it, or not at all: then subscribers are told that it is away."
        },
        footer = {"", "Example:", "  tickcast gateway --host 0.0.0.0 --port 8080 --data /var/lib/tickcast"})
final class GatewayCommand extends Subcommand {
    @Mixin
    private ServerOptions server;

    @Mixin
    private DataOption data;

    @Mixin
    private WarmupOption warmup;

    @Override
    public Integer call() {
        var configuration = configuration(server, data, warmup);
        var program = new ServerProgram(spec());
        DataDirectory.require(configuration, JournalName.ORDERS);
        GatewayRun.requireFree(configuration);
        if (!WarmUp.run(configuration, "gateway", stop(), program::println)) {
            return ExitStatus.OK;
        }
        try (var latency = DataDirectory.openLatencyLog(configuration, "gateway", program.header())) {
            try (var gateway = GatewayRun.start(configuration, latency)) {
                program.println("gateway ready: " + gateway.url() + "  (data in " + configuration.data() + ")");
                program.runUntilStopped(new ServerStatus(null, gateway.counters(), latency));
            }
            program.printReport(latency);
        }
        return ExitStatus.OK;
    }
}
