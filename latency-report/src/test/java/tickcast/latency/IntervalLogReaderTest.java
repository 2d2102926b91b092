package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntervalLogReaderTest {

    private static final String TRUNCATED = "a whole histogram, found one that is truncated or corrupt";

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();

    private final IntervalListener collector = new IntervalListener() {
        @Override
        public void onInterval(String tag, Histogram interval) {
            events.add(tag + " " + interval.getStartTimeStamp() + "-" + interval.getEndTimeStamp() + " "
                    + interval.getTotalCount() + " <= " + interval.getMaxValue());
        }

        @Override
        public void onComment(String text) {
            events.add("# " + text);
        }

        @Override
        public void onClamped(ClampedComment clamped) {
            events.add(clamped.toString());
        }
    };

    @Test
    void relativeTimesAreAddedToTheStartTime() throws IOException {
        assertEvents(
                "#[Logged with jHiccup version 2.0.7]\n#[Histogram log format version 1.2]\n"
                        + "#[StartTime: 1441812279.474 (seconds since epoch), Wed Sep 09 08:24:39 PDT 2015]\n"
                        + LogText.LEGEND
                        + LogText.interval(0.127, 1.007, 5)
                        + LogText.interval(1.134, 0.999, 6, 7),
                "# [Logged with jHiccup version 2.0.7]",
                "untagged 1441812279601-1441812280608 1 <= 5",
                "untagged 1441812280608-1441812281607 2 <= 7");
    }

    @Test
    void absoluteTimesStay() throws IOException {
        assertEvents(
                "#[StartTime: 1441812279.474 (seconds since epoch)]\n" + LogText.interval(1441812280, 1, 5),
                "untagged 1441812280000-1441812281000 1 <= 5");
    }

    @Test
    void baseTimeWinsOverStartTime() throws IOException {
        assertEvents(
                "#[BaseTime: 1000.500]\n#[StartTime: 1441812279.474 (seconds since epoch)]\n"
                        + LogText.interval(2, 1, 5),
                "untagged 1002500-1003500 1 <= 5");
    }

    @Test
    void withoutHeaderTimesAreAsTheyStand() throws IOException {
        assertEvents(LogText.interval(2, 1, 5), "untagged 2000-3000 1 <= 5");
    }

    @Test
    void tagsCommentsAndEmptyLinesAnywhere() throws IOException {
        assertEvents(
                "\uFEFF# one\n\n" + LogText.tagged("a", 1, 1, 5) + "#two\n   \r\n#\n#[Clamped: b 12]\n"
                        + LogText.tagged("b", 1, 1, 6) + LogText.interval(1, 1, 7),
                "# one",
                "a 1000-2000 1 <= 5",
                "# two",
                "ClampedComment[tag=b, count=12]",
                "b 1000-2000 1 <= 6",
                "untagged 1000-2000 1 <= 7");
    }

    @Test
    void numbersInOtherForms() throws IOException {
        String payload = LogText.payload(LogText.histogram(9));
        assertEvents(
                "#[StartTime: 1.441812279474E9 (seconds since epoch)]\n1.5E-1, 1e0, .5, " + payload + "\n" + "2 1 3 "
                        + payload + "\r\n",
                "untagged 1441812279624-1441812280624 1 <= 9",
                "untagged 1441812281474-1441812282474 1 <= 9");
    }

    @Test
    void decimalCommas() throws IOException {
        assertEvents(
                "#[StartTime: 1441812279,474 (seconds since epoch)]\nTag=a,0,127,1,007,2,769,"
                        + LogText.payload(LogText.histogram(9)),
                "a 1441812279601-1441812280608 1 <= 9");
    }

    @Test
    void olderEncoding() throws IOException {
        assertEvents("1,1,1," + LogText.payloadV1(0, 4, 0, 2), "untagged 1000-2000 6 <= 3");
    }

    @Test
    void truncatedLastLine() throws IOException {
        String whole = LogText.tagged("a", 1, 1, 5, 500, 50_000);
        String last = LogText.tagged("a", 2, 1, 6, 600, 60_000).replaceAll("=*\\s*$", ""); // padding says nothing
        for (int length = 1; length < last.length(); length++) {
            Path file = write("# head\n" + whole + last.substring(0, length));
            MalformedLogException malformed =
                    assertThrows(MalformedLogException.class, () -> IntervalLogReader.read(file, collector));
            assertEquals(3, malformed.line());
        }
    }

    @Test
    void messageNamesFileLineAndWhatWasExpected() throws IOException {
        String payload = LogText.payload(LogText.histogram(9));
        assertMalformed(
                "an interval: start seconds, length seconds, maximum and histogram, separated by commas;"
                        + " found 2 fields",
                "1.0,2.0");
        assertMalformed(
                "an interval: start seconds, length seconds, maximum and histogram, separated by commas;"
                        + " found 1 fields",
                "Tag=a");
        assertMalformed("the start of the interval in seconds, found \"NaN\"", "NaN,1,1," + payload);
        assertMalformed("the length of the interval in seconds, found \"x?\"", "1,x\u0007,1," + payload);
        assertMalformed("the maximum of the interval, found \"\"", "1,1,," + payload);
        assertMalformed("a tag of printable characters after Tag=", "Tag=,1,1,1," + payload);
        assertMalformed("a histogram that begins with HIST", "1,1,1,AAAA");
        assertMalformed(
                "a histogram of whole numbers, found one of floating-point numbers",
                "1,1,1," + LogText.doublePayload(1.5));
        assertMalformed(TRUNCATED, "1,1,1,HIST");
        assertMalformed(TRUNCATED, "1,1,1," + payload.substring(0, payload.length() - 8));
        assertMalformed(TRUNCATED, "1,1,1," + payload.replace(payload.charAt(20), '~'));
        assertMalformed("seconds since the epoch as StartTime, found \"soon\"", "#[StartTime: soon enough]");
    }

    @Test
    void everyChangedCharacterIsNoticed() throws IOException {
        String payload = LogText.payload(LogText.histogram(1, 20, 300, 4_000, 50_000, 600_000));
        int headerEnd = 12; // 8 bytes of cookie and length, and the first of the compressed data
        for (int i = headerEnd; i < payload.length() - 4; i++) {
            char other = payload.charAt(i) == 'A' ? 'B' : 'A';
            assertMalformed(TRUNCATED, "1,1,1," + payload.substring(0, i) + other + payload.substring(i + 1));
        }
    }

    @Test
    void fileThatIsNoTextIsRefusedByItsFirstLine() throws IOException {
        Path file = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        MalformedLogException malformed =
                assertThrows(MalformedLogException.class, () -> IntervalLogReader.read(file, collector));
        assertEquals(1, malformed.line());
        assertEquals(file.toString(), malformed.file());
    }

    @Test
    void missingFile() {
        assertThrows(NoSuchFileException.class, () -> IntervalLogReader.read(directory.resolve("nowhere"), collector));
    }

    private void assertEvents(String log, String... expected) throws IOException {
        IntervalLogReader.read(write(log), collector);
        assertEquals(List.of(expected), events);
    }

    private void assertMalformed(String expected, String line) throws IOException {
        Path file = write(LogText.interval(0, 1, 5) + line + "\n");
        MalformedLogException malformed =
                assertThrows(MalformedLogException.class, () -> IntervalLogReader.read(file, collector), line);
        assertEquals(file + ":2: expected " + expected, malformed.getMessage());
    }

    private Path write(String log) throws IOException {
        return Files.writeString(directory.resolve("a.hlog"), log);
    }
}
