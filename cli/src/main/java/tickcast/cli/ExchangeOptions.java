package tickcast.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the simulated exchange trades. */
final class ExchangeOptions implements SettingOptions {
    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "Events of the background order flow per second: a number, 0 for none, or max. "
                    + "Default: ${bundle:default.exchange.rate}.")
    private String rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the background order flow; the same seed makes the same events. "
                    + "Default: ${bundle:default.exchange.seed}.")
    private String seed;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            split = ",",
            description = "Trade so many made-up symbols S0, S1 ... Default: ten well-known ones. "
                    + "With --replay, names A,B ...: replay these alone.")
    private List<String> symbols;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description = "Trade these: CSV with the header symbol,tickSize,lotSize,referencePrice.")
    private String instruments;

    @Mixin
    private RetainOption retain;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Replay this recording instead of a made-up order flow; several are merged by time. "
                    + "The options below say how, 'tickcast replay --help' tells more.")
    private List<Path> recordings;

    @Mixin
    private ReplayOptions replay;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "exchange.rate", rate);
        SettingOptions.put(settings, "exchange.seed", seed);
        SettingOptions.put(settings, "exchange.instruments", instruments);
        if (recordings != null) {
            SettingOptions.putAll(settings, "replay.symbols", symbols);
        } else if (symbols != null) {
            SettingOptions.put(settings, "exchange.symbols", String.join(",", symbols));
        }
        SettingOptions.putAll(settings, "replay.files", recordings);
        replay.addTo(settings);
        retain.addTo(settings);
    }

    /** Throws when options do not go together, or with what was set elsewhere, and when there is no such recording. */
    void requireSense(Configuration configuration) {
        if (configuration.exchange().replay() == null) {
            replay.given().ifPresent(option -> {
                throw new ConfigurationException(
                        option + " is about a replay: name a recording with --replay FILE too");
            });
            return;
        }
        refuse("--rate", rate);
        refuse("--seed", seed);
        refuse("--instruments", instruments);
        RecordingFiles.require(configuration.exchange().replay());
    }

    private static void refuse(String option, String value) {
        if (value != null) {
            throw new ConfigurationException(
                    option
                            + " does not go with --replay or the setting replay.files: the recording says what is traded, when");
        }
    }
}
