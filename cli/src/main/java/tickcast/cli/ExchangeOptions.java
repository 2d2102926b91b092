package tickcast.cli;

import java.util.Map;
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
            description = "Trade so many made-up symbols S0, S1 ... Default: ten well-known ones.")
    private String symbols;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description = "Trade these: CSV with the header symbol,tickSize,lotSize,referencePrice.")
    private String instruments;

    @Option(
            names = "--retain",
            paramLabel = "SIZE",
            description = "Most bytes of feed that are kept on disk (512MiB, 2GiB). "
                    + "Default: ${bundle:default.feed.retain}.")
    private String retain;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "exchange.rate", rate);
        SettingOptions.put(settings, "exchange.seed", seed);
        SettingOptions.put(settings, "exchange.symbols", symbols);
        SettingOptions.put(settings, "exchange.instruments", instruments);
        SettingOptions.put(settings, "feed.retain", retain);
    }
}
