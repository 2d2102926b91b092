package tickcast.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes. */
final class CommonOptions {
    static final String DEBUG = "--debug";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 90,
            description =
                    "Settings (HOCON) that differ from the reference; options and TICKCAST_ variables win over it.")
    Path config;

    @Option(names = DEBUG, order = 91, description = "Show the stack trace of a failure.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 92,
            description = "Show this help.")
    boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The program that the command belongs to. */
    Tickcast program() {
        return (Tickcast) command.root().userObject();
    }

    /** All settings, with what was said on the command line before everything else. */
    Configuration configuration(SettingOptions... options) {
        var settings = new LinkedHashMap<String, Object>();
        for (var group : options) {
            group.addTo(settings);
        }
        return ConfigurationLoader.load(config, program().environment(), settings);
    }
}
