package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged captures end with a fault that names the file, or are read to their end; nothing else happens. */
class BinanceFuzzTest {
    private static final int ROUNDS = 400;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Random random = new Random(20_240_808);
    private byte[] good;
    private int faults;

    @BeforeEach
    void writeCapture() {
        var writer = new BinanceWriter();
        var spot = new BinanceMarket("AB", false, true, writer, random);
        var futures = new BinanceMarket("CD", true, true, writer, random);
        for (int i = 0; i < 100; i++) {
            spot.step();
            futures.step();
        }
        good = writer.bytes();
    }

    @Test
    void flippedBits() {
        within(() -> {
            byte[] damaged = good.clone();
            for (int i = 0; i <= random.nextInt(20); i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return damaged;
        });
    }

    @Test
    void cutOff() {
        within(() -> Arrays.copyOf(good, random.nextInt(good.length)));
    }

    @Test
    void cutOffAndPacked() {
        within(() -> {
            byte[] packed = BinanceWriter.gzip(good);
            return Arrays.copyOf(packed, 20 + random.nextInt(packed.length - 20));
        });
    }

    @Test
    void shuffledPieces() {
        within(() -> {
            byte[] damaged = good.clone();
            for (int i = 0; i < 10; i++) {
                int length = random.nextInt(200);
                System.arraycopy(
                        good,
                        random.nextInt(good.length - length),
                        damaged,
                        random.nextInt(good.length - length),
                        length);
            }
            return damaged;
        });
    }

    @Test
    void randomBytes() {
        within(() -> {
            byte[] noise = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(noise);
            return noise;
        });
    }

    private interface Damage {
        byte[] make() throws IOException;
    }

    private void within(Damage damage) {
        Assertions.assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                read(damage.make());
            }
        });
        assertTrue(faults > ROUNDS / 2, "damage was found " + faults + " times");
    }

    private void read(byte[] content) throws IOException {
        Path path = directory.resolve("damaged");
        Files.write(path, content);
        var file = new RecordedFile(path);
        new BinanceFormat().recognizes(file);
        try (Recording recording = new BinanceFormat()
                .open(List.of(file), new RecordingOptions(Set.of(), null))
                .get(0)) {
            var told = new EventList();
            while (recording.nextNanos() != Recording.END) {
                recording.next(told);
                told.take();
            }
            assertNotNull(recording.counts());
        } catch (RecordingException e) {
            faults++;
            assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
        }
    }
}
