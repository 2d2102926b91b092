package tickcast.cli.load;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Disconnects and resubscribes subscribers at random, on a fixed plan: half of the time one connects again, with or without a close
 * frame before, half of the time it unsubscribes and subscribes again. Safe from any thread.
 */
public final class Churn implements AutoCloseable {
    private static final int TRIES = 20;

    private final List<LoadSubscriber> subscribers;
    private final FixedPlan plan;
    private final SplittableRandom random;
    private final Thread thread = new Thread(this::run, "tickcast-load-churn");
    private volatile long done;
    private volatile long missed;

    /** @param perSecond above 0 */
    public Churn(List<LoadSubscriber> subscribers, double perSecond, long seed) {
        this.subscribers = subscribers;
        plan = new FixedPlan(perSecond);
        random = new SplittableRandom(seed);
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** How many were disconnected or resubscribed. */
    public long done() {
        return done;
    }

    /** How many could not, because those that were tried were still coming back. */
    public long missed() {
        return missed;
    }

    private void run() {
        while (plan.awaitNext()) {
            var subscriber = settled();
            if (subscriber == null) {
                missed = missed + 1;
            } else {
                disturb(subscriber);
                done = done + 1;
            }
        }
    }

    private LoadSubscriber settled() {
        for (int i = 0; i < TRIES; i++) {
            var subscriber = subscribers.get(random.nextInt(subscribers.size()));
            if (subscriber.settled()) {
                return subscriber;
            }
        }
        return null;
    }

    private void disturb(LoadSubscriber subscriber) {
        switch (random.nextInt(4)) {
            case 0 -> subscriber.reconnect(plan.plannedNanos(), true);
            case 1 -> subscriber.reconnect(plan.plannedNanos(), false);
            default -> subscriber.resubscribe();
        }
    }

    /** Disturbs no more; what it began may not be over yet. */
    @Override
    public void close() {
        plan.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
