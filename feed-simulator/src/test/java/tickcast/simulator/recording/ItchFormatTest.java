package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItchFormatTest {
    @TempDir
    private Path directory;

    private final ItchFormat format = new ItchFormat();

    @ParameterizedTest
    @CsvSource({
        "01302019.NASDAQ_ITCH50, 2019-01-30",
        "20190130.BX_ITCH_50, 2019-01-30",
        "S020119-v50.txt, 2019-02-01",
        "12312020.PSX_ITCH50, 2020-12-31",
        "AAPL-20191231-part1, 2019-12-31",
        "99999999-20191231, 2019-12-31",
        "12345678.itch,",
        "00001231.itch,",
        "01300001.itch,",
        "02292019.itch,",
        "020190130.itch,",
        "XS020119-v50.txt,",
        "first1000.itch,",
    })
    void dayOfAName(String name, LocalDate expected) {
        assertEquals(expected, ItchFormat.date(name));
    }

    /** What the file's name and the option make of 04:00 after midnight. */
    @ParameterizedTest
    @CsvSource({
        "01302019.NASDAQ_ITCH50, , 2019-01-30T09:00:00Z",
        "07302019.NASDAQ_ITCH50, , 2019-07-30T08:00:00Z",
        "01302019.NASDAQ_ITCH50, 2020-07-01, 2020-07-01T08:00:00Z",
        "some.itch, 2020-07-01, 2020-07-01T08:00:00Z",
        // The days on which the clocks change: four hours after midnight, whatever the clocks show.
        "03102019.NASDAQ_ITCH50, , 2019-03-10T09:00:00Z",
        "11032019.NASDAQ_ITCH50, , 2019-11-03T08:00:00Z",
        "some.itch, 2261-12-31, 2261-12-31T09:00:00Z",
    })
    void midnightIsNewYorks(String name, LocalDate date, Instant expected) throws IOException {
        Path file = Files.write(
                directory.resolve(name),
                new ItchWriter().at(4 * 3_600_000_000_000L).delete(1, 1).bytes());
        try (Recording recording = ItchWriter.open(file, ItchWriter.on(date))) {
            assertEquals(expected.getEpochSecond() * 1_000_000_000L, recording.nextNanos());
        }
    }

    @Test
    void unknownDayIsWarnedOfOnce() throws IOException {
        Path file = Files.write(
                directory.resolve("some.itch"),
                new ItchWriter().systemEvent('O').stockDirectory(1, "AAA").bytes());
        try (Recording recording = ItchWriter.open(file, ItchWriter.ALL)) {
            assertEquals(
                    List.of(
                            "warning " + file + ": its name tells no date: event times count from 1970-01-01;"
                                    + " the date option sets another",
                            "instrument 1 AAA 0.01 1"),
                    new EventList().readAll(recording).lines());
            assertEquals(5 * 3_600_000_000_000L, recording.eventNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31", "2262-01-01"})
    void impossibleDayIsRefused(LocalDate date) throws IOException {
        Path file = Files.write(directory.resolve("some.itch"), new byte[0]);
        assertThrows(IllegalArgumentException.class, () -> ItchWriter.open(file, ItchWriter.on(date)));
    }

    @Test
    void recognizedByItsContent() throws IOException {
        assertTrue(recognizes(new ItchWriter().systemEvent('O').bytes()));
        assertTrue(recognizes(new ItchWriter().oneOfEach().oneOfEach().bytes()));
        assertTrue(recognizes(
                new ItchWriter().zeroPrefixes().oneOfEach().oneOfEach().bytes()));
        assertTrue(recognizes(new ItchWriter().systemEvent('O').endOfSession().bytes()));
        assertSame(
                ItchFormat.class,
                RecordingFormats.of(new RecordedFile(directory.resolve("any"))).getClass());
        assertSame(ItchFormat.class, RecordingFormats.named("itch").getClass());
    }

    @Test
    void otherContentIsNot() throws IOException {
        assertFalse(recognizes(new byte[0]));
        assertFalse(recognizes(new byte[2_000]));
        assertFalse(recognizes(new byte[] {0, 12}));
        assertFalse(recognizes(new ItchWriter().systemEvent('O').raw((byte) 'S').bytes()));
        assertFalse(recognizes(new ItchWriter().raw((byte) 'z').bytes()));
        assertFalse(recognizes("34200.017459617,5,0,1,2238200,-1\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oneRecordingForEachFileInTheirOrder() throws IOException {
        Path first = Files.write(
                directory.resolve("01022019"), new ItchWriter().delete(1, 1).bytes());
        Path second = Files.write(
                directory.resolve("01012019"), new ItchWriter().delete(1, 1).bytes());
        List<Recording> recordings =
                format.open(List.of(new RecordedFile(first), new RecordedFile(second)), ItchWriter.ALL);
        assertEquals(2, recordings.size());
        assertTrue(recordings.get(0).nextNanos() > recordings.get(1).nextNanos());
        recordings.forEach(Recording::close);

        RecordedFile missing = new RecordedFile(directory.resolve("missing"));
        assertThrows(
                NoSuchFileException.class,
                () -> format.open(List.of(new RecordedFile(first), missing), ItchWriter.ALL));
    }

    private boolean recognizes(byte[] content) throws IOException {
        return format.recognizes(new RecordedFile(Files.write(directory.resolve("any"), content)));
    }
}
