package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000));

    /** Draws the greatest number that it may. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void limitDoublesUpToTheHighest() {
        assertEquals(
                List.of(100L, 200L, 400L, 800L, 1_000L, 1_000L),
                IntStream.range(0, 6)
                        .mapToObj(attempt -> backoff.delayMillis(attempt, HIGHEST))
                        .toList());
        assertEquals(1_000, backoff.limitMillis(Integer.MAX_VALUE));
    }

    @Test
    void theWholeRangeUpToTheLimitIsDrawn() {
        var random = new Random(42);
        var drawn = random.longs(0, 1)
                .limit(10_000)
                .map(any -> backoff.delayMillis(1, random))
                .summaryStatistics();
        assertEquals(0, drawn.getMin());
        assertEquals(200, drawn.getMax());
        assertTrue(Math.abs(drawn.getAverage() - 100) < 5, () -> "average " + drawn.getAverage());
    }

    @Test
    void aScheduleWithoutSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
