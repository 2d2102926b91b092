package tickcast.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tickcast.latency.LatencyLog;

/** What all servers do for their user: say that they are ready, show what they do, and report when they are stopped. */
final class ServerProgram {
    private final StopSignal stop;
    private final PrintWriter out;
    private final List<String> arguments;

    ServerProgram(StopSignal stop, CommandSpec command) {
        this.stop = stop;
        out = command.commandLine().getOut();
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

    /** Shows the status each second until a stop is requested. */
    void runUntilStopped(ServerStatus status) {
        var line = new StatusLine(out, Terminal.isTerminal());
        while (!stop.await(StatusLine.PERIOD)) {
            line.show(status.line());
        }
        line.end();
    }

    /** For when the servers are closed. */
    void printReport(LatencyLog latency) {
        out.print(latency.report().text());
        out.flush();
    }
}
