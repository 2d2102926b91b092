package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
    private static final long START_NANOS = 1_700_000_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 5_000_000})
    void meanRateIsTheRate(long eventsPerSecond) {
        int events = 200_000;
        double planned = planned(new Pacer(7, eventsPerSecond, START_NANOS), events) - START_NANOS;
        assertEquals(1e9 / eventsPerSecond, planned / events, 0.01 * 1e9 / eventsPerSecond);
    }

    @Test
    void gapsAreThoseOfAPoissonProcess() {
        Pacer pacer = new Pacer(7, 1_000, START_NANOS);
        int longGaps = 0;
        for (int i = 0; i < 100_000; i++) {
            long before = pacer.plannedNanos(0);
            pacer.advance();
            if (pacer.plannedNanos(0) - before > 3_000_000) {
                longGaps++;
            }
        }
        assertEquals(100_000 * Math.exp(-3), longGaps, 250);
    }

    @Test
    void planDoesNotDependOnWhenItIsAsked() {
        Pacer early = new Pacer(7, 1_000, START_NANOS);
        Pacer late = new Pacer(7, 1_000, START_NANOS);
        for (int i = 0; i < 100; i++) {
            assertEquals(early.plannedNanos(START_NANOS), late.plannedNanos(START_NANOS + 3_600_000_000_000L));
            early.advance();
            late.advance();
        }
    }

    @Test
    void rateZeroPlansNothing() {
        Pacer pacer = new Pacer(7, 0, START_NANOS);
        pacer.advance();
        assertEquals(Background.NEVER, pacer.plannedNanos(START_NANOS));
    }

    @Test
    void unlimitedIsAlwaysDue() {
        Pacer pacer = new Pacer(7, Pacer.UNLIMITED, START_NANOS);
        pacer.advance();
        assertEquals(START_NANOS + 5, pacer.plannedNanos(START_NANOS + 5));
    }

    @Test
    void anotherSeedIsAnotherPlan() {
        assertTrue(planned(new Pacer(7, 1_000, START_NANOS), 10) != planned(new Pacer(8, 1_000, START_NANOS), 10));
    }

    private static long planned(Pacer pacer, int events) {
        for (int i = 1; i < events; i++) {
            pacer.advance();
        }
        return pacer.plannedNanos(0);
    }
}
