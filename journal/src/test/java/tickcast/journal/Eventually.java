package tickcast.journal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Waits for what another thread or process does, and fails when it takes too long. */
final class Eventually {
    private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private Eventually() {}

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                Assertions.fail("never happened: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
