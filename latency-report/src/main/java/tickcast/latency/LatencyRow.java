package tickcast.latency;

import java.time.Instant;
import org.HdrHistogram.Histogram;

/** One row of a report: what a tag has measured in one stretch of time. Immutable. */
public final class LatencyRow {

    private final String tag;
    private final Instant start;
    private final double seconds;
    private final int intervals;
    private final CompactHistogram values;

    LatencyRow(String tag, Instant start, double seconds, int intervals, CompactHistogram values) {
        this.tag = tag;
        this.start = start;
        this.seconds = seconds;
        this.intervals = intervals;
        this.values = values;
    }

    public String tag() {
        return tag;
    }

    /** When the stretch begins; null when nothing is known of the time. */
    public Instant start() {
        return start;
    }

    /** How long the stretch is; 0 when nothing is known of the time. */
    public double seconds() {
        return seconds;
    }

    /** How many logged intervals are merged here; 0 when the values never were in a log. */
    public int intervals() {
        return intervals;
    }

    /** The values in nanoseconds: a new copy each time, to be asked for once. */
    public Histogram histogram() {
        return values.histogram();
    }
}
