package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

final class WarmupOption implements SettingOptions {
    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            converter = WithUnit.class,
            description =
                    "Before it begins, run a market of its own for so long (5s, 1m), so that much is compiled when the "
                            + "first clients come. Default: ${bundle:default.warmup}.")
    private String length;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "warmup", length);
    }

    /** The setting alone would take a number for milliseconds. */
    static final class WithUnit implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            new DurationConverter().convert(text);
            return text;
        }
    }
}
