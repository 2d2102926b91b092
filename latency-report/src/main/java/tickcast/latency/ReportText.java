package tickcast.latency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The forms that a report is written in, the same in every locale. */
final class ReportText {

    private static final double NANOS_PER_MICRO = 1000.0;
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);
    private static final List<String> TABLE_TITLES =
            List.of("stage", "start", "count", "p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final int START_COLUMN = 1;
    private static final String CSV_TITLES =
            "tag,start,count,seconds,min_ns,mean_ns,p50_ns,p90_ns,p99_ns,p99.9_ns,p99.99_ns,max_ns\n";

    private ReportText() {}

    static String table(LatencyReport report, boolean sliced) {
        StringBuilder out = new StringBuilder();
        report.comments().forEach(comment -> out.append("# ").append(comment).append('\n'));
        if (report.rows().isEmpty()) {
            out.append("no latencies\n");
        } else {
            List<List<String>> lines = new ArrayList<>();
            lines.add(new ArrayList<>(TABLE_TITLES));
            report.rows().forEach(row -> lines.add(cells(row)));
            if (!sliced) {
                lines.forEach(line -> line.remove(START_COLUMN));
            }
            out.append("latencies in microseconds\n");
            appendAligned(out, lines, sliced ? START_COLUMN : 0);
        }
        report.notes().forEach(note -> out.append("note: ").append(note).append('\n'));
        return out.toString();
    }

    private static List<String> cells(LatencyRow row) {
        Histogram histogram = row.histogram();
        List<String> cells = new ArrayList<>(List.of(row.tag(), start(row), Long.toString(histogram.getTotalCount())));
        PERCENTILES.forEach(percentile -> cells.add(micros(histogram.getValueAtPercentile(percentile))));
        cells.add(micros(histogram.getMaxValue()));
        return cells;
    }

    /** Columns up to {@code lastTextColumn} begin, the numbers after it end below each other. */
    private static void appendAligned(StringBuilder out, List<List<String>> lines, int lastTextColumn) {
        int[] widths = IntStream.range(0, lines.get(0).size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                String cell = line.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                out.append(column == 0 ? "" : "  ").append(column <= lastTextColumn ? cell + padding : padding + cell);
            }
            out.append('\n');
        }
    }

    static String csv(List<LatencyRow> rows) {
        StringBuilder out = new StringBuilder(CSV_TITLES);
        for (LatencyRow row : rows) {
            Histogram histogram = row.histogram();
            out.append(quoted(row.tag())).append(',').append(start(row)).append(',');
            out.append(histogram.getTotalCount())
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.3f,", row.seconds()));
            out.append(histogram.getMinValue()).append(',');
            out.append(String.format(Locale.ROOT, "%.1f", histogram.getMean()));
            PERCENTILES.forEach(percentile -> out.append(',').append(histogram.getValueAtPercentile(percentile)));
            out.append(',').append(histogram.getMaxValue()).append('\n');
        }
        return out.toString();
    }

    static String hgrm(Histogram histogram) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream printer = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(printer, TICKS_PER_HALF_DISTANCE, NANOS_PER_MICRO);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A tag of somebody else's file must not choose the directory, nor write over another tag's file. */
    static Path writeHgrm(Path directory, String tag, String content, List<Path> taken) throws IOException {
        Files.createDirectories(directory);
        String name = tag.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        Path file = directory.resolve(name + ".hgrm");
        for (int number = 2; taken.contains(file); number++) {
            file = directory.resolve(name + "-" + number + ".hgrm");
        }
        return Files.writeString(file, content);
    }

    private static String start(LatencyRow row) {
        return row.start() == null ? "" : row.start().toString();
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MICRO);
    }

    private static String quoted(String text) {
        return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
