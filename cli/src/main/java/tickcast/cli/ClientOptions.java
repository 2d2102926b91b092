package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Which gateway a client talks to. */
final class ClientOptions implements SettingOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            order = 81,
            description = "WebSocket endpoint of the gateway. Default: ${bundle:default.url}.")
    private String url;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "url", url);
    }
}
