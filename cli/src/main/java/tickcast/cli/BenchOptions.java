package tickcast.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tickcast.cli.load.FormMix;

/** What a load test is to do. */
final class BenchOptions {
    private static final int MOST_CONNECTIONS = 100_000;
    private static final double MOST_CHURN = 10_000;
    private static final int MOST_PROBES = 1_000;
    private static final int MOST_ORDER_SESSIONS = 10_000;
    /** Below what one session may send. */
    private static final int SESSION_RATE = 1_000;

    /** How the result is printed. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--subscribers",
            paramLabel = "C",
            description = "How many subscribers, each on a connection of its own. Default: ${DEFAULT-VALUE}.")
    int subscribers = 10;

    @Option(
            names = "--symbols",
            paramLabel = "S",
            description = "Symbols of each subscriber: how many, spread over all that are listed, names "
                    + "separated by commas, or '*' for all, those listed later too. Default: ${DEFAULT-VALUE}.")
    String symbols = "1";

    @Option(
            names = {"--form", "--encoding"},
            paramLabel = "FORM[=SHARE],...",
            converter = FormMixConverter.class,
            description = "Forms of the market data, v1, sbe or json, in these shares: v1=8,sbe=1,json=1. With v1, "
                    + "times are the venue's in whole milliseconds, and loss cannot be seen. Default: sbe.")
    FormMix forms = FormMix.parse("sbe");

    @Option(
            names = "--books",
            paramLabel = "N",
            description = "So many of the subscribers keep whole books and compare each checksum, as every slow reader "
                    + "does; the others follow the chains of sequences only. Default: ${DEFAULT-VALUE}.")
    int books = 100;

    @Option(
            names = "--slow",
            paramLabel = "N",
            description =
                    "So many subscribers more that read --slow-rate and come back when they are cut off. They may "
                            + "miss updates, but never have a wrong book.")
    int slow;

    @Option(
            names = "--slow-rate",
            paramLabel = "BYTES",
            description = "What a slow reader reads in a second. Default: ${DEFAULT-VALUE}.")
    int slowRate = 1024;

    @Option(names = "--dead", paramLabel = "N", description = "So many more that read nothing once they subscribed.")
    int dead;

    @Option(
            names = "--storm",
            paramLabel = "N",
            description = "So many more connect and subscribe all at once when the measuring begins.")
    int storm;

    @Option(
            names = "--churn",
            paramLabel = "RATE",
            description = "Subscribers per second that disconnect and come back, or subscribe anew, at random.")
    double churn;

    @Option(
            names = "--orders",
            paramLabel = "RATE",
            description = "Orders per second beside it, on a fixed plan. Default: ${DEFAULT-VALUE}.")
    int orderRate;

    @Option(
            names = "--order-sessions",
            paramLabel = "N",
            description = "Sessions that send them in turn, each for an account of its own. Default: one for each 1000 "
                    + "orders per second, and no fewer than one.")
    Integer orderSessions;

    @Option(
            names = "--probes",
            paramLabel = "RATE",
            description = "Orders per second that rest far from the market until they are seen in the market data, "
                    + "and are cancelled then. Needs an exchange that shows them.")
    int probeRate;

    @Option(
            names = "--min-rate",
            paramLabel = "N",
            description = "Fail when fewer messages per second are delivered, slow and dead readers left out.")
    long minRate;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The gateway's process on this machine: also measure its CPU time for each message and its "
                    + "memory for each connection. Linux only.")
    Long serverPid;

    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            description = "Left out of the figures (10s, 1m). Default: 5s.")
    Duration warmup = Duration.ofSeconds(5);

    @Option(names = "--duration", paramLabel = "DURATION", description = "What is measured (30s, 5m). Default: 30s.")
    Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "Also write an interval log, for 'tickcast report' and the tools of HdrHistogram.")
    Path hlog;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The result as ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Format format = Format.TEXT;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON to this file.")
    Path json;

    /** What is wrong with them, null when nothing is. */
    String problem() {
        if (isOutside(subscribers, MOST_CONNECTIONS)
                || isOutside(slow, MOST_CONNECTIONS)
                || isOutside(dead, MOST_CONNECTIONS)
                || isOutside(storm, MOST_CONNECTIONS)) {
            return "--subscribers, --slow, --dead and --storm must be 0 to " + MOST_CONNECTIONS + " each";
        }
        if (isOutside(orderRate, 1_000_000)) {
            return "--orders is " + orderRate + ", must be 0 to 1000000 per second";
        }
        if (orderSessions != null && (orderSessions < 1 || orderSessions > MOST_ORDER_SESSIONS)) {
            return "--order-sessions is " + orderSessions + ", must be 1 to " + MOST_ORDER_SESSIONS;
        }
        if (isOutside(probeRate, MOST_PROBES)) {
            return "--probes is " + probeRate + ", must be 0 to " + MOST_PROBES + " per second";
        }
        if (!(churn >= 0 && churn <= MOST_CHURN)) {
            return "--churn is " + churn + ", must be 0 to " + (int) MOST_CHURN + " per second";
        }
        if (churn > 0 && subscribers == 0) {
            return "--churn needs --subscribers";
        }
        if (slowRate < 1) {
            return "--slow-rate is " + slowRate + ", must be 1 or more";
        }
        if (books < 0 || minRate < 0) {
            return "--books and --min-rate must be 0 or more";
        }
        if (subscribers + slow + dead + storm + orderRate + probeRate == 0) {
            return "there is nothing to do: give --subscribers or --orders";
        }
        if (duration.isZero()) {
            return "--duration is 0, must be longer";
        }
        return null;
    }

    /** How many sessions send orders. */
    int orderSessionCount() {
        return orderSessions != null ? orderSessions : (orderRate + SESSION_RATE - 1) / SESSION_RATE;
    }

    private static boolean isOutside(int value, int most) {
        return value < 0 || value > most;
    }

    static final class FormMixConverter implements ITypeConverter<FormMix> {
        @Override
        public FormMix convert(String text) {
            try {
                return FormMix.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
