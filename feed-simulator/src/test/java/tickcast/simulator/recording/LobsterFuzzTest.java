package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LobsterFuzzTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PLACE = Pattern.compile(".*_\\d\\.csv, line \\d+[:,] .*", Pattern.DOTALL);
    private static final int LEVELS = 3;

    @TempDir
    private Path directory;

    private int faults;
    private int disagreements;

    @Test
    void randomBytes() {
        assertTimeoutPreemptively(LIMIT, () -> {
            var random = new Random(1);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(1 << random.nextInt(18))];
                random.nextBytes(bytes);
                read(bytes, null);
            }
        });
        assertTrue(faults > 250);
    }

    @Test
    void randomCharactersOfTheFormat() {
        assertTimeoutPreemptively(LIMIT, () -> {
            var random = new Random(2);
            byte[] alphabet = "0123456789,,,-.\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(5_000)];
                for (int at = 0; at < bytes.length; at++) {
                    bytes[at] = alphabet[random.nextInt(alphabet.length)];
                }
                read(bytes, random.nextBoolean() ? null : bytes);
            }
        });
        assertTrue(faults > 250);
    }

    @Test
    void changedBytes() {
        assertTimeoutPreemptively(LIMIT, () -> {
            var random = new Random(3);
            for (int i = 0; i < 200; i++) {
                LobsterWriter day = RandomLobsterDay.write(i, LEVELS, 50, 200);
                byte[] messages = bytes(day.messages());
                byte[] rows = bytes(day.rows());
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    change(random.nextBoolean() ? messages : rows, random);
                }
                read(messages, rows);
                read(messages, null);
            }
        });
        assertTrue(faults > 50 && disagreements > 50, faults + " faults, " + disagreements + " disagreements");
    }

    @Test
    void truncation() {
        assertTimeoutPreemptively(LIMIT, () -> {
            LobsterWriter day = RandomLobsterDay.write(4, LEVELS, 50, 30);
            byte[] messages = bytes(day.messages());
            byte[] rows = bytes(day.rows());
            int whole = day.rows().size();
            for (int length = 0; length < messages.length; length++) {
                int told = read(Arrays.copyOf(messages, length), rows);
                assertTrue(told <= whole - (length < messages.length - 2 ? 1 : 0));
            }
            for (int length = 0; length < rows.length - 1; length++) {
                read(messages, Arrays.copyOf(rows, length));
            }
            assertEquals(whole, read(messages, rows));
        });
        assertTrue(faults > 500);
    }

    @Test
    void truncatedAndDamagedPackages() {
        assertTimeoutPreemptively(LIMIT, () -> {
            var random = new Random(5);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(2_000)];
                random.nextBytes(bytes);
                byte[] magic = i % 2 == 0
                        ? new byte[] {0x1F, (byte) 0x8B, 8, 0}
                        : new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
                System.arraycopy(magic, 0, bytes, 0, Math.min(magic.length, bytes.length));
                read(bytes, null);
            }
        });
        assertTrue(faults > 250);
    }

    /** How many records were told; what was wrong must have been named. */
    private int read(byte[] messages, byte[] rows) throws IOException {
        Path file = directory.resolve("A_2019-03-05_34200000_57600000_message_" + LEVELS + ".csv");
        Files.write(file, messages);
        Path book = directory.resolve(file.getFileName().toString().replace("message", "orderbook"));
        Files.deleteIfExists(book);
        if (rows != null) {
            Files.write(book, rows);
        }
        int told = 0;
        var depth = new RecordedDepth();
        try (Recording recording = new LobsterFormat()
                .open(List.of(new RecordedFile(file)), new RecordingOptions(Set.of(), null))
                .get(0)) {
            for (long nanos = recording.nextNanos(); nanos != Recording.END; nanos = recording.nextNanos()) {
                recording.next(depth);
                told += nanos == Recording.OPENING ? 0 : 1;
            }
        } catch (RecordingException e) {
            faults++;
            assertTrue(PLACE.matcher(e.getMessage()).matches(), e.getMessage());
        } catch (IOException e) {
            faults++;
            assertTrue(e.getMessage().startsWith(file + ": cannot be opened: "), e.getMessage());
        }
        if (depth.disagreement() != null) {
            disagreements++;
            assertTrue(PLACE.matcher(depth.disagreement()).matches(), depth.disagreement());
        }
        return told;
    }

    /** A bit, or a digit, which is more likely to leave a number. */
    private static void change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        if (random.nextBoolean()) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        } else if (bytes[at] >= '0' && bytes[at] <= '9') {
            bytes[at] = (byte) ('0' + random.nextInt(10));
        }
    }

    private static byte[] bytes(List<String> lines) {
        return LobsterWriter.text(lines).getBytes(StandardCharsets.US_ASCII);
    }
}
