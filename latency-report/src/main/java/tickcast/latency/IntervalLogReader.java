package tickcast.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Reads one HdrHistogram interval log, by whomever it was written. Unlike the library's own readers, which pass over
 * what they do not understand, it stops at the first malformed line and names it.
 */
final class IntervalLogReader {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern TIME_HEADER = Pattern.compile("\\[(StartTime|BaseTime):\\s*([^\\s\\]]*?),?[\\s\\]].*");
    private static final Pattern FORMAT_VERSION = Pattern.compile("\\[Histogram log format version .*");
    private static final Pattern LEGEND = Pattern.compile("\"?(Start)?Timestamp\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,\\s]\\s*");
    private static final String TAG = "Tag=";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final double YEAR_SECONDS = 365 * 24 * 3600.0;

    private final Path file;
    private final IntervalListener listener;
    private int lineNumber;
    private double startSeconds = Double.NaN;
    private double baseSeconds = Double.NaN;

    private IntervalLogReader(Path file, IntervalListener listener) {
        this.file = file;
        this.listener = listener;
    }

    static void read(Path file, IntervalListener listener) throws IOException {
        // A reader of this kind replaces malformed bytes, so that a binary file is refused like any other, by its line.
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            read(file, reader, listener);
        }
    }

    /** @param name of what {@code text} reads, for messages */
    static void read(Path name, Reader text, IntervalListener listener) throws IOException {
        new IntervalLogReader(name, listener).read(text);
    }

    private void read(Reader text) throws IOException {
        try (BufferedReader reader = new BufferedReader(text)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                onLine((lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip());
            }
        }
    }

    private void onLine(String line) throws MalformedLogException {
        if (line.startsWith("#")) {
            onComment(line.substring(1).strip());
        } else if (!line.isEmpty() && !LEGEND.matcher(line).matches()) {
            onInterval(line);
        }
    }

    private void onComment(String comment) throws MalformedLogException {
        Matcher time = TIME_HEADER.matcher(comment);
        ClampedComment clamped = ClampedComment.parse(comment);
        if (time.matches()) {
            double seconds = number(time.group(2).replace(',', '.'), "seconds since the epoch as " + time.group(1));
            if (time.group(1).equals("StartTime")) {
                startSeconds = seconds;
            } else {
                baseSeconds = seconds;
            }
        } else if (clamped != null) {
            listener.onClamped(clamped);
        } else if (!comment.isEmpty() && !FORMAT_VERSION.matcher(comment).matches()) {
            listener.onComment(comment);
        }
    }

    private void onInterval(String line) throws MalformedLogException {
        String tag = LatencyReport.UNTAGGED;
        String rest = line;
        if (line.startsWith(TAG)) {
            int end = line.indexOf(',');
            tag = line.substring(TAG.length(), end < 0 ? line.length() : end);
            rest = end < 0 ? "" : line.substring(end + 1).strip();
            if (tag.isEmpty() || tag.chars().anyMatch(Character::isISOControl)) {
                throw malformed("a tag of printable characters after " + TAG, null);
            }
        }
        String[] fields = withDecimalPoints(SEPARATOR.split(rest));
        if (fields.length != 4) {
            throw malformed(
                    "an interval: start seconds, length seconds, maximum and histogram, separated by commas; found "
                            + fields.length + " fields",
                    null);
        }
        double start = number(fields[0], "the start of the interval in seconds");
        double length = number(fields[1], "the length of the interval in seconds");
        number(fields[2], "the maximum of the interval");
        Histogram histogram = histogram(fields[3]);
        double absoluteStart = start + baseFor(start);
        histogram.setStartTimeStamp(Math.round(absoluteStart * 1000));
        histogram.setEndTimeStamp(Math.round((absoluteStart + Math.max(length, 0)) * 1000));
        listener.onInterval(tag, histogram);
    }

    /** A program in a locale with decimal commas has written six numbers for three. */
    private static String[] withDecimalPoints(String[] fields) {
        if (fields.length != 7) {
            return fields;
        }
        return new String[] {
            fields[0] + "." + fields[1], fields[2] + "." + fields[3], fields[4] + "." + fields[5], fields[6]
        };
    }

    /**
     * What makes a timestamp absolute. Without a base time in the file the rule of HdrHistogram's own reader holds: a
     * timestamp more than a year before the start time is relative to it.
     */
    private double baseFor(double timestampSeconds) {
        if (!Double.isNaN(baseSeconds)) {
            return baseSeconds;
        }
        return timestampSeconds < startSeconds - YEAR_SECONDS ? startSeconds : 0;
    }

    private Histogram histogram(String payload) throws MalformedLogException {
        try {
            return HistogramPayload.decode(payload);
        } catch (HistogramPayload.Unreadable e) {
            throw malformed(e.getMessage(), e);
        }
    }

    private double number(String text, String what) throws MalformedLogException {
        if (!NUMBER.matcher(text).matches()) {
            throw malformed(what + ", found \"" + excerpt(text) + "\"", null);
        }
        return Double.parseDouble(text);
    }

    private static String excerpt(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
    }

    private MalformedLogException malformed(String expected, Throwable cause) {
        return new MalformedLogException(file, lineNumber, expected, cause);
    }
}
