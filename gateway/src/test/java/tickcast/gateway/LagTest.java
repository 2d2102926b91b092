package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LagTest {
    private final Lag lag = new Lag();

    @Test
    void nothingWaits() {
        assertEquals(0, lag.nanos(100, 0, 7));
        assertEquals(0, lag.nanos(200, 0, 900));
    }

    @Test
    void itGrowsWhileNothingIsTaken() {
        assertEquals(0, lag.nanos(100, 100, 10));
        assertEquals(5, lag.nanos(150, 150, 15));
        assertEquals(90, lag.nanos(900, 900, 100));
    }

    @Test
    void itGrowsUntilWhatWasThereIsTaken() {
        assertEquals(0, lag.nanos(100, 100, 10));
        assertEquals(10, lag.nanos(300, 201, 20));
        assertEquals(0, lag.nanos(400, 300, 30), "the first 100 were taken");
        assertEquals(10, lag.nanos(500, 200, 40));
        assertEquals(0, lag.nanos(500, 100, 50));
    }

    @Test
    void itBeginsAnewAfterAllWasTaken() {
        lag.nanos(100, 100, 10);
        assertEquals(0, lag.nanos(100, 0, 50));
        assertEquals(0, lag.nanos(110, 10, 60));
        assertEquals(40, lag.nanos(110, 10, 100));
    }
}
