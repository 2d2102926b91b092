package tickcast.simulator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Steers a replay while it runs. For any thread; what is asked for happens soon, in the order in which it was asked. */
public final class ReplayControl {
    private final Queue<Consumer<Replay>> requests = new ConcurrentLinkedQueue<>();

    ReplayControl() {}

    /** Holds the recording where it is; the exchange goes on to take orders. */
    public void pause() {
        requests.add(Replay::pause);
    }

    public void resume() {
        requests.add(Replay::resume);
    }

    /** Pauses, and lets so many more records happen at once. */
    public void step(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("step: " + records + " is not above 0");
        }
        requests.add(replay -> replay.step(records));
    }

    public void speed(ReplaySpeed speed) {
        requests.add(replay -> replay.speed(speed));
    }

    void apply(Replay replay) {
        for (Consumer<Replay> request = requests.poll(); request != null; request = requests.poll()) {
            request.accept(replay);
        }
    }
}
