package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickcast.simulator.recording.Recording;

class ReplayPaceTest {
    private static final long RECORDED = 1_340_285_400_000_000_000L;
    private static final long NOW = 1_800_000_000_000_000_000L;
    private static final long YEAR_NANOS = TimeUnit.DAYS.toNanos(365);

    @Test
    void theFirstRecordIsDueAtOnceAndTheOthersKeepTheirDistance() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.RECORDED);
        assertEquals(NOW, pace.plannedNanos(RECORDED, NOW));
        pace.happened(RECORDED, NOW);
        assertEquals(NOW + 700, pace.plannedNanos(RECORDED + 700, NOW + 1));
        assertEquals(NOW + 700, pace.plannedNanos(RECORDED + 700, NOW + 5_000));
        pace.happened(RECORDED + 700, NOW + 5_000);
        assertEquals(NOW + 900, pace.plannedNanos(RECORDED + 900, NOW + 5_000));
    }

    @Test
    void aFactorShortensOrStretchesDistances() {
        ReplayPace fast = new ReplayPace(new ReplaySpeed(10));
        fast.plannedNanos(RECORDED, NOW);
        assertEquals(NOW + 70, fast.plannedNanos(RECORDED + 700, NOW));
        ReplayPace slow = new ReplayPace(new ReplaySpeed(0.1));
        slow.plannedNanos(RECORDED, NOW);
        assertEquals(NOW + 7_000, slow.plannedNanos(RECORDED + 700, NOW));
    }

    @Test
    void atMaximumEverythingIsDueNow() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.MAX);
        assertEquals(NOW, pace.plannedNanos(RECORDED, NOW));
        pace.happened(RECORDED, NOW);
        assertEquals(NOW + 3, pace.plannedNanos(RECORDED + YEAR_NANOS, NOW + 3));
    }

    @Test
    void aPauseShiftsThePlan() {
        ReplayPace pace = running();
        pace.pause(NOW + 200, Recording.END);
        pace.pause(NOW + 400, Recording.END);
        assertTrue(pace.isPaused());
        assertEquals(Background.NEVER, pace.plannedNanos(RECORDED + 1_000, NOW + 5_000));
        pace.resume(NOW + 10_200);
        pace.resume(NOW + 20_200);
        assertFalse(pace.isPaused());
        assertEquals(NOW + 11_000, pace.plannedNanos(RECORDED + 1_000, NOW + 10_300));
    }

    @Test
    void pausedBeforeTheFirstRecord() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.RECORDED);
        pace.pause(NOW, Recording.END);
        assertEquals(Background.NEVER, pace.plannedNanos(RECORDED, NOW + 100));
        pace.resume(NOW + 5_000);
        assertEquals(NOW + 6_000, pace.plannedNanos(RECORDED, NOW + 6_000));
        assertEquals(NOW + 6_010, pace.plannedNanos(RECORDED + 10, NOW + 6_000));
    }

    @Test
    void stepsHappenAtOnceAndThePlanGoesOnFromTheLast() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.RECORDED);
        pace.step(2, NOW, Recording.END);
        assertFalse(pace.isHeld());
        assertEquals(NOW + 10, pace.plannedNanos(RECORDED, NOW + 10));
        pace.happened(RECORDED, NOW + 10);
        assertEquals(NOW + 20, pace.plannedNanos(RECORDED + 1_000, NOW + 20));
        pace.happened(RECORDED + 1_000, NOW + 20);
        assertTrue(pace.isHeld());
        assertEquals(Background.NEVER, pace.plannedNanos(RECORDED + 3_000, NOW + 30));
        pace.resume(NOW + 500);
        assertEquals(NOW + 2_500, pace.plannedNanos(RECORDED + 3_000, NOW + 500));
    }

    @Test
    void stepsThatWereNotTakenAreForgottenByAResume() {
        ReplayPace pace = running();
        pace.step(5, NOW, Recording.END);
        pace.resume(NOW);
        pace.pause(NOW, Recording.END);
        assertTrue(pace.isHeld());
        assertEquals(Background.NEVER, pace.plannedNanos(RECORDED + 1, NOW));
    }

    @Test
    void aNewSpeedGoesOnFromThePlaceThatIsReached() {
        ReplayPace pace = running();
        pace.speed(new ReplaySpeed(10), NOW + 400, Recording.END);
        assertEquals(NOW + 460, pace.plannedNanos(RECORDED + 1_000, NOW + 400));
        pace.speed(new ReplaySpeed(0.5), NOW + 430, Recording.END);
        assertEquals(NOW + 430 + 600, pace.plannedNanos(RECORDED + 1_000, NOW + 430));
    }

    @Test
    void aNewSpeedDuringAPauseHoldsFromTheResume() {
        ReplayPace pace = running();
        pace.pause(NOW + 400, Recording.END);
        pace.speed(new ReplaySpeed(2), NOW + 900, Recording.END);
        assertEquals(Background.NEVER, pace.plannedNanos(RECORDED + 1_000, NOW + 900));
        pace.resume(NOW + 2_000);
        assertEquals(NOW + 2_300, pace.plannedNanos(RECORDED + 1_000, NOW + 2_000));
    }

    @Test
    void fromMaximumToAPaceItGoesOnFromTheNewestRecord() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.MAX);
        pace.happened(RECORDED, NOW);
        pace.happened(RECORDED + 5_000, NOW + 1);
        pace.speed(ReplaySpeed.RECORDED, NOW + 50, Recording.END);
        assertEquals(NOW + 150, pace.plannedNanos(RECORDED + 5_100, NOW + 50));
        pace.speed(ReplaySpeed.MAX, NOW + 60, Recording.END);
        assertEquals(NOW + 70, pace.plannedNanos(RECORDED + 5_100, NOW + 70));
    }

    @Test
    void anotherPassBeginsAtOnce() {
        ReplayPace pace = running();
        pace.startAnew();
        assertEquals(NOW + 9_000, pace.plannedNanos(RECORDED, NOW + 9_000));
        assertEquals(NOW + 9_100, pace.plannedNanos(RECORDED + 100, NOW + 9_000));
    }

    @Test
    void distancesOfYearsDoNotWrapAround() {
        ReplayPace slow = new ReplayPace(new ReplaySpeed(0.1));
        slow.plannedNanos(RECORDED, NOW);
        assertEquals(NOW + 10 * YEAR_NANOS, slow.plannedNanos(RECORDED + YEAR_NANOS, NOW), 1_000);
        assertEquals(Background.NEVER, slow.plannedNanos(RECORDED + 100 * YEAR_NANOS, NOW));
        assertEquals(Background.NEVER, slow.plannedNanos(Long.MAX_VALUE - 1, NOW));
        ReplayPace back = new ReplayPace(new ReplaySpeed(1_000));
        back.plannedNanos(RECORDED, NOW);
        assertTrue(back.plannedNanos(RECORDED - 50 * YEAR_NANOS, NOW) < NOW);
    }

    /** At the recording's own speed, with a record at the beginning. */
    private static ReplayPace running() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.RECORDED);
        pace.plannedNanos(RECORDED, NOW);
        pace.happened(RECORDED, NOW);
        return pace;
    }

    @Test
    void lateReplayChangesItsSpeedAtItsNextRecord() {
        ReplayPace pace = new ReplayPace(ReplaySpeed.RECORDED);
        assertEquals(NOW, pace.plannedNanos(1_000, NOW));
        pace.happened(1_000, NOW);
        pace.speed(new ReplaySpeed(2), NOW + 500, 1_100);
        assertEquals(NOW + 500, pace.plannedNanos(1_100, NOW + 500));
        assertEquals(NOW + 550, pace.plannedNanos(1_200, NOW + 500));
        pace.pause(NOW + 900, 1_200);
        pace.resume(NOW + 2_000);
        assertEquals(NOW + 2_000, pace.plannedNanos(1_200, NOW + 2_000));
    }
}
