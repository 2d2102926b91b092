package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

final class RetainOption implements SettingOptions {
    @Option(
            names = "--retain",
            paramLabel = "SIZE",
            description = "Most bytes of feed that are kept on disk (512MiB, 2GiB). "
                    + "Default: ${bundle:default.feed.retain}.")
    private String retain;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "feed.retain", retain);
    }
}
