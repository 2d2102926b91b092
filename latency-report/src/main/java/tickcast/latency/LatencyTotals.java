package tickcast.latency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * All that a program has measured since it started, in nanoseconds by tag, to be handed to another one as an interval log with one
 * interval per tag. The difference of two is what was measured in between. Immutable.
 */
public final class LatencyTotals {
    private final Map<String, Histogram> histograms = new TreeMap<>(ReportBuilder.TAG_ORDER);

    private LatencyTotals() {}

    /** Of {@link LatencyLog#totals}. */
    public static LatencyTotals of(Map<String, Histogram> histograms) {
        var totals = new LatencyTotals();
        histograms.forEach((tag, histogram) -> totals.histograms.put(tag, histogram.copy()));
        return totals;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param source where the text is from, for messages
     * @throws MalformedLogException when it is no whole interval log
     */
    public static LatencyTotals parse(String source, String text) throws IOException {
        var totals = new LatencyTotals();
        IntervalLogReader.read(Path.of(source), new StringReader(text), new IntervalListener() {
            @Override
            public void onInterval(String tag, Histogram interval) {
                totals.histograms.merge(tag, interval, (sum, more) -> {
                    sum.add(more);
                    return sum;
                });
            }

            @Override
            public void onComment(String comment) {}

            @Override
            public void onClamped(ClampedComment comment) {}
        });
        return totals;
    }

    /** The text of an interval log. */
    public String text() {
        var bytes = new ByteArrayOutputStream();
        try (var printer = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            var writer = new HistogramLogWriter(printer);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            histograms.forEach((tag, histogram) -> {
                var tagged = histogram.copy();
                tagged.setTag(tag);
                if (tagged.getStartTimeStamp() > tagged.getEndTimeStamp()) { // nothing is known of the time
                    tagged.setStartTimeStamp(0);
                    tagged.setEndTimeStamp(0);
                }
                writer.outputIntervalHistogram(tagged);
            });
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What came after {@code before}, which these totals contain; tags without anything new are left out. */
    public LatencyTotals minus(LatencyTotals before) {
        var difference = new LatencyTotals();
        histograms.forEach((tag, histogram) -> {
            var more = histogram.copy();
            var less = before.histograms.get(tag);
            if (less != null) {
                more.subtract(less);
            }
            if (more.getTotalCount() > 0) {
                difference.histograms.put(tag, more);
            }
        });
        return difference;
    }

    /** Those of some tags. */
    public LatencyTotals only(Predicate<String> tags) {
        var some = new LatencyTotals();
        histograms.forEach((tag, histogram) -> {
            if (tags.test(tag)) {
                some.histograms.put(tag, histogram);
            }
        });
        return some;
    }

    /** A report with one row per tag. */
    public LatencyReport report() {
        return LatencyReport.of(histograms);
    }
}
