package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.simulator.recording.LobsterWriter.BUY;
import static tickcast.simulator.recording.LobsterWriter.SELL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LobsterRecordingTest {
    /** 2019-03-05 00:00 in New York. */
    private static final long MIDNIGHT = 1_551_762_000_000_000_000L;

    @TempDir
    private Path directory;

    /** Of the files that are written line by line. */
    private int levels = 1;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 40})
    void bookIsEveryRowOfTheOrderBookFile(int levels) throws IOException {
        for (int seed = 1; seed <= 20; seed++) {
            LobsterWriter day = RandomLobsterDay.write(seed, levels, 10 * seed, 1_500);
            var book = new RecordedDepth();
            try (Recording recording = open(day.write(directory, "ABC"))) {
                assertRows(day.rows(), levels, recording, book);
                assertNull(book.disagreement());
                Map<String, Long> counts = recording.counts();
                assertEquals(day.rows().size(), counts.get("rows checked"));
                assertNull(counts.get("disagreements"));
                assertEquals(recording.bytesTotal(), recording.bytesRead());
            }
            assertEquals(sizes(day, 1, 4), book.executed() + firstExecution(day));
            assertEquals(sizes(day, 1, 5), book.traded() - firstExecution(day));
            assertEquals(0, book.crossed());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void wholeDayFromMessagesAlone(long seed) throws IOException {
        LobsterWriter day = RandomLobsterDay.write(seed, 300, 0, 2_000);
        var book = new RecordedDepth();
        Files.delete(day.write(directory, "ABC").resolveSibling(day.fileName("ABC", "orderbook")));
        try (Recording recording = open(directory.resolve(day.fileName("ABC", "message")))) {
            assertRows(day.rows(), 300, recording, book);
            assertNull(recording.counts().get("disagreements"));
            assertNull(recording.counts().get("orders from before the recording"));
        }
        assertEquals(sizes(day, 1, 4), book.executed());
        assertEquals(day.ids().size(), book.orders());
    }

    @Test
    void eventsOfEachTypeWithTheBook() throws IOException {
        var day = new LobsterWriter(2)
                .submit(1, SELL, 1_000_200, 10)
                .submit(2, SELL, 1_000_300, 20)
                .submit(3, SELL, 1_000_400, 30)
                .submit(4, BUY, 1_000_000, 40)
                .begin()
                .time("34200.5")
                .submit(5, BUY, 1_000_000, 5)
                .submit(6, SELL, 1_000_100, 60)
                .execute(6, 20)
                .cancel(6, 10)
                .cancel(6, 30)
                .time("34201.123456789")
                .execute(1, 4)
                .execute(1, 6)
                .submit(7, BUY, 1_000_000, 7)
                .cancel(4, 3)
                .hidden(SELL, 1_000_150, 9)
                .halt(-1)
                .halt(0)
                .cross(1_000_200, 77)
                .halt(1)
                .execute(7, 7);
        var events = new EventList();
        try (Recording recording = open(day.write(directory, "ABC"))) {
            assertEquals(MIDNIGHT + 34_200_500_000_000L, nanosAfterOpening(recording, events));
            events.readAll(recording);
            assertEquals(MIDNIGHT + 34_201_123_456_789L, recording.eventNanos());
            assertEquals(
                    "{1 submission=3, 2 partial cancellation=2, 3 deletion=1, 4 execution=4, 5 hidden execution=1,"
                            + " 6 cross trade=1, 7 trading halt=3, rows checked=15}",
                    recording.counts().toString());
        }
        assertEquals(
                List.of(
                        "instrument 0 ABC 0.01 1",
                        "status 0 OPEN",
                        "clear 0",
                        "level 0 SELL 100.02 10",
                        "level 0 SELL 100.03 20",
                        "level 0 BUY 100 45",
                        "level 0 SELL 100.03 0",
                        "add 0 6 SELL 100.01 60",
                        "execute 0 6 20 own printed",
                        "reduce 0 6 10",
                        "delete 0 6",
                        "level 0 SELL 100.03 20",
                        "executeLevel 0 SELL 100.02 4",
                        "executeLevel 0 SELL 100.02 6",
                        "level 0 SELL 100.04 30",
                        "add 0 7 BUY 100 7",
                        "level 0 BUY 100 49",
                        "trade 0 100.015 9 BUY",
                        "status 0 HALTED",
                        "status 0 OPEN",
                        "execute 0 7 7 own printed"),
                events.lines());
    }

    @Test
    void eventsOfEachTypeFromMessagesAlone() throws IOException {
        Path file = messages(
                "1.000000001,4,9,10,9900,-1",
                "1.0000000019,3,8,10,9800,1",
                "2,1,5,100,9700,1,NSDQ",
                "2,4,5,30,9700,1",
                "2,2,5,20,9700,1,null",
                "2,3,5,50,9700,1",
                "3,5,0,6,9750,1");
        var events = new EventList();
        try (Recording recording = open(file)) {
            assertEquals(MIDNIGHT + 1_000_000_001L, nanosAfterOpening(recording, events));
            events.readAll(recording);
            assertEquals(2, recording.counts().get("orders from before the recording"));
        }
        assertTrue(events.lines().get(1).startsWith("warning " + file + ": there is no order-book file"));
        events.lines().remove(1);
        assertEquals(
                List.of(
                        "instrument 0 ABC 0.0001 1",
                        "clear 0",
                        "status 0 OPEN",
                        "trade 0 0.99 10 BUY",
                        "add 0 5 BUY 0.97 100",
                        "execute 0 5 30 own printed",
                        "reduce 0 5 20",
                        "delete 0 5",
                        "trade 0 0.975 6 NULL_VAL"),
                events.lines());
    }

    @Test
    void sidesOfHiddenOrdersAreToldUntilTheyAreMasked() throws IOException {
        String[] days = {"2014-07-11", "2014-07-14"};
        var trades = new ArrayList<String>();
        for (String day : days) {
            Path file = directory.resolve("ABC_" + day + "_34200000_57600000_message_1.csv");
            Files.writeString(file, "34200,5,0,1,10000,-1\n34201,5,0,1,10000,1\n");
            try (Recording recording = open(file)) {
                var events = new EventList().readAll(recording).lines();
                trades.addAll(events.subList(events.size() - 2, events.size()));
            }
        }
        assertEquals(List.of("trade 0 1 1 BUY", "trade 0 1 1 SELL", "trade 0 1 1 BUY", "trade 0 1 1 NULL_VAL"), trades);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2,1,5,7,9700,1; submitted; delete 0 5, add 0 5 BUY 0.97 7",
                "2,4,5,130,9700,1; 4 execution of 130; execute 0 5 100 own printed, trade 0 0.97 30 SELL",
                "2,4,5,10,9600,1; 4 execution of 10 at 9600; execute 0 5 10 0.96 printed",
                "2,3,5,101,9700,1; 3 deletion of 101; delete 0 5",
                "2,2,5,101,9700,1; 2 partial cancellation of 101; delete 0 5",
                "2,2,5,1,9700,-1; of the asks; reduce 0 5 1",
            })
    void messagesAloneThatContradictEachOther(String message, String contradiction, String told) throws IOException {
        Path file = messages("1,1,5,100,9700,1", message, "2,1,6,1,9700,1", "2,1,6,1,9700,1");
        var events = new EventList();
        try (Recording recording = open(file)) {
            events.readAll(recording);
            assertEquals(2, recording.counts().get("disagreements"));
        }
        List<String> lines = events.lines();
        int at = lines.indexOf("add 0 5 BUY 0.97 100") + 1;
        String disagreement = lines.stream()
                .filter(line -> line.startsWith("disagreement"))
                .findFirst()
                .orElseThrow();
        assertTrue(disagreement.startsWith("disagreement " + file + ", line 2: "), disagreement);
        assertTrue(disagreement.contains(contradiction), disagreement);
        assertEquals(told, String.join(", ", lines.subList(at, lines.indexOf(disagreement))));
    }

    @Test
    void deletionOfWhatIsLeftAfterMessagesOutOfView() throws IOException {
        var events = new EventList();
        try (Recording recording = open(messages("1,1,5,100,9700,1", "2,3,5,40,9700,1"))) {
            events.readAll(recording);
            assertNull(recording.counts().get("disagreements"));
        }
        assertEquals("delete 0 5", events.lines().get(events.lines().size() - 1));
    }

    @Test
    void ordersThatDoNotFitBecomeAnonymousWhenTheRowsAgree() throws IOException {
        Path file = messages(
                "1,1,1,10,100,1",
                "1,1,2,20,100,1",
                "1,1,2,5,100,1",
                "1,3,2,4,100,1",
                "1,1,4,3,100,1",
                "1,4,9,33,100,1");
        rows(
                "9999999999,0,100,10",
                "9999999999,0,100,30",
                "9999999999,0,100,35",
                "9999999999,0,100,31",
                "9999999999,0,100,34",
                "9999999999,0,100,1");
        var events = new EventList();
        var book = new RecordedDepth();
        try (Recording recording = open(file)) {
            events.readAll(recording);
        }
        try (Recording recording = open(file)) {
            assertRows(Files.readAllLines(file.resolveSibling(bookName())), 1, recording, book);
        }
        assertEquals(0, book.orders());
        assertEquals(
                List.of(
                        "add 0 2 BUY 0.01 20",
                        "delete 0 2",
                        "level 0 BUY 0.01 30",
                        "add 0 2 BUY 0.01 5",
                        "delete 0 2",
                        "level 0 BUY 0.01 35",
                        "level 0 BUY 0.01 31",
                        "add 0 4 BUY 0.01 3",
                        "level 0 BUY 0.01 0",
                        "level 0 BUY 0.01 34",
                        "executeLevel 0 BUY 0.01 33"),
                events.lines().subList(4, events.lines().size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void wrongRowIsNamedAndThenTakenAsTheTruth(int levels) throws IOException {
        var random = new Random(levels);
        for (int seed = 1; seed <= 50; seed++) {
            LobsterWriter day = RandomLobsterDay.write(seed, levels, 200, 300);
            List<String> rows = day.rows();
            int wrong;
            do {
                wrong = 1 + random.nextInt(rows.size() - 1);
            } while (!column(rows.get(wrong), 0).equals(column(rows.get(wrong - 1), 0))
                    || column(rows.get(wrong), 1).equals("0"));
            String[] columns = rows.get(wrong).split(",");
            columns[1] = String.valueOf(Long.parseLong(columns[1]) + 1 + random.nextInt(50));
            rows.set(wrong, String.join(",", columns));
            var book = new RecordedDepth();
            try (Recording recording = open(day.write(directory, "ABC"))) {
                assertRows(rows, levels, recording, book);
                assertTrue(recording.counts().get("disagreements") >= 1);
            }
            String place = directory.resolve(day.fileName("ABC", "orderbook")) + ", line " + (wrong + 1)
                    + ": level 1 of the asks is ";
            assertTrue(book.disagreement().startsWith(place), book.disagreement());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // The message; the row after 200,5,100,10,201,6,99,11; what is wrong.
                "1,1,9,3,100,1; 200,5,100,12,201,6,99,11; level 1 of the bids is 12 at 100, expected is 13 at 100,",
                "1,1,9,3,101,1; 200,5,101,3,201,6,99,11; level 2 of the bids is 11 at 99, expected is 10 at 100,",
                "1,3,9,5,200,-1; 201,6,100,10,201,6,99,11; column \"ask price 2\": \"201\", expected is a price behind",
                "1,3,9,5,200,-1; 201,6,100,10,200,5,99,11; column \"ask price 2\": \"200\", expected is a price behind",
                "1,3,9,6,201,-1; 200,5,100,10,201,1,99,11; level 2 of the asks is 1 at 201, expected is one behind 201",
                "1,3,9,10,100,1; 200,5,99,11,201,6,98,0; column \"bid size 2\": \"0\", expected is a whole number from 1",
                "1,2,9,7,200,-1; 200,5,100,10,201,6,99,11; 2 partial cancellation of 7 at 200, where 5 rested",
                "1,4,9,7,199,-1; 200,5,100,10,201,6,99,11; 4 execution of 7 at 199, where 0 rested",
                "1,5,0,7,199,-1; 200,5,100,3,201,6,99,11; level 1 of the bids is 3 at 100, expected is 10 at 100,",
                "1,5,0,7,199,-1; 200,5,100,10,201,6,-9999999999,0; level 2 of the bids is nothing, expected is 11 at 99,",
                "1,5,0,7,199,-1; 200,5,-9999999999,0,201,6,99,11; column \"bid price 2\": \"99\", expected is -9999999999",
                "1,5,0,7,199,-1; 200,5,-1,10,201,6,99,11; column \"bid price 1\": \"-1\", expected is a price above 0",
                "1,5,0,7,199,-1; 200,5,100,10,201,6,99; ends after 7 columns, expected is column \"bid size 2\"",
                "1,5,0,7,199,-1; 200,5,100,10,201,6,99,11,; has 9 columns, expected are 8",
            })
    void rowThatDoesNotFollow(String message, String row, String wrong) throws IOException {
        levels = 2;
        Path file = messages("1,5,0,1,150,1", message);
        rows("200,5,100,10,201,6,99,11", row);
        var events = new EventList();
        String told;
        try (Recording recording = open(file)) {
            events.readAll(recording);
            told = events.lines().get(events.lines().size() - 1);
        } catch (RecordingException e) {
            told = e.getMessage();
        }
        assertTrue(told.contains(", line 2"), told);
        assertTrue(told.contains(wrong), told);
        assertTrue(told.contains(directory.toString()), told);
    }

    @Test
    void messageOutOfViewChangesNothing() throws IOException {
        Path file = messages("1,5,0,1,150,1", "1,1,9,3,90,1", "1,4,9,3,90,1", "1,1,8,3,99,1");
        rows("200,5,100,10", "200,5,100,10", "200,5,100,10", "200,5,100,10");
        var events = new EventList();
        try (Recording recording = open(file)) {
            events.readAll(recording);
            assertNull(recording.counts().get("disagreements"));
        }
        assertEquals(
                List.of("level 0 BUY 0.01 10", "trade 0 0.009 3 SELL"),
                events.lines().subList(5, 7));
        assertEquals(7, events.lines().size());
    }

    @Test
    void filesOfDifferentLengths() throws IOException {
        Path file = messages("1,5,0,1,150,1", "1,5,0,1,150,1", "1,5,0,1,150,1");
        rows("200,5,100,10", "200,5,100,10");
        assertFault(file, 2, bookName() + ", line 3: the file ends, expected is the row that belongs to ");
        messages("1,5,0,1,150,1");
        assertFault(file, 1, messageName() + ", line 2: the file ends, expected is the row that belongs to ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2,1,5,100,9700; ends after 5 columns, expected is column \"direction\"",
                "''; column \"time\": \"\", expected is seconds",
                "2,1,5,100,9700,1,a,b; has 8 columns, expected are 7",
                "x,1,5,100,9700,1; column \"time\": \"x\", expected is seconds",
                "-2,1,5,100,9700,1; column \"time\": \"-2\"",
                "2.,1,5,100,9700,1; column \"time\": \"2.\"",
                "86400,1,5,100,9700,1; column \"time\": \"86400\", expected is seconds from 0 to below 86400",
                "99999999999999999999999999,1,5,100,9700,1; column \"time\"",
                "0.999999999,1,5,100,9700,1; column \"time\": \"0.999999999\", expected is a time not before",
                "2,0,5,100,9700,1; column \"type\": \"0\", expected is a whole number from 1 to 7",
                "2,8,5,100,9700,1; column \"type\": \"8\"",
                "2,1,5a,100,9700,1; column \"order id\": \"5a\"",
                "2,1,1000000000000000000,100,9700,1; column \"order id\"",
                "2,1,5,0,9700,1; column \"size\": \"0\", expected is a whole number from 1",
                "2,3,5,-1,9700,1; column \"size\": \"-1\"",
                "2,1,5,10000000000,9700,1; column \"size\"",
                "2,1,5,,9700,1; column \"size\": \"\"",
                "2,1,5,100,0,1; column \"price\": \"0\"",
                "2,6,-1,100,-1,1; column \"price\": \"-1\"",
                "2,7,0,0,2,-1; column \"price\": \"2\", expected is a whole number from -1 to 1",
                "2,1,5,100,9999999999,1; column \"price\"",
                "2,1,5,100,97.5,1; column \"price\": \"97.5\"",
                "2,1,5,100,9700,0; column \"direction\": \"0\", expected is -1 or 1",
                "2,4,5,100,9700,2; column \"direction\": \"2\"",
                "2,4,5,100,9700,\u0001\u00e9; column \"direction\": \"???\"",
            })
    void malformedMessageIsNamed(String row, String wrong) throws IOException {
        Path file = messages("1,1,1,100,9700,1", "1,1,2,100,9700,1", row, "2,1,3,100,9700,1");
        assertFault(file, 2, messageName() + ", line 3" + (wrong.startsWith("column") ? ", " : ": ") + wrong);
    }

    @Test
    void faultStays() throws IOException {
        try (Recording recording = open(messages("1,1,1,100,9700,1", "bad"))) {
            nanosAfterOpening(recording, new EventList());
            recording.next(new EventList());
            var first = assertThrows(RecordingException.class, recording::nextNanos);
            assertEquals(first, assertThrows(RecordingException.class, recording::nextNanos));
            assertEquals(Map.of("1 submission", 1L), recording.counts());
        }
    }

    @Test
    void askingAgainChangesNothing() throws IOException {
        try (Recording recording = open(messages("1,1,1,100,9700,1"))) {
            assertEquals(Recording.OPENING, recording.nextNanos());
            assertEquals(MIDNIGHT + 1_000_000_000L, nanosAfterOpening(recording, new EventList()));
            assertEquals(MIDNIGHT + 1_000_000_000L, recording.nextNanos());
            recording.next(new EventList());
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(Recording.END, recording.nextNanos());
        }
    }

    @Test
    void emptyFileHasNoRecords() throws IOException {
        Path file = messages();
        rows();
        try (Recording recording = open(file)) {
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(Map.of(), recording.counts());
        }
    }

    @Test
    void windowsLineEndsAndNoneAtTheEnd() throws IOException {
        LobsterWriter day = RandomLobsterDay.write(7, 3, 100, 300);
        Path file = day.write(directory, "ABC");
        for (String kind : List.of("message", "orderbook")) {
            Path path = directory.resolve(day.fileName("ABC", kind));
            Files.writeString(path, Files.readString(path).strip().replace("\n", "\r\n"));
        }
        try (Recording recording = open(file)) {
            assertRows(day.rows(), 3, recording, new RecordedDepth());
        }
    }

    @Test
    void summerTimeIsTaken() throws IOException {
        Path file = directory.resolve("ABC_2012-06-21_34200000_57600000_message_1.csv");
        Files.writeString(file, "34200.017459617,5,0,1,2238200,-1\n");
        try (Recording recording = open(file)) {
            assertEquals(1_340_285_400_017_459_617L, nanosAfterOpening(recording, new EventList()));
        }
    }

    private static long sizes(LobsterWriter day, int from, int type) {
        return day.messages().stream()
                .skip(from - 1L)
                .map(message -> message.split(","))
                .filter(columns -> columns[1].equals(String.valueOf(type)))
                .flatMapToLong(columns -> LongStream.of(Long.parseLong(columns[3])))
                .sum();
    }

    /** The first message's effect is in the first row already, so that its execution is told as a trade alone. */
    private static long firstExecution(LobsterWriter day) {
        return sizes(day, 1, 4) - sizes(day, 2, 4);
    }

    /** Takes the opening. */
    private static long nanosAfterOpening(Recording recording, RecordedEvents events) {
        assertEquals(Recording.OPENING, recording.nextNanos());
        recording.next(events);
        return recording.nextNanos();
    }

    private static void assertRows(List<String> rows, int levels, Recording recording, RecordedDepth book) {
        nanosAfterOpening(recording, book);
        for (String row : rows) {
            assertTrue(recording.nextNanos() != Recording.END);
            recording.next(book);
            assertEquals(row, book.row(levels));
        }
        assertEquals(Recording.END, recording.nextNanos());
        assertEquals("ABC", book.symbol());
    }

    private void assertFault(Path file, int records, String message) throws IOException {
        var events = new RecordedDepth();
        try (Recording recording = open(file)) {
            if (records > 0) {
                nanosAfterOpening(recording, events);
            }
            for (int i = 0; i < records; i++) {
                recording.nextNanos();
                recording.next(events);
            }
            String fault =
                    assertThrows(RecordingException.class, recording::nextNanos).getMessage();
            assertTrue(fault.startsWith(directory.resolve(message).toString()), fault);
        }
    }

    private Path messages(String... lines) throws IOException {
        return Files.writeString(directory.resolve(messageName()), LobsterWriter.text(List.of(lines)));
    }

    private void rows(String... lines) throws IOException {
        Files.writeString(directory.resolve(bookName()), LobsterWriter.text(List.of(lines)));
    }

    private String messageName() {
        return "ABC_2019-03-05_34200000_57600000_message_%d.csv".formatted(levels);
    }

    private String bookName() {
        return "ABC_2019-03-05_34200000_57600000_orderbook_%d.csv".formatted(levels);
    }

    private static String column(String row, int index) {
        return row.split(",")[index];
    }

    private static Recording open(Path messages) throws IOException {
        return new LobsterFormat()
                .open(List.of(new RecordedFile(messages)), new RecordingOptions(Set.of(), null))
                .get(0);
    }
}
