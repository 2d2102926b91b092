package tickcast.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server command that runs on a thread of the test until it is stopped. */
final class RunningServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready: (\\S+)");

    private final StopSignal stop = new StopSignal();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended;
    private final WatchedOutput out = new WatchedOutput();

    private RunningServer(String... args) {
        ended = CompletableFuture.supplyAsync(
                () -> new Tickcast(Map.of(), stop, InputStream.nullInputStream())
                        .execute(new PrintWriter(out), new PrintWriter(err), args),
                task -> new Thread(task, "test-" + args[0]).start());
        ended.whenComplete((status, failure) ->
                ready.completeExceptionally(new AssertionError("The server ended: " + err, failure)));
    }

    /** Returns when it is ready. */
    static RunningServer start(String... args) {
        var server = new RunningServer(args);
        server.ready.copy().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        return server;
    }

    /** What stands behind "ready" in its output; the URL of a gateway. */
    String url() {
        return ready.join();
    }

    /** Asks it to stop and returns its exit status. */
    int stop() {
        stop.request();
        return ended.copy().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public void close() {
        stop();
    }

    private final class WatchedOutput extends Writer {
        private final StringBuffer text = new StringBuffer();

        @Override
        public void write(char[] buffer, int offset, int length) {
            text.append(buffer, offset, length);
        }

        @Override
        public void flush() {
            var found = READY.matcher(text);
            if (found.find()) {
                ready.complete(found.group(1));
            }
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
