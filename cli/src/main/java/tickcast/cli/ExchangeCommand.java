package tickcast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tickcast.latency.LatencyLog;

@Command(
        name = "exchange",
        description = {
            "Runs the simulated exchange of a data directory until stopped: takes orders, matches, writes the feed.",
            "Gateways on the same directory may start before or after it."
        },
        footer = {"", "Example:", "  tickcast exchange --rate 5000 --symbols 200 --data /var/lib/tickcast"})
final class ExchangeCommand implements Callable<Integer> {
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
        var configuration = common.configuration(options, data);
        var stop = common.program().stop();
        var program = new ServerProgram(stop, spec);
        DataDirectory.require(configuration, JournalName.FEED, JournalName.EXECUTIONS);
        try (var exchange = ExchangeRun.start(configuration, stop)) {
            program.println(
                    "exchange ready: " + configuration.exchange().instruments().size() + " symbols  (data in "
                            + configuration.data() + ")");
            program.runUntilStopped(new ServerStatus(exchange.counters(), null, LatencyLog.discarding()));
            exchange.requireSound();
        }
        return ExitStatus.OK;
    }
}
