package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long START = 1_000_000_000;
    private static final long MICRO = 1_000;

    private final Traffic traffic = new Traffic();

    @Test
    void oneEveryMillisecondIsNotMuch() {
        for (int i = 0; i < 10; i++) {
            assertFalse(isBusy(i, i * 1_000));
        }
    }

    @Test
    void itIsBusyFromTheFifthInAMillisecondOn() {
        assertFalse(isBusy(100, 0));
        assertFalse(isBusy(104, 100));
        assertTrue(isBusy(105, 200));
    }

    @Test
    void itIsBusyInTheMillisecondAfterABusyOneToo() {
        isBusy(0, 0);
        assertTrue(isBusy(50, 1_000));
        assertTrue(isBusy(50, 1_900));
        assertFalse(isBusy(50, 2_000));
    }

    @Test
    void whatCameOverALongTimeIsNotMuch() {
        isBusy(0, 0);
        assertFalse(isBusy(50, 60_000));
    }

    private boolean isBusy(long total, long micros) {
        return traffic.isBusy(total, START + micros * MICRO);
    }
}
