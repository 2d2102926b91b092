package tickcast.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import tickcast.latency.LatencyLog;

/** What all servers do for their user: say that they are ready, show what they do, and report when they are stopped. */
final class ServerProgram {
    private static final Duration TURN = Duration.ofMillis(100);

    private final StopSignal stop;
    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<String> arguments;

    ServerProgram(CommandSpec command) {
        var tickcast = (Tickcast) command.root().userObject();
        stop = tickcast.stop();
        in = tickcast.in();
        out = command.commandLine().getOut();
        err = command.commandLine().getErr();
        arguments = command.root().commandLine().getParseResult().expandedArgs();
    }

    /** What runs where, for the logs. */
    List<String> header() {
        return RunHeader.lines(arguments);
    }

    void println(String line) {
        out.println(line);
        out.flush();
    }

    /** Says on standard error what is wrong. */
    void complain(String text) {
        err.println("tickcast: " + text);
        err.flush();
    }

    /** Where the user types. */
    InputStream in() {
        return in;
    }

    void stop() {
        stop.request();
    }

    /** Shows the status each second until a stop is requested. */
    void runUntilStopped(ServerStatus status) {
        runWhile(line -> true, status);
    }

    /** Likewise, and follows a replay; null when there is none. */
    void runUntilStopped(ServerStatus status, ReplayWatch replay) {
        runWhile(
                line -> {
                    if (replay != null) {
                        replay.turn(line);
                    }
                    return true;
                },
                status);
    }

    /** Likewise, until the replay has ended. */
    void runUntilEnded(ServerStatus status, ReplayWatch replay) {
        runWhile(
                line -> {
                    replay.turn(line);
                    return !replay.ended();
                },
                status);
    }

    private void runWhile(Predicate<StatusLine> turn, ServerStatus status) {
        var line = new StatusLine(out, Terminal.isTerminal());
        while (!stop.await(TURN) && turn.test(line)) {
            line.showWhenDue(status::line);
        }
        line.end();
    }

    /** For when the servers are closed. */
    void printReport(LatencyLog latency) {
        out.print(latency.report().withoutAccounts().text());
        out.flush();
    }
}
