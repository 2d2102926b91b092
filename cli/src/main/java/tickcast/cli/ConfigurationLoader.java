package tickcast.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the value of every setting: an option of the command line wins over an environment variable, that over the user's file,
 * and that over {@code reference.conf}. The variable of the key {@code feed.retain} is {@code TICKCAST_FEED_RETAIN}.
 */
final class ConfigurationLoader {
    private static final String VARIABLE_PREFIX = "TICKCAST_";

    private ConfigurationLoader() {}

    /**
     * @param file the user's settings, null when there are none
     * @param options by key
     * @throws ConfigurationException when a setting is unknown or wrong
     */
    static Configuration load(Path file, Map<String, String> environment, Map<String, Object> options) {
        var reference = reference();
        try {
            var settings = fromOptions(options)
                    .withFallback(fromEnvironment(environment, reference))
                    .withFallback(fromFile(file, reference))
                    .withFallback(reference)
                    .resolve();
            return Configuration.of(settings);
        } catch (ConfigException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    /** Every key with its default. */
    static Config reference() {
        return ConfigFactory.parseResources(
                ConfigurationLoader.class,
                "/reference.conf",
                ConfigParseOptions.defaults().setAllowMissing(false));
    }

    static String variable(String key) {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Config fromOptions(Map<String, Object> options) {
        var config = ConfigFactory.empty();
        for (var option : options.entrySet()) {
            config =
                    config.withValue(option.getKey(), ConfigValueFactory.fromAnyRef(option.getValue(), "command line"));
        }
        return config;
    }

    private static Config fromEnvironment(Map<String, String> environment, Config reference) {
        var config = ConfigFactory.empty();
        for (var entry : reference.entrySet()) {
            String variable = variable(entry.getKey());
            String value = environment.get(variable);
            if (value != null) {
                config = config.withValue(
                        entry.getKey(), ConfigValueFactory.fromAnyRef(value, "environment variable " + variable));
            }
        }
        return config;
    }

    private static Config fromFile(Path file, Config reference) {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException(file + " cannot be read: there is no such file");
        }
        var config = ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                .resolve();
        for (var entry : config.entrySet()) {
            if (!reference.hasPathOrNull(entry.getKey())) {
                throw new ConfigurationException(entry.getValue().origin().description() + ": unknown key "
                        + entry.getKey() + "; there are: " + String.join(", ", similarKeys(reference, entry.getKey())));
            }
        }
        return config;
    }

    /** The keys of the same section; all when there is no such section. */
    private static List<String> similarKeys(Config reference, String key) {
        var all = reference.entrySet().stream().map(Map.Entry::getKey).sorted().toList();
        String section = key.substring(0, key.lastIndexOf('.') + 1);
        var same = all.stream()
                .filter(known -> known.startsWith(section) && (!section.isEmpty() || !known.contains(".")))
                .toList();
        return same.isEmpty() ? all : same;
    }
}
