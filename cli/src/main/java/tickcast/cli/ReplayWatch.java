package tickcast.cli;

import tickcast.simulator.ReplayProgress;

/**
 * Follows the replay of an exchange in this process for its user: lets it be steered, and tells how it ended, once.
 * Confined to a thread.
 */
final class ReplayWatch {
    private final ServerProgram program;
    private final ReplayProgress progress;
    private final ReplayConsole console;
    private final ReplayReport report;
    private boolean endSeen;
    private boolean told;

    ReplayWatch(ServerProgram program, ReplayConsole console, ReplayReport report, ReplayProgress progress) {
        this.program = program;
        this.console = console;
        this.report = report;
        this.progress = progress;
    }

    /** Does what was typed; tells the end a turn after it came, when all of it is counted. */
    void turn(StatusLine line) {
        console.poll(answer -> say(answer, line));
        if (endSeen && !told) {
            line.end();
            tell();
        }
        endSeen = progress.ended();
    }

    /** Whether nothing more comes of the recording. */
    boolean ended() {
        return progress.ended();
    }

    /** Tells how it ended unless that was told; the exit status that follows from it. */
    int end() {
        if (!told) {
            tell();
        }
        return report.exitStatus();
    }

    private void tell() {
        told = true;
        report.tell(program);
    }

    private void say(String answer, StatusLine line) {
        line.end();
        program.println(answer);
    }
}
