package tickcast.latency;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/** The last field of an interval line: a compressed histogram in Base64, of encoding V0, V1 or V2. */
final class HistogramPayload {

    private static final String COOKIE = "HIST";
    private static final String DOUBLE_COOKIE = "DHIST";
    private static final int LENGTH_OFFSET = 4;
    private static final int HEADER_LENGTH = 8;

    /** The message says what was expected. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private Unreadable(String expected, Throwable cause) {
            super(expected, cause);
        }
    }

    private HistogramPayload() {}

    static Histogram decode(String text) throws Unreadable {
        if (text.startsWith(DOUBLE_COOKIE)) {
            throw new Unreadable("a histogram of whole numbers, found one of floating-point numbers", null);
        }
        if (!text.startsWith(COOKIE)) {
            throw new Unreadable("a histogram that begins with " + COOKIE, null);
        }
        try {
            byte[] payload = Base64.getDecoder().decode(text);
            requireWhole(payload);
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(payload), 0);
        } catch (DataFormatException | RuntimeException e) {
            // The library meets contents that make no sense with whatever exception they lead to.
            throw new Unreadable("a whole histogram, found one that is truncated or corrupt", e);
        }
    }

    /** The library decodes without regard to the checksum at the end of the compressed data. */
    private static void requireWhole(byte[] payload) throws DataFormatException {
        int length = ByteBuffer.wrap(payload).getInt(LENGTH_OFFSET);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(payload, HEADER_LENGTH, length);
            byte[] ignored = new byte[8192];
            while (!inflater.finished()) {
                if (inflater.inflate(ignored) == 0 && !inflater.finished()) {
                    throw new DataFormatException("compressed data ends too early");
                }
            }
        } finally {
            inflater.end();
        }
    }
}
