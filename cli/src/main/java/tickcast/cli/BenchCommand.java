package tickcast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tickcast.latency.LatencyLog;

@Command(
        name = "bench",
        description = {
            "Measures a gateway under load, on a fixed plan, and proves that nothing is lost.",
            "Latency of market data counts from when the exchange planned it, of orders from when they should have been",
            "sent. Every subscriber proves what it gets. The run fails, and says each reason, when anything is lost, comes",
            "twice or is wrong, when a subscriber is cut off or left without its snapshots, and when a planned rate is not",
            "kept. Slow and dead readers may miss updates and may be cut off.",
            "Run it on the gateway's machine, or with clocks that agree: latencies of market data span both."
        },
        footer = {
            "",
            "Examples:",
            "  tickcast bench --subscribers 500 --symbols 5 --orders 1000 --duration 1m --hlog bench.hlog",
            "  tickcast bench --subscribers 0 --orders 1000 --order-sessions 10 --probes 100",
            "  tickcast bench --subscribers 2000 --form v1=8,sbe=1,json=1 --slow 20 --dead 20 --churn 50 --storm 1000",
            "  tickcast bench --subscribers 10000 --min-rate 50000 --server-pid 4711 --json result.json"
        })
final class BenchCommand extends Subcommand {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Mixin
    private BenchOptions options;

    @Mixin
    private ClientOptions gateway;

    @Override
    public Integer call() {
        String problem = options.problem();
        if (problem != null) {
            throw wrong(problem);
        }
        var url = configuration(gateway).url();
        var header = RunHeader.lines(
                spec().commandLine().getParent().getParseResult().expandedArgs());
        var err = err();
        try (var log = open(header);
                var run = new BenchRun(options, url, stop(), log)) {
            var result = run.run(header, new StatusLine(err, Terminal.isTerminal()));
            var out = out();
            if (options.format == BenchOptions.Format.JSON) {
                out.println(result.json());
            } else {
                out.print(result.text());
            }
            if (options.json != null) {
                write(result.json());
            }
            return result.passed() ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private void write(String json) {
        try {
            Files.writeString(options.json, json + System.lineSeparator());
        } catch (IOException e) {
            throw new CommandFailedException("Cannot write " + options.json + ": " + e.getMessage(), e);
        }
    }

    private LatencyLog open(List<String> header) {
        if (options.hlog == null) {
            return LatencyLog.discarding();
        }
        try {
            return LatencyLog.open(options.hlog, INTERVAL, header);
        } catch (IOException e) {
            throw new CommandFailedException("Cannot write " + options.hlog + ": " + e.getMessage(), e);
        }
    }
}
