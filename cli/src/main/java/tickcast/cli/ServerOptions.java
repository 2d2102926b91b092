package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Where a gateway listens. */
final class ServerOptions implements SettingOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: ${bundle:default.host}, which only this machine reaches.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on, 0 for any free one. Default: ${bundle:default.port}.")
    private String port;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "host", host);
        SettingOptions.put(settings, "port", port);
    }
}
