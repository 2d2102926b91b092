package tickcast.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program; without a subcommand it prints its help. */
@Command(
        name = "tickcast",
        description =
                "A market-data streaming gateway for trading, with an exchange that is simulated or replays recorded market data.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Tickcast.ProgramVersion.class,
        subcommands = {
            DemoCommand.class,
            ExchangeCommand.class,
            ReplayCommand.class,
            GatewayCommand.class,
            SubscribeCommand.class,
            SymbolsCommand.class,
            OrderCommand.class,
            CancelCommand.class,
            OrdersCommand.class,
            PositionsCommand.class,
            AccountCommand.class,
            BenchCommand.class,
            ReportCommand.class,
            InspectCommand.class
        },
        footer = {
            "",
            "Start with:",
            "  tickcast demo                    an exchange and a gateway on this machine",
            "  tickcast subscribe BTC/USD       its prices, in another terminal",
            "'tickcast COMMAND --help' tells more. Exit status: 0 done, 1 failed, 2 called wrongly."
        })
public final class Tickcast implements Runnable {
    private static final int HELP_WIDTH = 110;

    private final Map<String, String> environment;
    private final StopSignal stop;
    private final InputStream in;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    Tickcast(Map<String, String> environment, StopSignal stop, InputStream in) {
        this.environment = environment;
        this.stop = stop;
        this.in = in;
    }

    public static void main(String[] args) {
        var end = ProcessEnd.install();
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var tickcast = new Tickcast(System.getenv(), end.stop(), System.in);
        int status;
        try {
            status = tickcast.execute(out, err, args);
        } catch (Error e) {
            status = tickcast.failed(e, err);
        }
        end.exit(status);
    }

    private int failed(Error e, PrintWriter err) {
        if (isOfStop(e)) {
            return ExitStatus.OK;
        }
        e.printStackTrace(err);
        return ExitStatus.FAILED;
    }

    /** A process that is asked to stop while it begins cannot load what it had not loaded before. */
    private boolean isOfStop(Throwable failure) {
        boolean found = false;
        for (var cause = failure; cause != null && !found; cause = cause.getCause()) {
            found = cause instanceof LinkageError || "Shutdown in progress".equals(cause.getMessage());
        }
        return found && stop.isRequested();
    }

    /** Runs the command that {@code args} name; returns its exit status. */
    int execute(PrintWriter out, PrintWriter err, String... args) {
        var commandLine = new CommandLine(this)
                .setOut(out)
                .setErr(err)
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(int.class, text -> wholeNumber(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> wholeNumber(text, Integer::valueOf))
                .registerConverter(long.class, text -> wholeNumber(text, Long::valueOf))
                .registerConverter(Long.class, text -> wholeNumber(text, Long::valueOf))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setResourceBundle(new ReferenceDefaults())
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(Tickcast::onWrongUsage)
                .setExecutionExceptionHandler(this::onFailure);
        commandLine.getSubcommands().values().stream()
                .map(command -> command.getCommandSpec().usageMessage())
                .forEach(usage -> usage.sortOptions(false));
        int status = commandLine.execute(args);
        out.flush();
        err.flush();
        return status;
    }

    Map<String, String> environment() {
        return environment;
    }

    StopSignal stop() {
        return stop;
    }

    InputStream in() {
        return in;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static <T> T wholeNumber(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number, or too large a one");
        }
    }

    private static int onWrongUsage(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println("tickcast: " + e.getMessage().replaceFirst("^Error: ", ""));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitStatus.USAGE;
    }

    private int onFailure(Exception e, CommandLine command, ParseResult parsed) {
        if (isOfStop(e)) {
            return ExitStatus.OK;
        }
        var err = command.getErr();
        boolean debug = parsed.expandedArgs().contains(Subcommand.DEBUG);
        boolean explained = e instanceof CommandFailedException || e instanceof ConfigurationException;
        command.getOut().flush();
        err.println("tickcast: " + (explained ? e.getMessage() : e + (debug ? "" : " (--debug shows where)")));
        if (debug) {
            e.printStackTrace(err);
        }
        return e instanceof ConfigurationException ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "tickcast " + text(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }

        /** As the jar says; classes outside a jar have none. */
        static String text() {
            String version = Tickcast.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
