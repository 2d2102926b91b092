package tickcast.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes, and what it finds around it. */
abstract class Subcommand implements Callable<Integer> {
    static final String DEBUG = "--debug";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 90,
            description =
                    "Settings (HOCON) that differ from the reference; options and TICKCAST_ variables win over it.")
    private Path config;

    @Option(names = DEBUG, order = 91, description = "Show the stack trace of a failure.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 92,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** All settings, with what was said on the command line before everything else. */
    final Configuration configuration(SettingOptions... options) {
        var settings = new LinkedHashMap<String, Object>();
        for (var group : options) {
            group.addTo(settings);
        }
        return ConfigurationLoader.load(config, program().environment(), settings);
    }

    /** The program that the command belongs to. */
    private Tickcast program() {
        return (Tickcast) spec.root().userObject();
    }

    final StopSignal stop() {
        return program().stop();
    }

    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The command was called wrongly. */
    final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
