package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowsTest {
    private static final long MAX = CsvRows.MAX_NUMBER;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7., -1",
        "7.0, 7000000000",
        "34200.18960767, 34200189607670",
        "34200.189607679, 34200189607679",
        "34200.1896076799, 34200189607679",
        "34200.18960767912345678901234567890, 34200189607679",
        "00034200.1, 34200100000000",
        "86399.999999999, 86399999999999",
        "86400, -1",
        ".5, -1",
        "1e4, -1",
        "+1, -1",
        "' 1', -1",
        "1.5.5, -1",
    })
    void secondsAreExact(String text, long nanos) {
        CsvRows rows = rows(text + "\n");
        assertTrue(rows.next());
        if (nanos < 0) {
            assertThrows(RecordingException.class, () -> rows.secondsAsNanos(86_400));
        } else {
            assertEquals(nanos, rows.secondsAsNanos(86_400));
            rows.endRow();
        }
    }

    @Test
    void numbersOfEachSign() {
        CsvRows rows = rows("-999999999999999999,999999999999999999,-0\n");
        rows.next();
        assertEquals(-MAX, rows.number(-MAX, MAX));
        assertEquals(MAX, rows.number(-MAX, MAX));
        assertEquals(0, rows.number(-MAX, MAX));
        rows.endRow();
    }

    @ParameterizedTest
    @CsvSource({"1000000000000000000", "-", "--1", "1-", "'1 '", "1.0", "''"})
    void noNumbers(String text) {
        CsvRows rows = rows(text + ",\n");
        rows.next();
        String fault = assertThrows(RecordingException.class, () -> rows.number(-MAX, MAX))
                .getMessage();
        assertTrue(fault.startsWith("file, line 1, column \"c0\": \"" + text + "\", expected is"), fault);
    }

    @Test
    void rowsAcrossManyReads() {
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(i).append(',').append(-i).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        CsvRows rows = new CsvRows("file", new Sips(text.toString()), column -> "c" + column);
        for (int i = 0; i < 100_000; i++) {
            assertTrue(rows.next());
            assertEquals(i, rows.number(0, MAX));
            assertEquals(-i, rows.number(-MAX, MAX));
            rows.endRow();
            assertEquals(i + 1, rows.line());
        }
        assertFalse(rows.next());
        assertFalse(rows.next());
    }

    @Test
    void lineThatIsTooLong() {
        CsvRows longest = rows("1\n" + "1".repeat(CsvRows.MAX_LINE_BYTES) + "\n");
        assertTrue(longest.next() && longest.next());
        CsvRows longer = rows("1\n" + "1".repeat(10 * CsvRows.MAX_LINE_BYTES));
        assertTrue(longer.next());
        String fault = assertThrows(RecordingException.class, longer::next).getMessage();
        assertEquals("file, line 2: is longer than 65,536 bytes; no record is", fault);
    }

    @Test
    void longValueIsCutInTheFault() {
        CsvRows rows = rows("x".repeat(1_000));
        rows.next();
        String fault =
                assertThrows(RecordingException.class, () -> rows.number(0, 1)).getMessage();
        assertTrue(fault.contains("\"" + "x".repeat(40) + "…\""), fault);
    }

    private static CsvRows rows(String text) {
        return new CsvRows(
                "file", new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), column -> "c" + column);
    }

    /** Gives few bytes a read. */
    private static final class Sips extends InputStream {
        private final ByteArrayInputStream in;
        private int reads;

        private Sips(String text) {
            in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, Math.min(length, 1 + reads++ % 100));
        }
    }
}
