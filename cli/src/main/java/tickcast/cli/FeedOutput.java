package tickcast.cli;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/** Prints updates, one line each, until there were enough of them or nobody reads any more. Safe from any thread. */
final class FeedOutput {
    private final PrintWriter out;
    private final long limit;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private long count;

    /** @param limit most updates */
    FeedOutput(PrintWriter out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    /** Prints one update; does nothing once there were enough. */
    synchronized void print(String line) {
        if (count < limit) {
            out.println(line);
            counted();
        }
    }

    /** Counts an update that is shown in another way. */
    synchronized void counted() {
        count++;
        if (count == limit) {
            finished.complete(null);
        }
    }

    /** Hands over what was printed; a reader that is gone, such as {@code head}, ends the output. */
    synchronized void flush() {
        if (out.checkError()) {
            finished.complete(null);
        }
    }

    CompletableFuture<Void> finished() {
        return finished;
    }
}
