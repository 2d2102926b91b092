package tickcast.cli;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a load test is to do. */
final class BenchOptions {
    @Option(
            names = "--subscribers",
            paramLabel = "C",
            description = "How many subscribers, each on a connection of its own. Default: ${DEFAULT-VALUE}.")
    int subscribers = 10;

    @Option(
            names = "--symbols",
            paramLabel = "S",
            description = "Symbols of each subscriber: how many, spread over all that are listed, names "
                    + "separated by commas, or '*' for all, those listed later too. Default: ${DEFAULT-VALUE}.")
    String symbols = "1";

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description =
                    "Form of the market data: ${COMPLETION-CANDIDATES}. With v1, times are whole milliseconds and "
                            + "loss cannot be seen. Default: ${DEFAULT-VALUE}.")
    SubscribeCommand.Encoding encoding = SubscribeCommand.Encoding.SBE;

    @Option(
            names = "--orders",
            paramLabel = "RATE",
            description = "Orders per second beside it, on a fixed plan. Default: ${DEFAULT-VALUE}.")
    int orderRate;

    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            description = "Left out of the figures (10s, 1m). Default: 5s.")
    Duration warmup = Duration.ofSeconds(5);

    @Option(names = "--duration", paramLabel = "DURATION", description = "What is measured (30s, 5m). Default: 30s.")
    Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "Also write an interval log, for 'tickcast report' and the tools of HdrHistogram.")
    Path hlog;

    @Option(names = "--json", description = "The result as JSON instead of text.")
    boolean json;

    /** What is wrong with them, null when nothing is. */
    String problem() {
        if (subscribers < 0 || subscribers > 100_000) {
            return "--subscribers is " + subscribers + ", must be 0 to 100000";
        }
        if (orderRate < 0 || orderRate > 1_000_000) {
            return "--orders is " + orderRate + ", must be 0 to 1000000 per second";
        }
        if (subscribers == 0 && orderRate == 0) {
            return "there is nothing to do: give --subscribers or --orders";
        }
        if (duration.isZero()) {
            return "--duration is 0, must be longer";
        }
        return null;
    }
}
