package tickcast.latency;

import org.HdrHistogram.Histogram;

/** What has been recorded under one tag: in the interval that is running, and before. Confined to one thread at a time. */
final class StageHistory {

    private final Histogram interval;
    private final Histogram before;
    private long clampedInInterval;
    private long clampedBefore;

    StageHistory(String tag, int digits) {
        interval = new Histogram(LatencyRecorder.HIGHEST_NANOS, digits);
        before = new Histogram(LatencyRecorder.HIGHEST_NANOS, digits);
        interval.setTag(tag);
    }

    /** Returns whether the recorder had anything. */
    boolean collect(LatencyRecorder recorder) {
        long countBefore = interval.getTotalCount();
        clampedInInterval += recorder.drainInto(interval);
        return interval.getTotalCount() > countBefore;
    }

    void intervalTimes(long startMillis, long endMillis) {
        interval.setStartTimeStamp(startMillis);
        interval.setEndTimeStamp(endMillis);
    }

    /** Returns whether there was anything to write. */
    boolean writeInterval(RollingLogFile file) {
        if (interval.getTotalCount() == 0) {
            return false;
        }
        file.add(interval, clampedInInterval);
        before.add(interval);
        clampedBefore += clampedInInterval;
        String tag = interval.getTag();
        interval.reset();
        interval.setTag(tag);
        clampedInInterval = 0;
        return true;
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
}
