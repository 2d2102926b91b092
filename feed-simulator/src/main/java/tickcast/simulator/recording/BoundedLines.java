package tickcast.simulator.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a file as bytes, each bounded in length; or the whole file as one. Confined to a thread. */
final class BoundedLines implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int EXCERPT_LENGTH = 60;

    private final String file;
    private final InputStream in;
    private final boolean whole;
    private final int maxLength;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int filled;
    private int start;
    private int end;
    private int next;
    private long number;
    private boolean ended;

    /**
     * @param file as the user is told it
     * @param whole the file has no lines; it is one record
     * @param maxLength bytes of a line at the most
     */
    BoundedLines(String file, InputStream in, boolean whole, int maxLength) {
        this.file = file;
        this.in = in;
        this.whole = whole;
        this.maxLength = maxLength;
    }

    /**
     * Goes to the next line; false at the end of the file.
     *
     * @throws RecordingException when the line is too long or the file cannot be read to its end
     */
    boolean advance() {
        start = next;
        int newline = indexOfNewline(start);
        while (newline < 0 && !ended) {
            int searched = filled - start;
            fill();
            newline = indexOfNewline(start + searched);
        }
        requireShort((newline < 0 ? filled : newline) - start);
        if (newline < 0) {
            end = filled;
            next = filled;
        } else {
            end = newline > start && bytes[newline - 1] == '\r' ? newline - 1 : newline;
            next = newline + 1;
        }
        boolean found = next > start;
        number += found ? 1 : 0;
        return found;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the line begins in {@link #bytes}. */
    int start() {
        return start;
    }

    /** Where the line ends in {@link #bytes}, its line break left out. */
    int end() {
        return end;
    }

    /** Of the line, from 1. */
    long number() {
        return number;
    }

    /** What says that this line is no record. */
    RecordingException fault(String text) {
        return fault(text, null);
    }

    RecordingException fault(String text, Throwable cause) {
        return new RecordingException(place() + ": " + text, cause);
    }

    /** File and line, for the user. */
    String place() {
        return file + ", line " + number;
    }

    /** The beginning of what stands from there on, for the user. */
    String excerpt(int from) {
        int length = Math.min(end - from, EXCERPT_LENGTH);
        String text = new String(bytes, from, length, StandardCharsets.UTF_8).replaceAll("\\P{Print}", "?");
        return '"' + text + (length < end - from ? "…\"" : "\"");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new RecordingException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    private int indexOfNewline(int from) {
        for (int i = from; i < filled && !whole; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill() {
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        filled -= start;
        start = 0;
        requireShort(filled);
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, filled * 2);
        }
        try {
            int read = in.read(bytes, filled, bytes.length - filled);
            ended = read < 0;
            filled += Math.max(read, 0);
        } catch (IOException e) {
            throw new RecordingException(
                    "%s, line %d: cannot be read: %s; %d lines before it are whole"
                            .formatted(file, number + 1, e.getMessage(), number),
                    e);
        }
    }

    private void requireShort(int length) {
        if (length > maxLength) {
            throw new RecordingException(
                    "%s, line %d: is longer than %,d bytes; no record is".formatted(file, number + 1, maxLength));
        }
    }
}
