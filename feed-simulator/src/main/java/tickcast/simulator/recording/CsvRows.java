package tickcast.simulator.recording;

import java.io.IOException;
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

    private final String file;
    private final InputStream in;
    private final IntFunction<String> columnNames;
    private final byte[] buffer = new byte[2 * MAX_LINE_BYTES];
    private int limit;
    private int nextStart;
    private boolean ended;

    private long line;
    private int lineStart;
    private int lineEnd;
    private int at;
    private int column;

    /** @param columnNames what a column is called, by its index */
    CsvRows(String file, InputStream in, IntFunction<String> columnNames) {
        this.file = file;
        this.in = in;
        this.columnNames = columnNames;
    }

    /** Goes to the next row; false = there is none. */
    boolean next() {
        int scanned = nextStart;
        while (true) {
            while (scanned < limit && buffer[scanned] != '\n') {
                scanned++;
            }
            if (scanned - nextStart > MAX_LINE_BYTES) {
                throw new RecordingException("%s, line %d: is longer than %d bytes, the most that were expected"
                        .formatted(file, line + 1, MAX_LINE_BYTES));
            }
            if (scanned < limit) {
                begin(scanned, scanned + 1);
                return true;
            }
            if (ended) {
                boolean rest = nextStart < limit;
                if (rest) {
                    begin(limit, limit);
                }
                return rest;
            }
            scanned -= fill();
        }
    }

    /** The number of the current row, from 1. */
    long line() {
        return line;
    }

    /** File and line of the current row. */
    String place() {
        return file + ", line " + line;
    }

    int columns() {
        int columns = 1;
        for (int i = lineStart; i < lineEnd; i++) {
            if (buffer[i] == ',') {
                columns++;
            }
        }
        return columns;
    }

    /** Takes a column that is a whole number. */
    long number(long min, long max) {
        int start = beginColumn();
        int i = start;
        boolean negative = i < lineEnd && buffer[i] == '-';
        if (negative) {
            i++;
        }
        int firstDigit = i;
        long value = 0;
        while (i < lineEnd && isDigit(buffer[i]) && i - firstDigit < MAX_DIGITS) {
            value = 10 * value + buffer[i++] - '0';
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
        while (i < lineEnd && isDigit(buffer[i]) && seconds < maxSeconds) {
            seconds = 10 * seconds + buffer[i++] - '0';
        }
        boolean good = i > start && seconds < maxSeconds;
        long nanos = 0;
        if (i < lineEnd && buffer[i] == '.') {
            int firstDecimal = ++i;
            for (; i < lineEnd && isDigit(buffer[i]); i++) {
                nanos = i - firstDecimal < NANOS_DIGITS ? 10 * nanos + buffer[i] - '0' : nanos;
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
        if (at <= lineEnd) {
            int i = at;
            while (!atColumnEnd(i)) {
                i++;
            }
            endColumn(i);
        }
    }

    /** To be called when the row should be at its end. */
    void endRow() {
        if (at <= lineEnd) {
            throw new RecordingException("%s: has %d columns, expected are %d".formatted(place(), columns(), column));
        }
    }

    /** That the column which was taken last is wrong. */
    RecordingException fault(String expected) {
        int start = at - 1;
        while (start > lineStart && buffer[start - 1] != ',') {
            start--;
        }
        column--;
        return fault(start, expected);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void begin(int end, int next) {
        line++;
        lineStart = nextStart;
        lineEnd = end > nextStart && buffer[end - 1] == '\r' ? end - 1 : end;
        nextStart = next;
        at = lineStart;
        column = 0;
    }

    /** Reads on; returns by how much what was read before has moved to the front. */
    private int fill() {
        int moved = nextStart;
        System.arraycopy(buffer, moved, buffer, 0, limit - moved);
        limit -= moved;
        nextStart = 0;
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        } catch (IOException e) {
            throw new RecordingException(
                    "%s, line %d: cannot be read (%s), expected is a row or the end of the file"
                            .formatted(file, line + 1, e.getMessage()),
                    e);
        }
        return moved;
    }

    private int beginColumn() {
        if (at > lineEnd) {
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
        return i == lineEnd || buffer[i] == ',';
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
        String text = new String(buffer, start, shown, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?")
                + (shown < end - start ? "…" : "");
        return new RecordingException("%s, column \"%s\": \"%s\", expected is %s"
                .formatted(place(), columnNames.apply(column), text, expected));
    }
}
