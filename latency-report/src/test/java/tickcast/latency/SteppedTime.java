package tickcast.latency;

import java.util.function.LongSupplier;

/** A clock that a test moves. */
final class SteppedTime implements LongSupplier {

    private long now;

    SteppedTime(long now) {
        this.now = now;
    }

    void advance(long by) {
        now += by;
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
