package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

final class WarmupOption implements SettingOptions {
    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            description =
                    "Before it begins, run a market of its own for so long (5s): the first clients are served as fast "
                            + "as all after them. Default: ${bundle:default.warmup}.")
    private String length;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "warmup", length);
    }
}
