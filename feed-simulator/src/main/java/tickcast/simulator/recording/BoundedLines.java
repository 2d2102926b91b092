package tickcast.simulator.recording;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The lines of a file as bytes, each bounded in length; or the whole file as one. Confined to a thread. */
final class BoundedLines implements AutoCloseable {
    static final int MAX_LENGTH = 16 << 20;

    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int EXCERPT_LENGTH = 60;

    private final RecordedFile file;
    private final InputStream in;
    private final boolean whole;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int filled;
    private int start;
    private int end;
    private int next;
    private long number;
    private boolean ended;

    /**
     * @param whole the file has no lines; it is one record
     * @param onRead is told how many more bytes were read from the disk
     */
    BoundedLines(RecordedFile file, boolean whole, LongConsumer onRead) throws IOException {
        this.file = file;
        this.whole = whole;
        this.in = file.open(onRead);
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

    RecordedFile file() {
        return file;
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
        return file.path() + ", line " + number;
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
            throw new RecordingException(file.path() + ": cannot be closed: " + e.getMessage(), e);
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
        if (filled > MAX_LENGTH) {
            throw new RecordingException("%s, line %d: is longer than %,d bytes; no record is"
                    .formatted(file.path(), number + 1, MAX_LENGTH));
        }
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, filled * 2);
        }
        try {
            int read = in.read(bytes, filled, bytes.length - filled);
            ended = read < 0;
            filled += Math.max(read, 0);
        } catch (EOFException e) {
            throw unreadable("the compressed file is cut off", e);
        } catch (IOException e) {
            throw unreadable("cannot be read: " + e.getMessage(), e);
        }
    }

    private RecordingException unreadable(String text, IOException cause) {
        return new RecordingException(
                "%s, line %d: %s; %d lines before it are whole".formatted(file.path(), number + 1, text, number),
                cause);
    }
}
