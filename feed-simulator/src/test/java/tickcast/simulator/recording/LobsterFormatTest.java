package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class LobsterFormatTest {
    private static final String MESSAGES = "A_2019-03-05_34200000_57600000_message_1.csv";
    private static final String BOOK = "A_2019-03-05_34200000_57600000_orderbook_1.csv";
    private static final String MESSAGE = "34200.5,5,0,1,2238200,-1\n";
    private static final String ROW = "200,5,100,10\n";
    private static final RecordingOptions ALL = new RecordingOptions(Set.of(), null);

    @TempDir
    private Path directory;

    @Test
    void isRegistered() throws IOException {
        assertEquals("lobster", RecordingFormats.named("lobster").name());
        assertEquals("lobster", RecordingFormats.of(file(MESSAGES, "")).name());
        assertEquals(9, RecordingFormats.named("lobster").zone().toString().indexOf("New_York") + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRK.B_2019-03-05_34200000_57600000_message_10.csv",
                "A_B_2019-03-05_0_1_orderbook_1000.csv",
                "A_2019-03-05_34200000_57600000_message_1.csv.gz",
                "A_2019-03-05_34200000_57600000_orderbook_1.csv.xz",
            })
    void recognizedByName(String name) throws IOException {
        assertTrue(new LobsterFormat().recognizes(file(name, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A_2019-13-05_34200000_57600000_message_10.csv",
                "A_2019-03-05_34200000_57600000_message_0.csv",
                "A_2019-03-05_34200000_57600000_message_1001.csv",
                "A_2019-03-05_34200000_57600000_messages_1.csv",
                "_2019-03-05_34200000_57600000_message_1.csv",
                "A_2019-03-05_message_1.csv",
                "A B_2019-03-05_34200000_57600000_message_1.csv",
            })
    void notRecognizedByName(String name) throws IOException {
        assertFalse(new LobsterFormat().recognizes(file(name, "")));
    }

    @Test
    void messageFileIsRecognizedByContent() throws IOException {
        var format = new LobsterFormat();
        assertTrue(format.recognizes(file("1", MESSAGE + "bad\n")));
        assertTrue(format.recognizes(file("2", "1,1,5,10,9900,1,NSDQ")));
        assertFalse(format.recognizes(file("3", "bad\n" + MESSAGE)));
        assertFalse(format.recognizes(file("4", ROW)));
        assertFalse(format.recognizes(file("5", "1,9,5,10,9900,1\n")));
        assertFalse(format.recognizes(file("6", "1".repeat(1_000_000))));
        assertFalse(format.recognizes(file("7", "1565000000000000000 {\"e\":\"trade\"}\n")));
    }

    @Test
    void bookFileBesideIsUsed() throws IOException {
        RecordedFile messages = file(MESSAGES, MESSAGE);
        assertEquals("{5 hidden execution=1}", counts(open(ALL, messages)));
        RecordedFile book = compressed(BOOK + ".xz", ROW);
        assertEquals("{5 hidden execution=1, rows checked=1}", counts(open(ALL, messages)));
        assertEquals("{5 hidden execution=1, rows checked=1}", counts(open(ALL, messages, book)));
        assertEquals("{5 hidden execution=1, rows checked=1}", counts(open(ALL, book, messages)));
        assertEquals("{5 hidden execution=1, rows checked=1}", counts(open(ALL, book)));
    }

    @Test
    void bookFileElsewhereIsUsedWhenGiven() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("books")).resolve(BOOK);
        Files.writeString(elsewhere, ROW);
        assertEquals(
                "{5 hidden execution=1, rows checked=1}",
                counts(open(ALL, compressed(MESSAGES + ".gz", MESSAGE), new RecordedFile(elsewhere))));
    }

    @Test
    void bookFileAloneIsRefused() throws IOException {
        assertRefused(
                BOOK + " is an order-book file and needs its message file: give " + MESSAGES, ALL, file(BOOK, ROW));
        assertRefused("is an order-book file", symbol("A"), file("rows", ROW));
    }

    @Test
    void severalSymbols() throws IOException {
        RecordedFile a = file(MESSAGES, MESSAGE);
        RecordedFile b = file(MESSAGES.replace("A_", "B_"), MESSAGE + MESSAGE);
        assertEquals("{5 hidden execution=1}{5 hidden execution=2}", counts(open(ALL, a, b)));
        assertEquals("{5 hidden execution=2}", counts(open(symbol("B"), a, b)));
        assertRefused("no file is of a symbol of [C]; they are of [A, B]", symbol("C"), a, b);
    }

    @Test
    void sameDayTwiceIsRefused() throws IOException {
        RecordedFile one = file(MESSAGES, MESSAGE);
        assertRefused("are the same symbol's same day", ALL, one, file(MESSAGES.replace("1.csv", "5.csv"), MESSAGE));
        assertRefused("are the same file; give one", ALL, one, compressed(MESSAGES + ".gz", MESSAGE));
    }

    @Test
    void otherDateThanTheNameTellsIsRefused() throws IOException {
        assertRefused(
                "is of 2019-03-05 by its name; the date 2019-03-06 was asked for",
                new RecordingOptions(Set.of(), LocalDate.of(2019, 3, 6)),
                file(MESSAGES, MESSAGE));
        assertRefused("not of a year from 1970 to 2261", ALL, file(MESSAGES.replace("2019", "1969"), MESSAGE));
        assertRefused("not of a year from 1970 to 2261", ALL, file(MESSAGES.replace("2019", "9999"), MESSAGE));
    }

    @Test
    void symbolAndDateOfNamelessFiles() throws IOException {
        RecordedFile messages = file("messages", MESSAGE);
        RecordedFile book = file("rows", ROW);
        assertRefused("name one symbol, not 0", ALL, messages);
        assertRefused("symbol \"A B\" is not", symbol("A B"), messages);
        assertRefused("give one message file and its order-book file", symbol("A"), messages, file("more", MESSAGE));
        var dated = new RecordingOptions(Set.of("A"), LocalDate.of(2012, 6, 21));
        try (Recording recording = open(dated, book, messages).get(0)) {
            assertEquals(Recording.OPENING, recording.nextNanos());
            var events = new EventList().readAll(recording);
            assertEquals("instrument 0 A 0.01 1", events.lines().get(0));
            assertEquals(1_340_285_400_500_000_000L, recording.eventNanos());
            assertEquals(1, recording.counts().get("rows checked"));
        }
        try (Recording recording = open(symbol("A"), messages).get(0)) {
            var events = new EventList().readAll(recording);
            assertTrue(events.lines().get(1).endsWith("so 1970-01-01 is taken"));
            assertEquals((5 * 3600 + 34200) * 1_000_000_000L + 500_000_000, recording.eventNanos());
        }
    }

    @Test
    void levelsOfTheNameHold() throws IOException {
        RecordedFile messages = file(MESSAGES, MESSAGE);
        file(BOOK, "200,5,100,10,9999999999,0,-9999999999,0\n");
        try (Recording recording = open(ALL, messages).get(0)) {
            String fault =
                    assertThrows(RecordingException.class, recording::nextNanos).getMessage();
            assertTrue(fault.endsWith(BOOK + ", line 1: has 8 columns, expected are 4"), fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".xz"})
    void truncatedCompressionTellsWhatIsGood(String suffix) throws IOException {
        LobsterWriter day = RandomLobsterDay.write(3, 5, 100, 20_000);
        byte[] whole = compress(suffix, LobsterWriter.text(day.messages()));
        Path file = directory.resolve(day.fileName("A", "message") + suffix);
        Files.write(file, Arrays.copyOf(whole, whole.length * 3 / 4));
        Files.write(directory.resolve(day.fileName("A", "orderbook")), day.rows());
        var book = new RecordedDepth();
        int told = 0;
        String fault = null;
        try (Recording recording = open(ALL, new RecordedFile(file)).get(0)) {
            recording.nextNanos();
            recording.next(book);
            while (fault == null) {
                try {
                    recording.nextNanos();
                    recording.next(book);
                    assertEquals(day.rows().get(told++), book.row(5));
                } catch (RecordingException e) {
                    fault = e.getMessage();
                }
            }
        }
        assertTrue(told > 0 && told < day.rows().size());
        assertTrue(
                fault.startsWith(file + ", line " + (told + 1) + ": cannot be read: the compressed data end too early; "
                        + told + " lines before it are whole"),
                fault);
    }

    @Test
    void damagedHeadIsNamed() throws IOException {
        Path file = directory.resolve(MESSAGES + ".gz");
        Files.write(file, new byte[] {0x1F, (byte) 0x8B, 1});
        var fault = assertThrows(IOException.class, () -> open(ALL, new RecordedFile(file)));
        assertTrue(fault.getMessage().startsWith(file + ": cannot be opened: "), fault.getMessage());
        assertNotNull(fault.getCause());
    }

    private static void assertRefused(String reason, RecordingOptions options, RecordedFile... files) {
        String message = assertThrows(IllegalArgumentException.class, () -> open(options, files))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static List<Recording> open(RecordingOptions options, RecordedFile... files) throws IOException {
        return new LobsterFormat().open(List.of(files), options);
    }

    private static String counts(List<Recording> recordings) {
        var counts = new ArrayList<String>();
        for (Recording recording : recordings) {
            new EventList().readAll(recording);
            counts.add(recording.counts().toString());
            recording.close();
        }
        return String.join("", counts);
    }

    private static RecordingOptions symbol(String symbol) {
        return new RecordingOptions(Set.of(symbol), null);
    }

    private RecordedFile file(String name, String content) throws IOException {
        return new RecordedFile(Files.writeString(directory.resolve(name), content));
    }

    private RecordedFile compressed(String name, String content) throws IOException {
        return new RecordedFile(Files.write(directory.resolve(name), compress(name, content)));
    }

    private static byte[] compress(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                name.endsWith(".gz") ? new GZIPOutputStream(bytes) : new XZOutputStream(bytes, new LZMA2Options(1))) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
