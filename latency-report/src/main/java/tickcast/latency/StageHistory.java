package tickcast.latency;

import org.HdrHistogram.Histogram;

/** What one stage has recorded: in the interval that is running, and before. Confined to one thread at a time. */
final class StageHistory {

    private final Stage stage;
    private final Histogram interval = newHistogram();
    private final Histogram before = newHistogram();
    private long clampedInInterval;
    private long clampedBefore;

    StageHistory(Stage stage) {
        this.stage = stage;
    }

    void collect(LatencyRecorder recorder) {
        clampedInInterval += recorder.drainInto(interval);
    }

    void intervalTimes(long startMillis, long endMillis) {
        interval.setStartTimeStamp(startMillis);
        interval.setEndTimeStamp(endMillis);
    }

    void writeInterval(RollingLogFile file) {
        if (interval.getTotalCount() == 0) {
            return;
        }
        interval.setTag(stage.tag());
        file.add(interval, clampedInInterval);
        before.add(interval);
        clampedBefore += clampedInInterval;
        interval.reset();
        clampedInInterval = 0;
    }

    Histogram total() {
        Histogram total = before.copy();
        if (interval.getTotalCount() > 0) {
            total.add(interval);
        }
        return total;
    }

    long clamped() {
        return clampedBefore + clampedInInterval;
    }

    private static Histogram newHistogram() {
        return new Histogram(LatencyRecorder.HIGHEST_NANOS, LatencyRecorder.SIGNIFICANT_DIGITS);
    }
}
