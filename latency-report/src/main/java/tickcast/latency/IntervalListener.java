package tickcast.latency;

import org.HdrHistogram.Histogram;

/** What {@link IntervalLogReader} finds, in the order of the file. */
interface IntervalListener {

    /** One interval; the histogram carries its times in milliseconds since the epoch, and is the listener's to keep. */
    void onInterval(String tag, Histogram interval);

    void onComment(String text);

    /** So many of the values of the interval that follows were out of range when they were recorded. */
    void onClamped(ClampedComment clamped);
}
