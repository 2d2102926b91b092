package tickcast.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ties the process to its command: a signal (Ctrl-C, SIGTERM) becomes a {@link StopSignal}, the command gets time to end by
 * itself, and the exit status is the command's and not the signal's.
 */
final class ProcessEnd {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status = ExitStatus.FAILED;

    private ProcessEnd() {}

    static ProcessEnd install() {
        var end = new ProcessEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::onShutdown, "tickcast-stop"));
        return end;
    }

    StopSignal stop() {
        return stop;
    }

    /** Ends the process; the command has ended. Does not return. */
    void exit(int commandStatus) {
        status = commandStatus;
        ended.countDown();
        System.exit(commandStatus);
    }

    private void onShutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        stop.request();
        boolean clean = false;
        try {
            clean = ended.await(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The process would end with the signal's status otherwise.
        Runtime.getRuntime().halt(clean ? status : ExitStatus.FAILED);
    }
}
