package tickcast.latency;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** Sorts intervals into the rows of a report. */
final class ReportBuilder implements IntervalListener {

    /** Between the tag of a stage and the account that it is about. */
    static final char ACCOUNT_MARK = '@';

    /** By stage; what is about an account comes after all that is not, account by account. */
    static final Comparator<String> TAG_ORDER = Comparator.comparing(ReportBuilder::account)
            .thenComparingInt(ReportBuilder::rank)
            .thenComparing(Comparator.naturalOrder());

    private final Set<String> wantedTags;
    private final long sliceMillis;
    private final Map<String, Map<Long, Slice>> slices = new TreeMap<>(TAG_ORDER);
    private final Map<String, Slice> newest = new HashMap<>();
    private final Map<String, Long> clamped = new TreeMap<>(TAG_ORDER);
    private final Set<String> foundTags = new TreeSet<>(TAG_ORDER);
    private final Set<String> comments = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private long originMillis = Long.MIN_VALUE;
    private Path file;
    private int intervalsOfFile;

    /** One row in the making. */
    private static final class Slice {
        final CompactHistogram values = new CompactHistogram();
        long startMillis = Long.MAX_VALUE;
        long endMillis = Long.MIN_VALUE;
        int intervals;

        void add(Histogram histogram) {
            values.add(histogram);
            startMillis = Math.min(startMillis, histogram.getStartTimeStamp());
            endMillis = Math.max(endMillis, histogram.getEndTimeStamp());
        }
    }

    /**
     * @param wantedTags empty: all
     * @param sliceMillis 0: one row per tag
     */
    ReportBuilder(Set<String> wantedTags, long sliceMillis) {
        this.wantedTags = wantedTags;
        this.sliceMillis = sliceMillis;
    }

    void beginFile(Path next) {
        file = next;
        intervalsOfFile = 0;
    }

    void endFile() {
        if (intervalsOfFile == 0) {
            notes.add(file + ": no intervals");
        }
    }

    @Override
    public void onInterval(String tag, Histogram interval) {
        intervalsOfFile++;
        foundTags.add(tag);
        if (originMillis == Long.MIN_VALUE) {
            originMillis = interval.getStartTimeStamp();
        }
        if (isWanted(tag)) {
            Slice slice = slice(tag, sliceMillis == 0 ? 0 : sliceIndex(interval));
            Slice before = newest.put(tag, slice);
            if (before != null && before != slice) {
                before.values.pack();
            }
            slice.add(interval);
            noteIfCoarse(interval);
            slice.intervals++;
        }
    }

    @Override
    public void onComment(String text) {
        if (text.equals(RollingLogFile.UNITS)) {
            return;
        }
        comments.add(text.replaceAll("\\p{Cntrl}", "?"));
    }

    @Override
    public void onClamped(ClampedComment comment) {
        if (isWanted(comment.tag()) && comment.count() > 0) {
            clamped.merge(comment.tag(), comment.count(), Long::sum);
        }
    }

    void addTotal(String tag, Histogram total) {
        foundTags.add(tag);
        slice(tag, 0).add(total);
    }

    LatencyReport build() {
        List<LatencyRow> rows = new ArrayList<>();
        slices.forEach((tag, ofTag) -> ofTag.forEach((index, slice) -> rows.add(row(tag, index, slice))));
        wantedTags.stream()
                .filter(tag -> !foundTags.contains(tag))
                .sorted()
                .forEach(tag -> notes.add(
                        "no tag " + tag + (foundTags.isEmpty() ? "" : "; there are: " + String.join(", ", foundTags))));
        clamped.forEach((tag, count) -> notes.add(tag + ": " + count + " of the values were negative or above one hour"
                + " and are counted as 0 or one hour"));
        return new LatencyReport(rows, sliceMillis > 0, List.copyOf(comments), List.copyOf(notes));
    }

    private Slice slice(String tag, long index) {
        return slices.computeIfAbsent(tag, key -> new TreeMap<>()).computeIfAbsent(index, key -> new Slice());
    }

    private long sliceIndex(Histogram interval) {
        long middle = interval.getStartTimeStamp() + (interval.getEndTimeStamp() - interval.getStartTimeStamp()) / 2;
        return Math.floorDiv(middle - originMillis, sliceMillis);
    }

    private LatencyRow row(String tag, long index, Slice slice) {
        slice.values.pack();
        long start = slice.startMillis;
        long end = slice.endMillis;
        if (sliceMillis > 0) {
            start = originMillis + index * sliceMillis;
            end = start + sliceMillis;
        }
        boolean timed = start <= end; // a histogram that has no times starts after the end of all time
        return new LatencyRow(
                tag,
                timed ? Instant.ofEpochMilli(start) : null,
                timed ? (end - start) / 1000.0 : 0,
                slice.intervals,
                slice.values);
    }

    private void noteIfCoarse(Histogram interval) {
        int digits = interval.getNumberOfSignificantValueDigits();
        long lowest = interval.getLowestDiscernibleValue();
        if (digits < LatencyRecorder.SIGNIFICANT_DIGITS || lowest > 1) {
            notes.add(file + ": logged with " + digits + " significant digits and nothing finer than " + lowest
                    + " ns; values may be higher than shown by as much");
        }
    }

    private boolean isWanted(String tag) {
        return wantedTags.isEmpty() || wantedTags.contains(tag);
    }

    private static String account(String tag) {
        int mark = tag.indexOf(ACCOUNT_MARK);
        return mark < 0 ? "" : tag.substring(mark + 1);
    }

    private static int rank(String tag) {
        int mark = tag.indexOf(ACCOUNT_MARK);
        String ofStage = mark < 0 ? tag : tag.substring(0, mark);
        for (Stage stage : Stage.values()) {
            if (stage.tag().equals(ofStage)) {
                return stage.ordinal();
            }
        }
        return Integer.MAX_VALUE;
    }
}
