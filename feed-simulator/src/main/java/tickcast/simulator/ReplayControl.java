package tickcast.simulator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Steers a replay while it runs. For any thread; what is asked for happens soon, in the order in which it was asked. */
public final class ReplayControl {
    private final Queue<Consumer<Replay>> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    ReplayControl() {}

    /** Holds the recording where it is; the exchange goes on to take orders. */
    public void pause() {
        ask(Replay::pause);
    }

    public void resume() {
        ask(Replay::resume);
    }

    /** Pauses, and lets so many more records happen at once. */
    public void step(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("step: " + records + " is not above 0");
        }
        ask(replay -> replay.step(records));
    }

    public void speed(ReplaySpeed speed) {
        ask(replay -> replay.speed(speed));
    }

    /** Whether all that was asked for is known to the replay. */
    public boolean isIdle() {
        return open.get() == 0;
    }

    private void ask(Consumer<Replay> request) {
        open.incrementAndGet();
        requests.add(request);
    }

    void apply(Replay replay) {
        for (Consumer<Replay> request = requests.poll(); request != null; request = requests.poll()) {
            request.accept(replay);
            open.decrementAndGet();
        }
    }
}
