package tickcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tickcast.latency.LatencyLog;

@Command(
        name = "exchange",
        description = {
            "Runs the exchange of a data directory until stopped: takes orders, matches, writes the feed.",
            "Its market is simulated, or replayed from recordings.",
            "Gateways on the same directory may start before or after it."
        },
        footer = {
            "",
            "Examples:",
            "  tickcast exchange --rate 5000 --symbols 200 --data /var/lib/tickcast",
            "  tickcast exchange --replay 01302019.NASDAQ_ITCH50.gz --symbols AAPL --from 09:30"
        })
final class ExchangeCommand extends Subcommand {
    @Mixin
    private ExchangeOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private WarmupOption warmup;

    @Override
    public Integer call() {
        var configuration = configuration(options, data, warmup);
        options.requireSense(configuration);
        var stop = stop();
        var program = new ServerProgram(spec());
        DataDirectory.require(configuration, JournalName.FEED, JournalName.EXECUTIONS);
        if (!WarmUp.run(configuration, "exchange", stop, program::println)) {
            return ExitStatus.OK;
        }
        ReplayWatch replay;
        try (var exchange = ExchangeRun.start(configuration, stop)) {
            program.println("exchange ready: " + exchange.symbols().size() + " symbols  (data in "
                    + configuration.data() + ")");
            var status = new ServerStatus(exchange, null, LatencyLog.discarding());
            replay = exchange.replayWatch(program, status);
            program.runUntilStopped(status, replay);
            exchange.requireSound();
        }
        return replay == null ? ExitStatus.OK : replay.end();
    }
}
