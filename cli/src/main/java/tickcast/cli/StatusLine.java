package tickcast.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Progress: one line that is written over and over on a terminal, a plain line now and then elsewhere. */
final class StatusLine {
    /** How often {@link #show} should be called. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final int PLAIN_EVERY = 10;
    private static final String START_AND_CLEAR = "\r\u001B[K";
    /** Whatever is too wide is cut off: a line that has wrapped could not be written over. */
    private static final String NO_WRAP = "\u001B[?7l";

    private static final String WRAP = "\u001B[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private long shownNanos = System.nanoTime();
    private long shown;
    private boolean open;

    StatusLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows the line when {@link #PERIOD} is over since it was shown here before, where lines cannot be written over ten times that. */
    void showWhenDue(Supplier<String> line) {
        long nowNanos = System.nanoTime();
        long periods = terminal ? 1 : PLAIN_EVERY;
        if (nowNanos - shownNanos >= periods * PERIOD.toNanos()) {
            shownNanos = nowNanos;
            print(line.get());
        }
    }

    /** Shows the line; where lines cannot be written over, only every tenth. */
    void show(String line) {
        shown++;
        if (terminal || shown % PLAIN_EVERY == 0) {
            print(line);
        }
    }

    private void print(String line) {
        if (terminal) {
            out.print(START_AND_CLEAR + NO_WRAP + line + WRAP);
            open = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** What is printed next begins on a line of its own. */
    void end() {
        if (open) {
            out.println();
            out.flush();
            open = false;
        }
    }
}
