package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinanceRecordingTest {
    private static final String NONE = "[]";
    private static final String BID_9 = BinanceWriter.levels("9.00000000", "1.00000000");
    private static final String ASK_11 = BinanceWriter.levels("11.50000000", "2.00100000");

    private static final List<String> BOOK_1_TO_2 = List.of(
            "instrument 0 AB 0.1 0.001",
            "bookUnknown 0 no snapshot yet",
            "clear 0",
            "level 0 BUY 9 1",
            "level 0 SELL 11.5 2.001");

    @TempDir
    Path directory;

    private final BinanceWriter writer = new BinanceWriter();
    private final EventList events = new EventList();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("capture");
    }

    @Test
    void snapshotBetweenDiffs() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11)
                .depth("AB", 3, 5, BinanceWriter.levels("9.1", "3"), NONE)
                .snapshot(3, BinanceWriter.levels("9", "2", "8", "1"), ASK_11)
                .depth("AB", 6, 6, NONE, BinanceWriter.levels("11.5", "0.000"));

        assertEquals(
                List.of(
                        "instrument 0 AB 0.1 0.001",
                        "bookUnknown 0 no snapshot yet",
                        "clear 0",
                        "level 0 BUY 9 2",
                        "level 0 BUY 8 1",
                        "level 0 SELL 11.5 2.001",
                        "level 0 BUY 9.1 3",
                        "level 0 SELL 11.5 0"),
                read());
    }

    @Test
    void everyRecordIsOneStepWithItsTimes() throws IOException {
        writer.snapshot(2, BID_9, ASK_11)
                .depth("AB", 1, 2, NONE, BinanceWriter.levels("11.5", "1.001"))
                .ticker("AB", 3, "9.0", "1.0", "11.4", "1.0")
                .trade("AB", 7, "9.0", "0.5", true);
        writer.to(file);
        long start = BinanceWriter.START_MILLIS * 1_000_000;
        try (Recording recording = open()) {
            assertEquals(start + 1_000_000, recording.nextNanos());
            assertEquals(start + 1_000_000, recording.nextNanos());
            recording.next(events);
            assertEquals(List.of(), events.take());
            assertEquals(start + 2_000_000, recording.nextNanos());
            recording.next(events);
            assertEquals(BOOK_1_TO_2, events.take());
            assertEquals(start + 1_000_000, recording.eventNanos());
            recording.nextNanos();
            recording.next(events);
            assertEquals(List.of(), events.take());
            assertEquals(0, recording.eventNanos());
            recording.nextNanos();
            recording.next(events);
            assertEquals(List.of("trade 0 9 0.5 SELL"), events.take());
            assertEquals(start + 3_000_000, recording.eventNanos());
            recording.nextNanos();
            recording.next(events);
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(recording.bytesTotal(), recording.bytesRead());
        }
    }

    @Test
    void gapMakesTheBookUnknownUntilTheNextSnapshot() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11)
                .snapshot(2, BID_9, ASK_11)
                .depth("AB", 4, 5, BID_9, NONE)
                .depth("AB", 6, 6, BID_9, NONE)
                .snapshot(6, BID_9, ASK_11);

        List<String> told = read();

        assertEquals(BOOK_1_TO_2, told.subList(0, 5));
        assertEquals(
                List.of(
                        "warning " + file + ", line 3: depth updates of AB are missing: expected U 3, found 4;"
                                + " its book is not known until the next snapshot",
                        "bookUnknown 0 depth updates are missing: expected U 3, found 4",
                        "clear 0",
                        "level 0 BUY 9 1",
                        "level 0 SELL 11.5 2.001"),
                told.subList(5, told.size()));
    }

    @Test
    void tickersAreTheBookWhereNoSnapshotIs() throws IOException {
        writer.ticker("AB", 5, "9.0", "1.0", "11.5", "2.001")
                .ticker("AB", 6, "9.0", "1.0", "11.5", "2.001")
                .ticker("AB", 7, "9.1", "1.0", "11.5", "3.000")
                .ticker("AB", 4, "8.0", "1.0", "11.5", "3.000")
                .ticker("AB", 8, "9.1", "1.0", "0.0", "0.000");

        assertEquals(
                List.of(
                        "instrument 0 AB 0.1 0.001",
                        "clear 0",
                        "level 0 BUY 9 1",
                        "level 0 SELL 11.5 2.001",
                        "level 0 BUY 9 0",
                        "level 0 BUY 9.1 1",
                        "level 0 SELL 11.5 3",
                        "level 0 SELL 11.5 0",
                        "warning AB: the recording has no depth snapshot that joins its depth updates;"
                                + " its book was the bookTicker's best bid and ask"),
                read());
    }

    @Test
    void tickersTakeOverBehindAGap() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11)
                .snapshot(2, BID_9, ASK_11)
                .ticker("AB", 3, "9.0", "1.0", "11.5", "4.0")
                .depth("AB", 4, 5, BID_9, NONE)
                .ticker("AB", 2, "9.0", "1.0", "11.5", "5.0")
                .ticker("AB", 6, "9.0", "1.0", "11.5", "6.0");

        List<String> told = read();

        assertEquals(List.of("clear 0", "level 0 BUY 9 1", "level 0 SELL 11.5 6"), told.subList(7, told.size()));
    }

    @Test
    void tickerThatDiffersIsNamed() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11).snapshot(1, BID_9, ASK_11).ticker("AB", 2, "9.0", "1.0", "11.4", "2.0");

        List<String> told = read();

        assertEquals(
                "disagreement " + file + ", line 1: AB after u 2 has best bid 1 at 9, best ask 2.001 at 11.5;"
                        + " expected by the bookTicker of line 3, u 2: best bid 1 at 9, best ask 2 at 11.4",
                told.get(told.size() - 1));
    }

    @Test
    void aggregatesAreToldUntilTradesAreAndNothingTwice() throws IOException {
        writer.aggregateTrade("AB", 1, 3, "9", "3")
                .trade("AB", 3, "9", "1", false)
                .trade("AB", 4, "9", "4", false)
                .aggregateTrade("AB", 4, 4, "9", "4");

        List<String> told = read();

        assertEquals(
                List.of("instrument 0 AB 1 1", "bookUnknown 0 no snapshot yet", "trade 0 9 3 BUY", "trade 0 9 4 BUY"),
                told.subList(0, 4));
        assertEquals(5, told.size(), "the fifth is the warning that there was no snapshot");
    }

    @Test
    void snapshotThatIsTooOldIsReported() throws IOException {
        writer.depth("AB", 5, 6, BID_9, ASK_11).snapshot(3, BID_9, ASK_11);

        assertEquals(
                "warning " + file + ", line 2: the snapshot of AB is too old to be used: its lastUpdateId is 3, and the"
                        + " depth updates that can follow it begin with U 5; expected U 4 or less",
                read().get(2));
    }

    @Test
    void snapshotOfOneOfSeveralSymbolsMustTellWhich() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11)
                .depth("CD", 1, 2, BID_9, ASK_11)
                .snapshot(2, BID_9, ASK_11)
                .snapshotOf("CD", 2, BID_9, ASK_11);

        List<String> told = read();

        assertTrue(told.get(4).startsWith("warning " + file + ", line 3: the snapshot cannot be used"), told.get(4));
        assertEquals(List.of("clear 1", "level 1 BUY 9 1", "level 1 SELL 11.5 2.001"), told.subList(5, 8));
    }

    @Test
    void snapshotFilesAreToldByTheirNames() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11).depth("CD", 3, 4, BID_9, ASK_11);
        RecordedFile stream = writer.to(file);
        Path ofAb = directory.resolve("depth-ab.json");
        Path ofCd = directory.resolve("depth-cd.json");
        Files.writeString(ofAb, BinanceWriter.snapshotDocument(2, BID_9, ASK_11).replace(",", ",\r\n  "));
        Files.writeString(ofCd, BinanceWriter.snapshotDocument(4, ASK_11, NONE));

        List<String> told = read(List.of(new RecordedFile(ofCd), stream, new RecordedFile(ofAb)), Set.of());

        assertEquals(BOOK_1_TO_2, told.subList(0, 5));
        assertEquals(List.of("clear 1", "level 1 BUY 11.5 2.001"), told.subList(7, told.size()));
    }

    @Test
    void snapshotFileOfTheOnlySymbolNeedsNoName() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11);
        RecordedFile stream = writer.to(file);
        RecordedFile snapshot = new BinanceWriter().snapshot(2, BID_9, ASK_11).to(directory.resolve("x"));

        assertEquals(BOOK_1_TO_2, read(List.of(stream, snapshot), Set.of()));
    }

    @Test
    void eachStreamIsARecordingAndHasTheSnapshots() throws IOException {
        RecordedFile first = writer.depth("AB", 1, 2, BID_9, ASK_11).to(file);
        RecordedFile second =
                new BinanceWriter().depth("CD", 1, 2, BID_9, ASK_11).to(directory.resolve("second"));
        RecordedFile snapshots = new BinanceWriter()
                .snapshotOf("AB", 2, BID_9, ASK_11)
                .snapshotOf("CD", 2, BID_9, ASK_11)
                .to(directory.resolve("snapshots"));
        List<Recording> recordings =
                new BinanceFormat().open(List.of(first, snapshots, second), new RecordingOptions(Set.of(), null));

        assertEquals(2, recordings.size());
        try (Recording one = recordings.get(0);
                Recording other = recordings.get(1)) {
            assertEquals(BOOK_1_TO_2, events.readAll(one).take());
            assertEquals("clear 1", events.readAll(other).take().get(2));
        }
    }

    @Test
    void symbolsThatAreNotSelectedAreCountedOnly() throws IOException {
        writer.depth("AB", 1, 2, BID_9, ASK_11)
                .depth("TOOBIG", 1, 2, BinanceWriter.levels("1", "99999999999999999999"), NONE)
                .snapshotOf("AB", 2, BID_9, ASK_11);

        assertEquals(BOOK_1_TO_2, read(List.of(writer.to(file)), Set.of("ab")));
    }

    @Test
    void otherRecordsArePassedOver() throws IOException {
        writer.line("")
                .line("wss://stream.example/stream?streams=ab@depth <-> 1633998511.159679\r")
                .line("1633998512.0633569: {\"result\":null,\"id\":1}")
                .line("https://api.example/api/v3/time -> 1633998512.1: {\"serverTime\":[1,{\"u\":2}]}")
                .record("{\"stream\":\"ab@kline_1m\",\"data\":{\"e\":\"kline\",\"s\":\"AB\",\"k\":{\"b\":[1]}}}")
                .record("{\"stream\":\"ab@depth5\",\"data\":{\"lastUpdateId\":3,\"bids\":[],\"asks\":[]}}")
                .record("{\"e\":\"24hrTicker\",\"s\":\"AB\",\"b\":\"x\",\"B\":\"y\",\"u\":5}")
                .record("[{\"e\":\"trade\"}]")
                .record("{\"e\":\"trade\",\"s\":\"AB\",\"p\":\"0\",\"q\":\"0\",\"X\":\"NA\"}");
        writer.to(file);
        try (Recording recording = open()) {
            assertEquals(1_633_998_512_063_356_900L, recording.nextNanos());
            assertEquals(List.of(), events.readAll(recording).take());
            assertEquals(7L, recording.counts().get("other"));
        }
    }

    @Test
    void olderAndFuturesRecordsAreUnderstood() throws IOException {
        writer.futuresDepth("AB", 110, 120, 100, "[[\"9\",\"1\",[]]]", ASK_11)
                .snapshot(105, BID_9, ASK_11)
                .futuresDepth("AB", 150, 160, 120, BinanceWriter.levels("9", "0"), NONE)
                .record("{\"e\":\"bookTicker\",\"E\":1700000000000123,\"u\":160,\"s\":\"AB\",\"b\":\"0\",\"B\":\"0\","
                        + "\"a\":\"11.50\",\"A\":\"2.00100\"}");
        writer.to(file);
        try (Recording recording = open()) {
            List<String> told = events.readAll(recording).take();
            assertEquals("level 0 BUY 9 0", told.get(told.size() - 1));
            assertEquals(1L, recording.counts().get("bookTicker checks that agree"));
            assertEquals(1_700_000_000_000_123_000L, recording.eventNanos());
        }
    }

    @Test
    void clockThatStepsBackHoldsNobodyUp() throws IOException {
        writer.line("2000000000000000000 {}").line("1000000000000000000 {}");
        writer.to(file);
        try (Recording recording = open()) {
            recording.nextNanos();
            recording.next(events);
            assertEquals(2_000_000_000_000_000_000L, recording.nextNanos());
        }
    }

    @Test
    void symbolThatTheFeedCannotCarryIsLeftOut() throws IOException {
        writer.ticker("币安USDT", 5, "9.0", "1.0", "11.5", "2.001").ticker("币安USDT", 6, "9.0", "1.0", "11.5", "2.001");

        assertEquals(
                List.of("warning " + file + ", line 1: symbol \"币安USDT\" is left out; expected 1 to 32 printable ASCII"
                        + " characters without space"),
                read());
    }

    @Test
    void cutOffFileTellsAllBeforeTheCut() throws IOException {
        for (int id = 1; id <= 2_000; id++) {
            writer.depth("AB", id, id, BinanceWriter.levels("9", String.valueOf(id * 7919 % 1000 + 1)), NONE);
            if (id == 1) {
                writer.snapshot(1, BID_9, ASK_11);
            }
        }
        byte[] packed = BinanceWriter.gzip(writer.bytes());
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);
        Files.write(file, cut);
        long wholeLines = 0;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(cut))) {
            for (int read = in.read(); read >= 0; read = in.read()) {
                wholeLines += read == '\n' ? 1 : 0;
            }
        } catch (EOFException e) {
            assertTrue(wholeLines > 100);
        }
        RecordingException fault;
        try (Recording recording = open()) {
            fault = assertThrows(RecordingException.class, () -> events.readAll(recording));
            assertEquals(wholeLines - 1, recording.counts().get("depth update"));
        }
        assertEquals(
                "%s, line %d: cannot be read: the compressed data end too early; %d lines before it are whole"
                        .formatted(file, wholeLines + 1, wholeLines),
                fault.getMessage());
    }

    private List<String> read() throws IOException {
        return read(List.of(writer.to(file)), Set.of());
    }

    private List<String> read(List<RecordedFile> files, Set<String> symbols) throws IOException {
        try (Recording recording = new BinanceFormat()
                .open(files, new RecordingOptions(symbols, null))
                .get(0)) {
            return events.readAll(recording).take();
        }
    }

    private Recording open() throws IOException {
        return new BinanceFormat()
                .open(List.of(new RecordedFile(file)), new RecordingOptions(Set.of(), null))
                .get(0);
    }
}
