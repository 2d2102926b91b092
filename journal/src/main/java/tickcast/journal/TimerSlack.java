package tickcast.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much later than asked for Linux may wake a thread that sleeps for a time, so that it can wake several at once: 50 us,
 * unless a thread asks for less. Source: proc_pid_timerslack_ns(5).
 */
public final class TimerSlack {
    private static final Logger LOG = LoggerFactory.getLogger(TimerSlack.class);
    private static final Path PROC = Path.of("/proc");
    private static final String LEAST_NANOS = "1";

    private TimerSlack() {}

    /** Asks for the least, for the calling thread. Where that cannot be asked for, sleeps stay as they are. */
    public static void least() {
        try {
            Files.writeString(ofThisThread(), LEAST_NANOS, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.debug("Sleeps end up to 50 us late", e);
        }
    }

    static Path ofThisThread() throws IOException {
        var thread = Files.readSymbolicLink(PROC.resolve("thread-self")).getFileName();
        return PROC.resolve(thread).resolve("timerslack_ns");
    }
}
