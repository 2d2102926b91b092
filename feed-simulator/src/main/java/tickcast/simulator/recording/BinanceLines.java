package tickcast.simulator.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records of a capture: a line each, of the form {@code <receive ns> <json>}, {@code <receive seconds>: <json>} or
 * {@code <url> -> <receive seconds>: <json>}. Empty lines and those of the form {@code <url> <-> <seconds>}, which tell of a
 * connection, are passed over. Or a REST answer alone, which has no receive time. Confined to a thread.
 */
final class BinanceLines implements AutoCloseable {
    static final int MAX_LINE_BYTES = 16 << 20;

    private static final String EXPECTED =
            "expected \"<receive ns> <json>\", \"<receive seconds>: <json>\" or \"<url> -> <receive seconds>: <json>\"";
    private static final byte[] ANSWERED = " -> ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTED = " <-> ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SYMBOL = Pattern.compile("[?&]symbol=([^&]*)");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private final RecordedFile file;
    private final BoundedLines lines;
    private final boolean document;
    private int position;
    private long receiveNanos;
    private String urlSymbol;

    /** @param document the file is a REST answer alone */
    BinanceLines(RecordedFile file, boolean document, LongConsumer onRead) throws IOException {
        this.file = file;
        this.lines = new BoundedLines(file.path().toString(), file.open(onRead), document, MAX_LINE_BYTES);
        this.document = document;
    }

    /**
     * Goes to the next record; false at the end of the file.
     *
     * @throws RecordingException when the line has none of the forms
     */
    boolean advance() {
        while (lines.advance()) {
            position = lines.start();
            urlSymbol = null;
            if (!isEmpty() && begin()) {
                return true;
            }
        }
        return false;
    }

    /** When the record was received, {@link Recording#OPENING} when that is not told. */
    long receiveNanos() {
        return receiveNanos;
    }

    byte[] bytes() {
        return lines.bytes();
    }

    /** Where the JSON begins in {@link #bytes}. */
    int jsonStart() {
        return position;
    }

    int jsonLength() {
        return lines.end() - position;
    }

    /** The symbol that the url asked for, in upper case; null when there is none. */
    String urlSymbol() {
        return urlSymbol;
    }

    long number() {
        return lines.number();
    }

    RecordedFile file() {
        return file;
    }

    String place() {
        return lines.place();
    }

    RecordingException fault(String text) {
        return lines.fault(text);
    }

    RecordingException fault(String text, Throwable cause) {
        return lines.fault(text, cause);
    }

    @Override
    public void close() {
        lines.close();
    }

    private boolean isEmpty() {
        for (int i = lines.start(); i < lines.end(); i++) {
            if (lines.bytes()[i] > ' ' || lines.bytes()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads what stands before the JSON; false when the line is no record. */
    private boolean begin() {
        if (document) {
            receiveNanos = Recording.OPENING;
            return true;
        }
        if (isDigit(position)) {
            receiveNanos = time();
            return true;
        }
        int answered = indexOf(ANSWERED);
        if (startsWith("http") && answered >= 0) {
            urlSymbol = symbolOf(text(position, answered));
            position = answered + ANSWERED.length;
            receiveNanos = time();
            return true;
        }
        if (startsWith("ws") && indexOf(CONNECTED) >= 0) {
            return false;
        }
        throw noTime();
    }

    private long time() {
        int timeStart = position;
        while (isDigit(position)) {
            position++;
        }
        int digits = position - timeStart;
        int fractionStart = position + 1;
        if (at(position) == '.') {
            position++;
            while (isDigit(position)) {
                position++;
            }
        }
        int timeEnd = position;
        boolean seconds = at(position) == ':';
        boolean whole = timeEnd == timeStart + digits;
        if (seconds) {
            position++;
        }
        int separators = position;
        while (at(position) == ' ' || at(position) == '\t') {
            position++;
        }
        if (digits == 0 || at(position) < 0 || !seconds && (!whole || position == separators)) {
            throw noTime();
        }
        try {
            long value = Long.parseLong(text(timeStart, timeStart + digits));
            long nanos = seconds
                    ? Math.addExact(
                            Math.multiplyExact(value, NANOS_PER_SECOND), whole ? 0 : fraction(fractionStart, timeEnd))
                    : value;
            if (nanos < Recording.END) {
                return nanos;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw lines.fault(outOfRange(timeStart, timeEnd), e);
        }
        throw lines.fault(outOfRange(timeStart, timeEnd));
    }

    private String outOfRange(int from, int to) {
        return "receive time \"%s\" is out of range; expected a time before the year 2262".formatted(text(from, to));
    }

    /** Nanoseconds; what is finer is left out. */
    private long fraction(int from, int to) {
        long nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            nanos = nanos * 10 + (from + i < to ? bytes()[from + i] - '0' : 0);
        }
        return nanos;
    }

    private RecordingException noTime() {
        return lines.fault("begins with " + lines.excerpt(lines.start()) + "; " + EXPECTED);
    }

    /** The byte there, −1 behind the line's end. */
    private int at(int index) {
        return index < lines.end() ? lines.bytes()[index] & 0xFF : -1;
    }

    private boolean isDigit(int index) {
        return at(index) >= '0' && at(index) <= '9';
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at(lines.start() + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(byte[] text) {
        for (int i = lines.start(); i <= lines.end() - text.length; i++) {
            int matched = 0;
            while (matched < text.length && lines.bytes()[i + matched] == text[matched]) {
                matched++;
            }
            if (matched == text.length) {
                return i;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    private static String symbolOf(String url) {
        Matcher matcher = SYMBOL.matcher(url);
        return matcher.find() && !matcher.group(1).isEmpty() ? matcher.group(1).toUpperCase(Locale.ROOT) : null;
    }
}
