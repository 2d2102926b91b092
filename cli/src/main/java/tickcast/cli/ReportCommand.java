package tickcast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tickcast.latency.LatencyReport;

@Command(
        name = "report",
        description = "Prints latency percentiles of interval logs (.hlog), merged by stage.",
        footer = {"", "Example:", "  tickcast report data/latency/*.hlog --interval 1m --tag feed.published-flushed"})
final class ReportCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Interval logs of HdrHistogram.")
    private List<Path> files;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "A row for each stretch of this length (500ms, 10s, 5m). Default: one row for all.")
    private Duration interval = Duration.ZERO;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only this stage; may be repeated. Default: all.")
    private Set<String> tags = new LinkedHashSet<>();

    @Option(names = "--csv", description = "Comma-separated values in nanoseconds instead of a table in microseconds.")
    private boolean csv;

    @Option(
            names = "--hgrm",
            paramLabel = "DIR",
            description = "Also write a percentile distribution to plot, DIR/TAG.hgrm, for each stage.")
    private Path hgrm;

    @Override
    public Integer call() {
        for (var file : files) {
            if (!Files.isReadable(file)) {
                throw new CommandFailedException("Cannot read " + file + "; name an interval log (.hlog)");
            }
        }
        try {
            var report = LatencyReport.read(files, tags, interval);
            var out = out();
            out.print(csv ? report.csv() : report.text());
            if (hgrm != null) {
                report.writeHgrm(hgrm).forEach(file -> err().println("wrote " + file));
            }
            return report.rows().isEmpty() ? ExitStatus.FAILED : ExitStatus.OK;
        } catch (IOException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
