package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LatencyRecorderTest {

    private final LatencyRecorder recorder =
            new LatencyRecorder(Stage.FEED_PUBLISHED_READ.tag(), LatencyRecorder.SIGNIFICANT_DIGITS);
    private final Histogram target = new Histogram(LatencyRecorder.HIGHEST_NANOS, LatencyRecorder.SIGNIFICANT_DIGITS);

    @Test
    void valuesAndCountsAreDrainedOnce() {
        recorder.record(100);
        recorder.record(900, 4);
        recorder.record(500, 0);

        assertEquals(0, recorder.drainInto(target));
        assertEquals(5, target.getTotalCount());
        assertEquals(1, target.getCountAtValue(100));
        assertEquals(4, target.getCountAtValue(900));

        recorder.record(7);
        recorder.drainInto(target);
        assertEquals(6, target.getTotalCount());
    }

    @Test
    void valuesOutOfRangeAreClampedAndCounted() {
        recorder.record(-1);
        recorder.record(Long.MIN_VALUE, 2);
        recorder.record(Long.MAX_VALUE);
        recorder.record(LatencyRecorder.HIGHEST_NANOS);

        assertEquals(4, recorder.drainInto(target));
        assertEquals(5, target.getTotalCount());
        assertEquals(3, target.getCountAtValue(0));
        assertEquals(2, target.getCountAtValue(LatencyRecorder.HIGHEST_NANOS));

        assertEquals(0, recorder.drainInto(target));
    }

    @Test
    void negativeCountIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> recorder.record(1, -1));
    }
}
