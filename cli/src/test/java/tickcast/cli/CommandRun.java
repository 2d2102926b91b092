package tickcast.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** A command that was run to its end within the test. */
record CommandRun(int status, String out, String err) {

    static CommandRun of(String... args) {
        return of(Map.of(), args);
    }

    static CommandRun of(Map<String, String> environment, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = new Tickcast(environment, new StopSignal(), InputStream.nullInputStream())
                .execute(new PrintWriter(out), new PrintWriter(err), args);
        return new CommandRun(status, out.toString(), err.toString());
    }
}
