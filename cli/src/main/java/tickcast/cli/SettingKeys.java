package tickcast.cli;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Puts a setting's key, unit and origin into the complaint of a module that knows the setting by the name of a field. */
final class SettingKeys {
    private static final Pattern COMPLAINT = Pattern.compile("Setting ([a-zA-Z]+?)(Millis|Bytes)?\\b(.*)");
    private static final List<String> SECTIONS = List.of("", "gateway.", "gateway.max-", "risk.", "latency.");

    private SettingKeys() {}

    static String named(String complaint, Config settings) {
        var parts = COMPLAINT.matcher(complaint);
        if (!parts.matches()) {
            return complaint;
        }
        String name = parts.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String unit = parts.group(2) == null ? "" : parts.group(2).equals("Millis") ? " in ms" : " in bytes";
        return SECTIONS.stream()
                .map(section -> section + name)
                .filter(settings::hasPath)
                .findFirst()
                .map(key -> settings.getValue(key).origin().description() + ": " + key + unit + parts.group(3))
                .orElse(complaint);
    }
}
