package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class HiccupMeterTest {

    private static final long MILLI = 1_000_000;

    private final SteppedTime nanoTime = new SteppedTime(77);
    private final Queue<Long> oversleeps = new ArrayDeque<>();

    @Test
    void excessOverTheShortestSleepIsRecorded() throws InterruptedException {
        Histogram hiccups = measure(60_000, 60_000, 95_000, 50_000, 100_000);

        assertEquals(5, hiccups.getTotalCount());
        assertEquals(3, hiccups.getCountAtValue(0)); // the first three of them found no shorter one or an equal one
        assertEquals(1, hiccups.getCountAtValue(35_000));
        assertEquals(1, hiccups.getCountAtValue(50_000));
    }

    @Test
    void longHiccupStandsForThoseItHid() throws InterruptedException {
        Histogram hiccups = measure(0, 5 * MILLI);

        assertEquals(6, hiccups.getTotalCount());
        for (int millis = 0; millis <= 5; millis++) {
            assertEquals(1, hiccups.getCountAtValue(millis * MILLI), millis + " ms");
        }
    }

    @Test
    void threadMeasuresUntilClosed() {
        try (LatencyLog log = LatencyLog.discarding()) {
            try (HiccupMeter meter = HiccupMeter.start(log)) {
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (log.totals().isEmpty()) {
                    assertFalse(System.nanoTime() > deadline, () -> meter + " measures nothing");
                    Thread.onSpinWait();
                }
            }
            long measured = log.totals().get("hiccup").getTotalCount();
            assertEquals(measured, log.totals().get("hiccup").getTotalCount());
            assertEquals(List.of("hiccup"), log.report().tags());
        }
    }

    private Histogram measure(long... oversleepNanos) throws InterruptedException {
        try (LatencyLog log = LatencyLog.discarding()) {
            LatencyRecorder recorder = log.recorder(Stage.MACHINE_HICCUP);
            HiccupMeter meter = new HiccupMeter(
                    recorder, nanoTime, pauseNanos -> nanoTime.advance(pauseNanos + oversleeps.remove()));
            for (long nanos : oversleepNanos) {
                oversleeps.add(nanos);
                meter.measureOnce();
            }
            return log.totals().get("hiccup");
        }
    }
}
