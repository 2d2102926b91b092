package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.gateway.TokenBucket.Rate;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Rate RATE = new Rate(10, 4);

    private final TokenBucket bucket = new TokenBucket(0);

    @Test
    void aBurstThenTheRate() {
        for (int left = 4; left > 0; left--) {
            assertEquals(left, bucket.tokens(RATE, 0));
            assertTrue(bucket.take(RATE, 0));
        }
        assertEquals(0, bucket.tokens(RATE, 0));
        assertFalse(bucket.take(RATE, 0));
        assertEquals(100, bucket.millisToNext(RATE, 0));
        assertFalse(bucket.take(RATE, SECOND / 10 - 1));
        assertEquals(1, bucket.millisToNext(RATE, SECOND / 10 - 1));
        assertTrue(bucket.take(RATE, SECOND / 10));
        assertFalse(bucket.take(RATE, SECOND / 10));
        assertFalse(bucket.isFull(SECOND / 10));
    }

    @Test
    void itFillsUpToTheBurst() {
        assertTrue(bucket.take(RATE, 0));
        assertTrue(bucket.isFull(SECOND));
        assertEquals(4, bucket.tokens(RATE, 100 * SECOND));
        for (int i = 0; i < 4; i++) {
            assertTrue(bucket.take(RATE, 100 * SECOND));
        }
        assertFalse(bucket.take(RATE, 100 * SECOND));
    }

    @Test
    void severalAtOnce() {
        assertTrue(bucket.take(RATE, 0, 3));
        assertFalse(bucket.take(RATE, 0, 2));
        assertEquals(100, bucket.millisTo(RATE, 0, 2));
        assertTrue(bucket.take(RATE, 0, 1));
        assertFalse(bucket.take(RATE, SECOND * 4 / 10 - 1, 1_000));
        assertTrue(bucket.take(RATE, SECOND * 4 / 10, 1_000), "all that there can be");
        assertEquals(0, bucket.tokens(RATE, SECOND * 4 / 10));
    }

    @Test
    void anotherRateHoldsForWhatWasUsed() {
        for (int i = 0; i < 4; i++) {
            assertTrue(bucket.take(RATE, 0));
        }
        assertFalse(bucket.take(new Rate(20, 8), 0));
        assertTrue(bucket.take(new Rate(20, 9), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 999, 1_000_000})
    void theLongRunKeepsToTheRate(int perSecond) {
        var rate = new Rate(perSecond, 5);
        int taken = 0;
        long steps = 20L * perSecond;
        for (long i = 0; i <= steps; i++) {
            taken += bucket.take(rate, i * SECOND / perSecond / 2) ? 1 : 0;
        }
        assertEquals(5 + steps / 2, taken, 1);
    }

    @Test
    void noTokenIsTakenTwice() throws Exception {
        var rate = new Rate(1, 10_000);
        var pool = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> {
                    int taken = 0;
                    for (int j = 0; j < 5_000; j++) {
                        taken += bucket.take(rate, 0) ? 1 : 0;
                    }
                    return taken;
                });
            }
            int taken = 0;
            for (var done : pool.invokeAll(tasks)) {
                taken += done.get();
            }
            assertEquals(10_000, taken);
        } finally {
            pool.shutdown();
        }
    }
}
