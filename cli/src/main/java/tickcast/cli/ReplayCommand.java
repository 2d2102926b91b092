package tickcast.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tickcast.latency.LatencyLog;
import tickcast.simulator.RecordingCheck;
import tickcast.simulator.ReplaySettings;

@Command(
        name = "replay",
        description = {
            "Runs an exchange that replays recorded market data, until the recording is at its end or it is stopped.",
            "Recordings are of Nasdaq TotalView-ITCH 5.0, LOBSTER or Binance, plain or compressed with gzip or xz.",
            "Gateways on the same data directory serve it. The exit status is 1 when the recording is damaged or disagrees",
            "with itself.",
            "While it runs, type: " + ReplayConsole.COMMANDS + "."
        },
        footer = {
            "",
            "Examples:",
            "  tickcast replay 01302019.NASDAQ_ITCH50.gz --symbols AAPL,MSFT --from 09:25 --speed 10",
            "  tickcast replay --check AMZN_2012-06-21_34200000_57600000_message_1.csv",
            "  tickcast demo --replay btcusdt.gz --loop      with a gateway in the same process"
        })
final class ReplayCommand extends Subcommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The recording; several are merged by time. Default: those of the setting replay.files.")
    private List<Path> files;

    @Mixin
    private ReplayOptions options;

    @Option(
            names = "--symbols",
            paramLabel = "A,B",
            split = ",",
            description = "Replay these alone. Default: all of the recording.")
    private List<String> symbols;

    @Option(
            names = "--check",
            description =
                    "Read it to its end, keep its books and publish nothing: to learn whether it is whole and agrees "
                            + "with itself, and how fast it can be read. --speed, --from, --loop, --interactive do not matter.")
    private boolean check;

    @Mixin
    private DataOption data;

    @Mixin
    private RetainOption retain;

    @Override
    public Integer call() {
        var configuration = configuration(this::addTo, options, data, retain);
        var settings = configuration.exchange().replay();
        if (settings == null) {
            throw wrong("Missing required parameter: 'FILE...', unless the setting replay.files names it");
        }
        RecordingFiles.require(settings);
        return check ? check(settings) : replay(configuration);
    }

    private void addTo(Map<String, Object> settings) {
        SettingOptions.putAll(settings, "replay.files", files);
        SettingOptions.putAll(settings, "replay.symbols", symbols);
    }

    private int replay(Configuration configuration) {
        var stop = stop();
        var program = new ServerProgram(spec());
        DataDirectory.require(configuration, JournalName.FEED, JournalName.EXECUTIONS);
        ReplayWatch replay;
        try (var exchange = ExchangeRun.start(configuration, stop)) {
            var status = new ServerStatus(exchange, null, LatencyLog.discarding());
            replay = exchange.replayWatch(program, status);
            program.println("replay ready: "
                    + ReplayReport.files(configuration.exchange().replay()) + "  (data in " + configuration.data()
                    + ")" + (configuration.exchange().replay().paused() ? ", paused" : ""));
            program.println("type: " + ReplayConsole.COMMANDS);
            program.runUntilEnded(status, replay);
            exchange.requireSound();
        }
        return replay.end();
    }

    private int check(ReplaySettings settings) {
        var stop = stop();
        var reading = new RecordingCheck(settings);
        var status = new ReplayStatus(settings, reading.progress(), System::nanoTime);
        var line = new StatusLine(err(), Terminal.isTerminal());
        try {
            reading.run(() -> {
                line.showWhenDue(status::text);
                return stop.isRequested();
            });
        } catch (IOException e) {
            throw new CommandFailedException("Cannot read the recording: " + e.getMessage(), e);
        } finally {
            line.end();
        }
        var report = new ReplayReport(settings, reading.progress(), null);
        report.tell(new ServerProgram(spec()));
        return report.exitStatus();
    }
}
