package tickcast.cli.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Connects subscribers, a limited number at a time. */
public final class Rollout {
    private static final int AT_ONCE = 200;
    private static final long POLL_MILLIS = 50;

    private final Semaphore free = new Semaphore(AT_ONCE);
    private final long deadlineNanos;
    private final BooleanSupplier stopped;

    /** @param limit for all together */
    public Rollout(Duration limit, BooleanSupplier stopped) {
        deadlineNanos = System.nanoTime() + limit.toNanos();
        this.stopped = stopped;
    }

    /** Returns when all stand or have failed; false when it was stopped or the time was over before. */
    public boolean connect(List<LoadSubscriber> subscribers) {
        for (var subscriber : subscribers) {
            if (!acquire(1)) {
                return false;
            }
            subscriber.connect(System.nanoTime()).thenAccept(well -> free.release());
        }
        return acquire(AT_ONCE);
    }

    private boolean acquire(int permits) {
        try {
            while (!stopped.getAsBoolean() && System.nanoTime() - deadlineNanos < 0) {
                if (free.tryAcquire(permits, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
