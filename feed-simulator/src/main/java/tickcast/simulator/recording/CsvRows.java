package tickcast.simulator.recording;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Rows of numbers, separated by commas: one row is current, and its columns are taken from left to right. Allocates
 * nothing per row. Confined to a thread.
 *
 * <p>All methods throw {@link RecordingException} that names file, line and column when something else stands there.
 */
final class CsvRows implements AutoCloseable {
    static final int MAX_LINE_BYTES = 1 << 16;

    /** The largest number that a column can hold. */
    static final long MAX_NUMBER = 999_999_999_999_999_999L;

    private static final int SHOWN_BYTES = 40;
    private static final int MAX_DIGITS = 18;
    private static final int NANOS_DIGITS = 9;

    private final BoundedLines lines;
    private final IntFunction<String> columnNames;
    private int at;
    private int column;

    /** @param columnNames what a column is called, by its index */
    CsvRows(String file, InputStream in, IntFunction<String> columnNames) {
        lines = new BoundedLines(file, in, false, MAX_LINE_BYTES);
        this.columnNames = columnNames;
    }

    /** Goes to the next row; false = there is none. */
    boolean next() {
        boolean found = lines.advance();
        at = lines.start();
        column = 0;
        return found;
    }

    /** The number of the current row, from 1. */
    long line() {
        return lines.number();
    }

    /** File and line of the current row. */
    String place() {
        return lines.place();
    }

    int columns() {
        int columns = 1;
        for (int i = lines.start(); i < lines.end(); i++) {
            if (byteAt(i) == ',') {
                columns++;
            }
        }
        return columns;
    }

    /** Takes a column that is a whole number. */
    long number(long min, long max) {
        int start = beginColumn();
        int i = start;
        boolean negative = i < lines.end() && byteAt(i) == '-';
        if (negative) {
            i++;
        }
        int firstDigit = i;
        long value = 0;
        while (i < lines.end() && isDigit(byteAt(i)) && i - firstDigit < MAX_DIGITS) {
            value = 10 * value + byteAt(i++) - '0';
        }
        if (negative) {
            value = -value;
        }
        if (i == firstDigit || !atColumnEnd(i) || value < min || value > max) {
            throw fault(start, "a whole number from " + min + " to " + max);
        }
        endColumn(i);
        return value;
    }

    /** Takes a column of seconds below {@code maxSeconds}; in nanoseconds. Decimals beyond the ninth are left out. */
    long secondsAsNanos(long maxSeconds) {
        int start = beginColumn();
        int i = start;
        long seconds = 0;
        while (i < lines.end() && isDigit(byteAt(i)) && seconds < maxSeconds) {
            seconds = 10 * seconds + byteAt(i++) - '0';
        }
        boolean good = i > start && seconds < maxSeconds;
        long nanos = 0;
        if (i < lines.end() && byteAt(i) == '.') {
            int firstDecimal = ++i;
            for (; i < lines.end() && isDigit(byteAt(i)); i++) {
                nanos = i - firstDecimal < NANOS_DIGITS ? 10 * nanos + byteAt(i) - '0' : nanos;
            }
            for (int decimals = i - firstDecimal; decimals < NANOS_DIGITS; decimals++) {
                nanos *= 10;
            }
            good &= i > firstDecimal;
        }
        if (!good || !atColumnEnd(i)) {
            throw fault(start, "seconds from 0 to below " + maxSeconds + ", such as 34200.017459617");
        }
        endColumn(i);
        return seconds * 1_000_000_000L + nanos;
    }

    /** Takes a column whose content does not matter, if there is a further one. */
    void skipOptional() {
        if (at <= lines.end()) {
            int i = at;
            while (!atColumnEnd(i)) {
                i++;
            }
            endColumn(i);
        }
    }

    /** To be called when the row should be at its end. */
    void endRow() {
        if (at <= lines.end()) {
            throw new RecordingException("%s: has %d columns, expected are %d".formatted(place(), columns(), column));
        }
    }

    /** That the column which was taken last is wrong. */
    RecordingException fault(String expected) {
        int start = at - 1;
        while (start > lines.start() && byteAt(start - 1) != ',') {
            start--;
        }
        column--;
        return fault(start, expected);
    }

    @Override
    public void close() {
        lines.close();
    }

    private byte byteAt(int i) {
        return lines.bytes()[i];
    }

    private int beginColumn() {
        if (at > lines.end()) {
            throw new RecordingException("%s: ends after %d columns, expected is column \"%s\""
                    .formatted(place(), column, columnNames.apply(column)));
        }
        return at;
    }

    private void endColumn(int end) {
        at = end + 1;
        column++;
    }

    private boolean atColumnEnd(int i) {
        return i == lines.end() || byteAt(i) == ',';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private RecordingException fault(int start, String expected) {
        int end = start;
        while (!atColumnEnd(end)) {
            end++;
        }
        int shown = Math.min(end - start, SHOWN_BYTES);
        String text = new String(lines.bytes(), start, shown, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?")
                + (shown < end - start ? "…" : "");
        return new RecordingException("%s, column \"%s\": \"%s\", expected is %s"
                .formatted(place(), columnNames.apply(column), text, expected));
    }
}
