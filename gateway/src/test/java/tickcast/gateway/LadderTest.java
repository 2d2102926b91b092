package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final int LIMIT = 1_600;

    private final Ladder ladder = new Ladder(LIMIT, TimeUnit.SECONDS.toNanos(16));

    @Test
    void byBytes() {
        assertEquals("LIVE", at(0, 400, 0));
        assertEquals("CONFLATE", at(1, 401, 0));
        assertEquals("CONFLATE", at(2, 800, 0));
        assertEquals("SKIP", at(3, 801, 0));
        assertEquals("SKIP", at(4, 1_600, 0));
        assertEquals("DISCONNECT", at(5, 1_601, 0));
    }

    @Test
    void byAge() {
        assertEquals("LIVE", at(0, 1, 4_000));
        assertEquals("CONFLATE", at(1, 1, 4_001));
        assertEquals("SKIP", at(2, 1, 8_001));
        assertEquals("DISCONNECT", at(3, 1, 16_001));
    }

    @Test
    void severalRungsAtOnce() {
        assertEquals("SKIP", at(0, 900, 0));
    }

    @Test
    void whatWasSkippedIsConflatedWhenItWasRead() {
        at(0, 900, 0);
        assertEquals("SKIP", at(100, 51, 0));
        assertTrue(ladder.drained(50));
        assertEquals("CONFLATE", at(200, 50, 0));
        assertEquals("CONFLATE", at(1_100, 0, 0));
        assertEquals("LIVE", at(1_200, 0, 0));
    }

    @Test
    void liveAfterASecondOfCalm() {
        at(0, 500, 0);
        assertTrue(ladder.behind());
        at(100, 200, 0);
        assertFalse(ladder.behind());
        assertEquals("CONFLATE", at(900, 201, 0));
        assertEquals("CONFLATE", at(1_800, 200, 0));
        assertEquals("LIVE", at(1_900, 200, 0));
    }

    @Test
    void theCalmTakesLongerForOneWhoFallsBehindAgain() {
        int now = 0;
        for (int calm : new int[] {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 32_000}) {
            assertEquals("CONFLATE", at(now, 500, 0));
            now += calm;
            assertEquals("CONFLATE", at(now - 1, 0, 0));
            assertEquals("LIVE", at(now, 0, 0));
            now += 9_000;
        }
        now += 1_000;
        at(now, 500, 0);
        assertEquals("LIVE", at(now + 1_000, 0, 0), "it kept up for ten seconds");
    }

    private String at(long millis, long pendingBytes, long ageMillis) {
        return ladder.measure(
                        pendingBytes, TimeUnit.MILLISECONDS.toNanos(ageMillis), TimeUnit.MILLISECONDS.toNanos(millis))
                .toString();
    }
}
