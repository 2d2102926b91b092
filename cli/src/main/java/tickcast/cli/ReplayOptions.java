package tickcast.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a recording is replayed. */
final class ReplayOptions implements SettingOptions {
    private static final String SECTION = "replay.";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Of the recordings: itch, lobster or binance. Default: each file is recognized.")
    private String format;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Times as fast as it was recorded: 0.1 to 1000, or max for as fast as possible. "
                    + "Default: ${bundle:default.replay.speed}.")
    private String speed;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "What was recorded before only builds the books. A time of the recording's first day where its "
                            + "venue is (09:30, 09:30:00.5), a date and time (2012-06-21T09:30, 2012-06-21T13:30:00Z), or what "
                            + "has passed since the first record (+90s, +5m, +1h). Default: its beginning.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Where it ends, likewise. Default: its end.")
    private String to;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Day of recordings that tell only times of day. Default: as the file's name tells.")
    private String date;

    @Option(
            names = "--paused",
            description = "Wait before the first record, until resume or step is typed: time for clients to connect.")
    private Boolean paused;

    @Option(names = "--loop", description = "Begin again at the end.")
    private Boolean loop;

    @Option(
            names = "--interactive",
            description = "Let your orders change what becomes of the recorded ones: all of them are matched anew.")
    private Boolean interactive;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, SECTION + "format", format);
        SettingOptions.put(settings, SECTION + "speed", speed);
        SettingOptions.put(settings, SECTION + "from", from);
        SettingOptions.put(settings, SECTION + "to", to);
        SettingOptions.put(settings, SECTION + "date", date);
        SettingOptions.put(settings, SECTION + "paused", paused);
        SettingOptions.put(settings, SECTION + "loop", loop);
        SettingOptions.put(settings, SECTION + "interactive", interactive);
    }

    /** One of the options that were given. */
    Optional<String> given() {
        var settings = new LinkedHashMap<String, Object>();
        addTo(settings);
        return settings.keySet().stream().findFirst().map(key -> "--" + key.substring(SECTION.length()));
    }
}
