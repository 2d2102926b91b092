package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickcast.gateway.TokenBucket.Verdict;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TokenBucket bucket = new TokenBucket(10, 4, 0);

    @Test
    void aBurstThenTheRate() {
        takeAll(0);
        assertEquals(Verdict.FIRST_REFUSED, bucket.take(0));
        assertEquals(Verdict.TAKEN, bucket.take(SECOND / 10));
        assertEquals(Verdict.REFUSED, bucket.take(SECOND / 10));
    }

    @Test
    void stillAboveTheRateASecondLaterIsTooFar() {
        takeAll(0);
        assertEquals(Verdict.FIRST_REFUSED, bucket.take(0));
        bucket.take(SECOND / 10);
        assertEquals(Verdict.REFUSED, bucket.take(SECOND / 10));
        takeAll(SECOND + 1);
        assertEquals(Verdict.FIRST_REFUSED, bucket.take(SECOND + 1), "it was quiet in between");
        for (long at = SECOND + 1; at < 2 * SECOND; at += SECOND / 10) {
            bucket.take(at);
        }
        assertEquals(Verdict.TAKEN, bucket.take(2 * SECOND + 2));
        assertEquals(Verdict.TOO_FAR, bucket.take(2 * SECOND + 2));
    }

    @Test
    void aWholeBurstRefusedIsTooFar() {
        takeAll(0);
        assertEquals(Verdict.FIRST_REFUSED, bucket.take(0));
        for (int i = 0; i < 3; i++) {
            assertEquals(Verdict.REFUSED, bucket.take(0));
        }
        assertEquals(Verdict.TOO_FAR, bucket.take(0));
    }

    private void takeAll(long now) {
        for (int i = 0; i < 4; i++) {
            assertEquals(Verdict.TAKEN, bucket.take(now));
        }
    }
}
