package tickcast.cli;

import java.util.Map;
import picocli.CommandLine.Option;

final class AccountOption implements SettingOptions {
    @Option(
            names = "--account",
            paramLabel = "NAME",
            order = 80,
            description =
                    "Account to trade for: 1 to 32 of letters, digits, _ . -. Default: ${bundle:default.account}.")
    private String account;

    @Override
    public void addTo(Map<String, Object> settings) {
        SettingOptions.put(settings, "account", account);
    }
}
