package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItchFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTruncationEndsCleanlyOrNamesThePlace(boolean zeroPrefixes) throws IOException {
        var writer = new ItchWriter();
        byte[] content =
                (zeroPrefixes ? writer.zeroPrefixes() : writer).oneOfEach().bytes();
        int start = 0;
        while (start < content.length) {
            int type = content[start + 2];
            int length = ItchType.length(type);
            for (int there = 0; there < 2 + length; there++) {
                byte[] cut = Arrays.copyOf(content, start + there);
                if (there == 0 || there == 2 && zeroPrefixes) {
                    new EventList().readAll(ItchWriter.open(directory, cut));
                    continue;
                }
                String expected = "byte " + start + ": "
                        + switch (there) {
                            case 1 -> "length prefix is cut off: 1 of 2 bytes are there";
                            case 2 -> "message is cut off: 0 of " + length + " bytes are there";
                            default ->
                                ItchType.label(type) + " is cut off: " + (there - 2) + " of " + length
                                        + " bytes are there";
                        };
                assertEquals(place() + expected, faultOf(cut));
            }
            start += 2 + length;
        }
        assertEquals(start, content.length);
    }

    static List<Arguments> wrongValues() {
        return List.of(
                row(w -> w.addOrder(1, 1, 'B', 1, "AAA", 0), "A add order: price is 0, must be 1 to 2147483647"),
                row(w -> w.addOrder(1, 1, 'B', 1, "AAA", -1), "A add order: price is 4294967295, must be 1 to"),
                row(w -> w.addOrder(1, 1, 'B', 0, "AAA", 1), "A add order: shares is 0, must be above 0"),
                row(
                        w -> w.addOrder(1, 1, 'b', 1, "AAA", 1),
                        "A add order: buy/sell indicator is 'b', must be 'B' or 'S'"),
                row(w -> w.addOrder(1, 1, (char) 0, 1, "AAA", 1), "A add order: buy/sell indicator is 0x00, must be"),
                row(w -> w.addOrder(1, 1, 'B', 1, "", 1), "A add order: stock is \"\", must be printable ASCII"),
                row(w -> w.addOrder(1, 1, 'B', 1, "A B", 1), "A add order: stock is \"A B\", must be printable ASCII"),
                row(
                        w -> w.addOrder(1, 1, 'B', 1, "\0\0\0\0\0\0\0\0", 1),
                        "A add order: stock is \"\0\0\0\0\0\0\0\0\","),
                row(w -> w.stockDirectory(1, " AAA"), "R stock directory: stock is \" AAA\", must be printable ASCII"),
                row(w -> w.executed(5, 1, 0, 1), "E order executed: executed shares is 0, must be above 0"),
                row(w -> w.executedWithPrice(5, 1, 1, 1, 'Y', 0), "C order executed with price: price is 0, must be 1"),
                row(w -> w.cancel(5, 1, 0), "X order cancel: canceled shares is 0, must be above 0"),
                row(w -> w.replace(5, 1, 2, 0, 1), "U order replace: shares is 0, must be above 0"),
                row(w -> w.replace(5, 1, 2, 1, 0), "U order replace: price is 0, must be 1 to 2147483647"),
                row(w -> w.trade(1, 'X', 1, "AAA", 1, 1), "P trade: buy/sell indicator is 'X', must be 'B' or 'S'"),
                row(
                        w -> w.cross(1, 92_233_720_369L, "AAA", 1, 1),
                        "Q cross trade: shares is 92233720369, must be at most"),
                row(w -> w.cross(1, -1, "AAA", 1, 1), "Q cross trade: shares is 18446744073709551615, must be at most"),
                row(w -> w.cross(1, 1, "AAA", 0, 1), "Q cross trade: price is 0, must be 1 to 2147483647"),
                row(
                        w -> w.at(86_400_000_000_000L).systemEvent('O'),
                        "S system event: timestamp is 86400000000000, must be"),
                row(w -> w.at(-1).delete(5, 1), "D order delete: timestamp is 281474976710655, must be below"),
                row(w -> w.raw((byte) 'S'), "S system event: length prefix is 1, must be 12"),
                row(
                        w -> w.raw(new byte[0]).raw((byte) 'z'),
                        "type is unknown 0x00, must be known when the length prefix"),
                row(
                        w -> w.endOfSession().systemEvent('O'),
                        "type is unknown 0x00, must be known when the length prefix"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongValues")
    void wrongValueIsNamed(UnaryOperator<ItchWriter> wrong, String expected) throws IOException {
        ItchWriter writer =
                wrong.apply(new ItchWriter().stockDirectory(5, "EEE")).systemEvent('C');
        try (Recording recording = writer.open(directory)) {
            var events = new EventList();
            String fault = faultOf(recording, events);
            assertTrue(fault.startsWith(place() + "byte 41: " + expected), fault);
            assertEquals(List.of("instrument 5 EEE 0.01 1"), events.lines());
            assertEquals(fault, faultOf(recording, events), "it stays");
            assertEquals(List.of("instrument 5 EEE 0.01 1"), events.lines());
            assertEquals("{R stock directory=1}", recording.counts().toString());
        }
    }

    @Test
    void damagedFilesNameThePlaceAndEverythingBeforeIsTold() throws IOException {
        var writer = new ItchWriter().stockDirectory(1, "AAA");
        for (int i = 1; i <= 20_000; i++) {
            writer.addOrder(1, new Random(i).nextLong(), 'B', i, "AAA", i);
        }
        List<String> all = new EventList().readAll(writer.open(directory)).lines();
        for (byte[] packed : List.of(RecordedFileTest.gzip(writer.bytes()), RecordedFileTest.xz(writer.bytes()))) {
            assertEquals(
                    all,
                    new EventList().readAll(ItchWriter.open(directory, packed)).lines());
            var events = new EventList();
            byte[] cut = Arrays.copyOf(packed, packed.length * 3 / 4);
            String fault = faultOf(ItchWriter.open(directory, cut), events);
            assertTrue(fault.startsWith(place() + "byte "), fault);
            assertTrue(fault.contains(": cannot be read any further: the compressed data end too early"), fault);
            int told = events.lines().size();
            assertTrue(told > 5_000 && told < all.size(), told + " told");
            assertEquals(all.subList(0, told), events.lines());
            long reached = Long.parseLong(fault.replaceAll(".*: byte (\\d+): .*", "$1"));
            assertEquals(told, 1 + (reached - 41) / 38, "all that is whole");
        }
    }

    @Test
    void randomBytes() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            byte[] content = new byte[random.nextInt(5_000)];
            random.nextBytes(content);
            readToEndOrFault(content, seed);
        }
    }

    @Test
    void randomMessages() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var writer = new ItchWriter();
            for (int i = random.nextInt(200); i > 0; i--) {
                ItchType type = ItchType.values()[random.nextInt(ItchType.values().length)];
                byte[] message = new byte[type.length()];
                random.nextBytes(message);
                message[0] = (byte) type.label().charAt(0);
                Arrays.fill(message, 5, 7, (byte) 0);
                writer.raw(message);
            }
            readToEndOrFault(writer.bytes(), seed);
        }
    }

    @Test
    void flippedBitsAndTruncationsOfGoodFiles() throws IOException {
        byte[] plain = new ItchWriter().oneOfEach().zeroPrefixes().oneOfEach().bytes();
        for (byte[] good : List.of(plain, RecordedFileTest.gzip(plain), RecordedFileTest.xz(plain))) {
            for (int seed = 0; seed < 500; seed++) {
                var random = new Random(seed);
                byte[] content = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
                for (int flips = random.nextInt(5); flips > 0 && content.length > 0; flips--) {
                    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                }
                readToEndOrFault(content, seed);
            }
        }
    }

    private void readToEndOrFault(byte[] content, int seed) {
        var events = new EventList();
        try (Recording recording = ItchWriter.open(directory, content)) {
            events.readAll(recording);
            long read = recording.counts().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertTrue(read <= content.length * 2L, "seed " + seed);
        } catch (RecordingException e) {
            assertTrue(e.getMessage().startsWith(place() + "byte "), "seed " + seed + ": " + e.getMessage());
        } catch (IOException e) {
            String expected = directory.resolve(ItchWriter.NAME) + " begins as a compressed file";
            assertTrue(e.getMessage().startsWith(expected), "seed " + seed + ": " + e);
        } catch (RuntimeException e) {
            fail("seed " + seed, e);
        }
    }

    private String faultOf(byte[] content) throws IOException {
        try (Recording recording = ItchWriter.open(directory, content)) {
            return faultOf(recording, new EventList());
        }
    }

    private static String faultOf(Recording recording, EventList events) {
        return assertThrows(RecordingException.class, () -> events.readAll(recording))
                .getMessage();
    }

    private String place() {
        return directory.resolve(ItchWriter.NAME) + ": ";
    }

    private static Arguments row(UnaryOperator<ItchWriter> wrong, String expected) {
        return Arguments.of(wrong, expected);
    }
}
