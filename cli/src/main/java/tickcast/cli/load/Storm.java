package tickcast.cli.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many subscribers that connect at the same moment. Safe from any thread. */
public final class Storm {
    private final List<LoadSubscriber> subscribers;
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    public Storm(List<LoadSubscriber> subscribers) {
        this.subscribers = subscribers;
    }

    /** Begins; returns at once. */
    public void begin() {
        long startNanos = System.nanoTime();
        for (var subscriber : subscribers) {
            subscriber.connect(startNanos).thenAccept(well -> {
                if (well) {
                    lastNanos.accumulateAndGet(System.nanoTime() - startNanos, Math::max);
                    settled.incrementAndGet();
                } else {
                    failed.incrementAndGet();
                }
            });
        }
    }

    public int size() {
        return subscribers.size();
    }

    /** How many have their snapshots. */
    public int settled() {
        return settled.get();
    }

    /** Whether each has its snapshots or has failed. */
    public boolean over() {
        return settled.get() + failed.get() == subscribers.size();
    }

    /** From the beginning until the last of those that have their snapshots had them. */
    public double seconds() {
        return lastNanos.get() / 1e9;
    }
}
