package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

final class DataOption implements SettingOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory, shared by exchange and gateway. Default: ${bundle:default.data}.")
    private String directory;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "data", directory);
    }
}
