package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItchRecordingTest {
    @TempDir
    private Path directory;

    @Test
    void everyTypeIsReadAndCounted() throws IOException {
        ItchWriter writer = new ItchWriter().oneOfEach();
        try (Recording recording = writer.open(directory)) {
            assertEquals(
                    List.of(
                            "instrument 1 AAA 0.01 1",
                            "instrument 2 BBBB.A 0.01 1",
                            "add 1 11 BUY 9.99 100",
                            "add 2 12 SELL 20.01 200",
                            "execute 1 11 30 own printed",
                            "execute 2 12 50 20.005 unprinted",
                            "reduce 1 11 20",
                            "replace 1 11 13 9.98 70",
                            "delete 2 12",
                            "trade 1 10.0025 5 NULL_VAL",
                            "cross 2 20 1000",
                            "statusOfAll CLOSED"),
                    new EventList().readAll(recording).lines());
            Map<String, Long> counts = recording.counts();
            List<String> labels = new ArrayList<>();
            for (ItchType type : ItchType.values()) {
                labels.add(type.label());
            }
            assertEquals(labels, List.copyOf(counts.keySet()));
            assertEquals(
                    ItchType.values().length + 2,
                    counts.values().stream().mapToLong(Long::longValue).sum());
            assertEquals(2, counts.get("S system event"));
            assertEquals(2, counts.get("R stock directory"));
            assertEquals(writer.bytes().length, recording.bytesRead());
            assertEquals(writer.bytes().length, recording.bytesTotal());
        }
    }

    @Test
    void zeroPrefixesAndEndOfSession() throws IOException {
        List<String> expected = events(new ItchWriter().oneOfEach());
        assertEquals(expected, events(new ItchWriter().zeroPrefixes().oneOfEach()));
        assertEquals(
                expected, events(new ItchWriter().zeroPrefixes().oneOfEach().endOfSession()));
        assertEquals(expected, events(new ItchWriter().oneOfEach().endOfSession()));
    }

    @Test
    void unknownTypesAreCountedAndSkipped() throws IOException {
        ItchWriter writer = new ItchWriter()
                .raw((byte) 'z')
                .stockDirectory(1, "AAA")
                .raw((byte) 0xFE, (byte) 1)
                .raw((byte) 'z', (byte) 'z')
                .raw(new byte[0xFFFF]);
        try (Recording recording = writer.open(directory)) {
            List<String> events = new EventList().readAll(recording).lines();
            assertTrue(events.get(0).contains("byte 0: unknown 'z' is no message type"), events.get(0));
            assertEquals(List.of("instrument 1 AAA 0.01 1"), events.subList(1, events.size()));
            assertEquals(
                    "{R stock directory=1, unknown 0x00=1, unknown 'z'=2, unknown 0xFE=1}",
                    recording.counts().toString());
        }
    }

    @Test
    void openingEndsWithTheFirstOrder() throws IOException {
        ItchWriter writer = new ItchWriter()
                .at(5)
                .systemEvent('O')
                .stockDirectory(1, "AAA")
                .at(6)
                .addOrder(1, 11, 'B', 100, "AAA", 9_9900)
                .at(7)
                .stockDirectory(2, "BBB");
        try (Recording recording = writer.open(directory)) {
            var events = new EventList();
            assertEquals(0, recording.eventNanos());
            for (int record = 0; record < 2; record++) {
                assertEquals(Recording.OPENING, recording.nextNanos());
                assertEquals(Recording.OPENING, recording.nextNanos());
                recording.next(events);
                assertEquals(ItchWriter.MIDNIGHT_NANOS + 5, recording.eventNanos());
            }
            assertEquals(ItchWriter.MIDNIGHT_NANOS + 6, recording.nextNanos());
            recording.next(events);
            assertEquals(ItchWriter.MIDNIGHT_NANOS + 7, recording.nextNanos());
            assertEquals(ItchWriter.MIDNIGHT_NANOS + 6, recording.eventNanos());
            recording.next(events);
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(3, events.lines().size());
        }
    }

    @Test
    void nothingIsThere() throws IOException {
        try (Recording recording = new ItchWriter().open(directory)) {
            assertEquals(Recording.END, recording.nextNanos());
            assertEquals(Map.of(), recording.counts());
        }
    }

    @Test
    void otherSymbolsAreLeftOutAndCounted() throws IOException {
        Path file = Files.write(
                directory.resolve(ItchWriter.NAME), new ItchWriter().oneOfEach().bytes());
        try (Recording all = ItchWriter.open(file, ItchWriter.ALL);
                Recording one = ItchWriter.open(file, ItchWriter.options("BBBB.A", "CCC"))) {
            assertEquals(
                    List.of(
                            "instrument 2 BBBB.A 0.01 1",
                            "add 2 12 SELL 20.01 200",
                            "execute 2 12 50 20.005 unprinted",
                            "delete 2 12",
                            "cross 2 20 1000",
                            "statusOfAll CLOSED"),
                    new EventList().readAll(one).lines());
            new EventList().readAll(all);
            assertEquals(all.counts(), one.counts());
        }
    }

    @Test
    void longStretchesThatAreLeftOutGiveTheCallerItsTurn() throws IOException {
        int count = 200_000;
        ItchWriter writer = new ItchWriter().stockDirectory(1, "AAA").stockDirectory(2, "BBB");
        for (int i = 1; i <= count; i++) {
            writer.at(i).delete(1, i);
        }
        writer.delete(2, 7);
        Path file = Files.write(directory.resolve(ItchWriter.NAME), writer.bytes());
        try (Recording recording = ItchWriter.open(file, ItchWriter.options("BBB"))) {
            var events = new EventList();
            int records = 0;
            while (recording.nextNanos() != Recording.END) {
                recording.next(events);
                records++;
            }
            assertEquals(List.of("instrument 2 BBB 0.01 1", "delete 2 7"), events.lines());
            assertEquals(count + 1, recording.counts().get("D order delete"));
            assertTrue(records > 4 && records < 100, records + " records");
        }
    }

    @Test
    void stocksThatNobodyListedAreAnnouncedByTheirFirstMessage() throws IOException {
        ItchWriter writer = new ItchWriter()
                .addOrder(0, 11, 'B', 1, "ZZZ", 1_0000)
                .addOrder(0, 12, 'B', 1, "ZZZ", 1_0000)
                .trade(3, 'S', 1, "CCC", 1_0000, 1)
                .cross(4, 0, "DDD", 0, 1)
                .cross(4, 1, "DDD", 1_0000, 1)
                .tradingAction(0xFFFF, "ABCDEFGH", 'T');
        assertEquals(
                List.of(
                        "instrument 0 ZZZ 0.01 1",
                        "add 0 11 BUY 1 1",
                        "add 0 12 BUY 1 1",
                        "instrument 3 CCC 0.01 1",
                        "trade 3 1 1 BUY",
                        "instrument 4 DDD 0.01 1",
                        "cross 4 1 1",
                        "instrument 65535 ABCDEFGH 0.01 1"),
                events(writer));
    }

    @Test
    void locateThatChangesItsSymbol() throws IOException {
        ItchWriter writer = new ItchWriter()
                .stockDirectory(1, "AAA")
                .stockDirectory(1, "AAA")
                .tradingAction(1, "AAA", 'H')
                .stockDirectory(1, "BBB")
                .tradingAction(1, "BBB", 'T');
        assertEquals(List.of("instrument 1 AAA 0.01 1", "status 1 HALTED", "instrument 1 BBB 0.01 1"), events(writer));
    }

    @Test
    void leftOutLocateThatChangesToASelectedSymbol() throws IOException {
        ItchWriter writer = new ItchWriter()
                .addOrder(1, 11, 'B', 1, "AAA", 1_0000)
                .addOrder(1, 12, 'B', 1, "BBB", 1_0000)
                .delete(1, 12)
                .stockDirectory(1, "AAA")
                .delete(1, 11);
        Path file = Files.write(directory.resolve(ItchWriter.NAME), writer.bytes());
        try (Recording recording = ItchWriter.open(file, ItchWriter.options("BBB"))) {
            assertEquals(
                    List.of("instrument 1 BBB 0.01 1", "add 1 12 BUY 1 1", "delete 1 12"),
                    new EventList().readAll(recording).lines());
        }
    }

    @Test
    void ordersOfUnknownStocksAreCountedAndWarnedOfOnce() throws IOException {
        ItchWriter writer = new ItchWriter()
                .executed(7, 11, 1, 1)
                .executedWithPrice(7, 11, 1, 1, 'Y', 1_0000)
                .cancel(7, 11, 1)
                .replace(8, 11, 12, 1, 1_0000)
                .delete(8, 12)
                .stockDirectory(7, "GGG")
                .delete(7, 13);
        try (Recording recording = writer.open(directory)) {
            assertEquals(
                    List.of(
                            "warning " + directory.resolve(ItchWriter.NAME)
                                    + ": byte 0: stock locate 7 has an order message before any that names the stock;"
                                    + " such are left out and counted",
                            "instrument 7 GGG 0.01 1",
                            "delete 7 13"),
                    new EventList().readAll(recording).lines());
            assertEquals(5, recording.counts().get(ItchRecording.UNKNOWN_STOCKS));
            assertEquals(2, recording.counts().get("D order delete"));
        }
    }

    @Test
    void statusIsToldWhenItChanges() throws IOException {
        ItchWriter writer = new ItchWriter()
                .stockDirectory(1, "AAA")
                .tradingAction(1, "AAA", 'T')
                .tradingAction(1, "AAA", 'P')
                .tradingAction(1, "AAA", 'Q')
                .tradingAction(1, "AAA", '?')
                .tradingAction(1, "AAA", 'T')
                .tradingAction(1, "AAA", 'T');
        assertEquals(List.of("instrument 1 AAA 0.01 1", "status 1 HALTED", "status 1 OPEN"), events(writer));
    }

    @Test
    void operationalHaltOfThisMarketOnly() throws IOException {
        ItchWriter writer = new ItchWriter()
                .stockDirectory(1, "AAA")
                .operationalHalt(1, "AAA", 'B', 'H')
                .operationalHalt(1, "AAA", 'X', 'H')
                .operationalHalt(1, "AAA", 'Q', 'H')
                .operationalHalt(1, "AAA", 'B', 'T')
                .operationalHalt(1, "AAA", 'Q', 'T');
        assertEquals(List.of("instrument 1 AAA 0.01 1", "status 1 HALTED", "status 1 OPEN"), events(writer));
    }

    @Test
    void tradingResumesWhenBothHaltsHaveEnded() throws IOException {
        ItchWriter writer = new ItchWriter()
                .tradingAction(1, "AAA", 'H')
                .operationalHalt(1, "AAA", 'Q', 'H')
                .tradingAction(1, "AAA", 'T')
                .systemEvent('Q')
                .operationalHalt(1, "AAA", 'Q', 'T');
        assertEquals(List.of("instrument 1 AAA 0.01 1", "status 1 HALTED", "status 1 OPEN"), events(writer));
    }

    @Test
    void endOfSystemHoursCloses() throws IOException {
        ItchWriter writer = new ItchWriter()
                .stockDirectory(1, "AAA")
                .systemEvent('S')
                .systemEvent('Q')
                .systemEvent('M')
                .systemEvent('?')
                .systemEvent('E')
                .systemEvent('C')
                .tradingAction(1, "AAA", 'T')
                .systemEvent('C');
        assertEquals(
                List.of("instrument 1 AAA 0.01 1", "statusOfAll CLOSED", "status 1 OPEN", "statusOfAll CLOSED"),
                events(writer));
    }

    @Test
    void filesLargerThanTheBuffer() throws IOException {
        int count = 100_000;
        var writer = new ItchWriter().stockDirectory(1, "AAA");
        List<String> expected = new ArrayList<>(List.of("instrument 1 AAA 0.01 1"));
        for (int i = 1; i <= count; i++) {
            writer.addOrder(1, i, 'S', i, "AAA", 1_0000).delete(1, i);
            expected.add("add 1 " + i + " SELL 1 " + i);
            expected.add("delete 1 " + i);
        }
        assertEquals(expected, events(writer));
    }

    private List<String> events(ItchWriter writer) throws IOException {
        try (Recording recording = writer.open(directory)) {
            return new EventList().readAll(recording).lines();
        }
    }
}
