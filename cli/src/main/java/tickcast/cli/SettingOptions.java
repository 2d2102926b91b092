package tickcast.cli;

import java.util.Collection;
import java.util.Map;

/** Options that stand for keys of the configuration. */
interface SettingOptions {
    /** Adds the value of every option that was given, by key. */
    void addTo(Map<String, Object> settings);

    /** Adds one, unless it was not given. */
    static void put(Map<String, Object> settings, String key, Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }

    /** Adds a list, unless it was not given. */
    static void putAll(Map<String, Object> settings, String key, Collection<?> values) {
        if (values != null) {
            settings.put(key, values.stream().map(Object::toString).toList());
        }
    }
}
