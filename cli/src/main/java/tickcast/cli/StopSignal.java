package tickcast.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that the program should stop, by Ctrl-C for instance. Safe from any thread; no thread is interrupted for it. */
final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CompletableFuture<Void> future = new CompletableFuture<>();

    void request() {
        requested.countDown();
        future.complete(null);
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Done when a stop is requested. */
    CompletableFuture<Void> future() {
        return future.copy();
    }

    /** Waits until a stop is requested or the time is over; whether one is requested. */
    boolean await(Duration limit) {
        return awaitNanos(limit.toNanos());
    }

    boolean awaitNanos(long limitNanos) {
        try {
            return requested.await(limitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits until a stop is requested. */
    void await() {
        awaitNanos(Long.MAX_VALUE);
    }
}
