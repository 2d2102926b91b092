package tickcast.latency;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * What interval logs, or the totals of a run, say about each stage: as a table to read, as CSV and as percentile
 * distributions to plot. Immutable.
 *
 * <p>Tags of {@link Stage} come in its order, others after them by name. Lines without a tag stand under {@link
 * #UNTAGGED}. Values are taken for nanoseconds and kept with three significant digits. A log of fewer digits only knows
 * a range for each value, and its lower end is what counts here, as wherever HdrHistogram adds a coarse histogram to a
 * finer one.
 */
public final class LatencyReport {

    /** The tag of lines that have none. */
    public static final String UNTAGGED = "untagged";

    private final List<LatencyRow> rows;
    private final boolean sliced;
    private final List<String> comments;
    private final List<String> notes;

    LatencyReport(List<LatencyRow> rows, boolean sliced, List<String> comments, List<String> notes) {
        this.rows = List.copyOf(rows);
        this.sliced = sliced;
        this.comments = List.copyOf(comments);
        this.notes = List.copyOf(notes);
    }

    /** All that the files hold, one row per tag. */
    public static LatencyReport read(List<Path> files) throws IOException {
        return read(files, Set.of(), Duration.ZERO);
    }

    /**
     * Merges the files.
     *
     * @param tags the tags wanted; empty: all
     * @param slice a row per tag and stretch of this length, counted from the first interval of the first file; a
     *     logged interval belongs to the stretch that its middle lies in. Zero: one row per tag
     * @throws MalformedLogException when a file is not a whole interval log
     */
    public static LatencyReport read(List<Path> files, Set<String> tags, Duration slice) throws IOException {
        if (slice.isNegative() || (!slice.isZero() && slice.toMillis() == 0)) {
            throw new IllegalArgumentException("slice must be at least 1 ms, or 0 for one row per tag: " + slice);
        }
        ReportBuilder builder = new ReportBuilder(tags, slice.toMillis());
        for (Path file : files) {
            builder.beginFile(file);
            IntervalLogReader.read(file, builder);
            builder.endFile();
        }
        return builder.build();
    }

    /** A report of values in nanoseconds that are in memory, by tag, such as {@link LatencyLog#totals}. */
    public static LatencyReport of(Map<String, Histogram> histograms) {
        return of(histograms, Map.of());
    }

    static LatencyReport of(Map<String, Histogram> histograms, Map<String, Long> clamped) {
        ReportBuilder builder = new ReportBuilder(Set.of(), 0);
        histograms.forEach(builder::addTotal);
        clamped.forEach((tag, count) -> builder.onClamped(new ClampedComment(tag, count)));
        return builder.build();
    }

    public List<LatencyRow> rows() {
        return rows;
    }

    /** What the writers of the files said about them: machine, command and so on. */
    public List<String> comments() {
        return comments;
    }

    /**
     * What the reader of the report should know: a file without intervals, a tag that is not there, values out of
     * range.
     */
    public List<String> notes() {
        return notes;
    }

    /** The same without what is about single accounts. */
    public LatencyReport withoutAccounts() {
        return new LatencyReport(
                rows.stream()
                        .filter(row -> row.tag().indexOf(ReportBuilder.ACCOUNT_MARK) < 0)
                        .toList(),
                sliced,
                comments,
                notes);
    }

    /** A table in microseconds for people, with comments before and notes after it. */
    public String text() {
        return ReportText.table(this, sliced);
    }

    /** One line per row, in nanoseconds, under a line of column names; the start is in UTC. */
    public String csv() {
        return ReportText.csv(rows);
    }

    /** The tags that have rows. */
    public List<String> tags() {
        return rows.stream().map(LatencyRow::tag).distinct().toList();
    }

    /**
     * HdrHistogram's percentile distribution of a tag, in microseconds.
     *
     * @throws IllegalArgumentException when there is no such tag
     */
    public String hgrm(String tag) {
        if (!tags().contains(tag)) {
            throw new IllegalArgumentException("no tag " + tag + "; there are: " + String.join(", ", tags()));
        }
        CompactHistogram sum = new CompactHistogram();
        rows.stream().filter(row -> row.tag().equals(tag)).forEach(row -> sum.add(row.histogram()));
        return ReportText.hgrm(sum.histogram());
    }

    /**
     * Writes a file {@code <tag>.hgrm} for each tag into the directory, made when missing, in place of older ones;
     * returns them.
     */
    public List<Path> writeHgrm(Path directory) throws IOException {
        List<Path> written = new ArrayList<>();
        for (String tag : tags()) {
            written.add(ReportText.writeHgrm(directory, tag, hgrm(tag), written));
        }
        return written;
    }
}
