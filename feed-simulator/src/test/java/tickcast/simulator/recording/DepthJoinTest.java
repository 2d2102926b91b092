package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tickcast.simulator.recording.DepthJoin.Step;

class DepthJoinTest {
    private static final long SECOND = 1_000_000_000L;

    private final DepthJoin join = new DepthJoin(new LevelBudget(1_000), new LevelBudget(100));

    @Test
    void dropsWhatTheSnapshotHasAndAppliesTheRest() {
        assertEquals(Step.WAIT, join.diff(diff(1, 5)));
        assertEquals(Step.WAIT, join.diff(diff(6, 10)));
        assertEquals(Step.WAIT, join.diff(diff(11, 15)));
        assertTrue(join.snapshot(snapshot(8)));

        var attempt = join.attempt();

        assertFalse(attempt.tooOld());
        assertEquals(List.of(diff(6, 10), diff(11, 15)), attempt.diffs());
        assertNull(join.attempt());
        assertEquals(Step.APPLY, join.diff(diff(16, 16)));
    }

    @Test
    void joinsWithTheSnapshotThatEndsWithTheNewestDiff() {
        join.diff(diff(1, 5));
        join.snapshot(snapshot(5));

        assertEquals(List.of(), join.attempt().diffs());
        assertEquals(Step.APPLY, join.diff(diff(6, 7)));
    }

    @Test
    void joinsWithTheSnapshotThatEndsBeforeTheOldestDiff() {
        join.diff(diff(6, 7));
        join.snapshot(snapshot(5));

        assertEquals(List.of(diff(6, 7)), join.attempt().diffs());
    }

    @Test
    void snapshotThatIsTooOldIsRefused() {
        join.diff(diff(7, 9));
        join.snapshot(snapshot(5));

        var attempt = join.attempt();

        assertTrue(attempt.tooOld());
        assertEquals(7, attempt.firstId());
        assertFalse(join.joined());
    }

    @Test
    void snapshotAheadOfTheDiffsWaitsForThem() {
        join.snapshot(snapshot(8));
        assertNull(join.attempt());
        join.diff(diff(1, 5));
        assertNull(join.attempt());
        join.diff(diff(6, 10));

        assertEquals(List.of(diff(6, 10)), join.attempt().diffs());
    }

    @Test
    void gapLosesTheBookUntilASnapshotBehindIt() {
        join.diff(diff(1, 5));
        join.snapshot(snapshot(5));
        assertNotNull(join.attempt());

        assertEquals(Step.BOOK_LOST, join.diff(diff(7, 9)));
        assertEquals(Step.WAIT, join.diff(diff(10, 10)));
        join.snapshot(snapshot(5));
        assertTrue(join.attempt().tooOld());
        join.snapshot(snapshot(6));
        assertEquals(List.of(diff(7, 9), diff(10, 10)), join.attempt().diffs());
    }

    @Test
    void gapBeforeTheSnapshotMakesWhatWaitsWorthless() {
        join.diff(diff(1, 5));
        assertEquals(Step.WAIT_AFTER_GAP, join.diff(diff(8, 9)));
        join.snapshot(snapshot(3));

        assertTrue(join.attempt().tooOld());
    }

    @Test
    void repeatedDiffIsOldAndOverlappingOneIsApplied() {
        join.diff(diff(1, 5));
        join.snapshot(snapshot(5));
        join.attempt();

        assertEquals(Step.OLD, join.diff(diff(1, 5)));
        assertEquals(Step.OLD, join.diff(diff(2, 4)));
        assertEquals(Step.APPLY, join.diff(diff(4, 8)));
        assertEquals(8, join.lastId());
    }

    @Test
    void idsThatBeginAnewLoseTheBook() {
        join.diff(diff(101, 105));
        join.snapshot(snapshot(105));
        join.attempt();

        assertEquals(Step.OLD, join.diff(diffAt(9 * SECOND, 1, 2, 0)));
        assertEquals(Step.BOOK_LOST, join.diff(diffAt(11 * SECOND, 3, 4, 2)));
        join.snapshot(snapshot(4));
        assertFalse(join.attempt().tooOld());
    }

    @Test
    void futuresAreChainedByWhatTheyBuildOn() {
        join.diff(diffAt(0, 110, 120, 100));
        join.snapshot(snapshot(105));

        assertEquals(1, join.attempt().diffs().size());
        assertEquals(Step.APPLY, join.diff(diffAt(0, 150, 160, 120)));
        assertEquals(Step.BOOK_LOST, join.diff(diffAt(0, 161, 170, 161)));
    }

    @Test
    void oldestDiffsAreDroppedWhenThereIsNoRoom() {
        for (int id = 1; id <= 1_000; id++) {
            join.diff(diff(id, id));
        }
        join.snapshot(snapshot(500));
        assertTrue(join.attempt().tooOld());
        join.snapshot(snapshot(950));

        assertEquals(50, join.attempt().diffs().size());
    }

    @Test
    void roomForSnapshotsIsBounded() {
        for (int id = 1; id <= 64; id++) {
            assertTrue(join.snapshot(snapshot(1_000 + id)));
        }

        assertFalse(join.snapshot(snapshot(2_000)));
        assertTrue(join.snapshot(snapshot(1_001)), "it is there");
    }

    @Test
    void snapshotOfAKnownBookIsLeftOut() {
        join.diff(diff(1, 5));
        join.snapshot(snapshot(5));
        join.attempt();
        join.snapshot(snapshot(4));

        assertNull(join.attempt());
        assertEquals(Step.BOOK_LOST, join.diff(diff(7, 9)));
        assertNull(join.attempt());
    }

    private static DepthDiff diff(long firstId, long lastId) {
        return diffAt(0, firstId, lastId, firstId - 1);
    }

    private static final LevelList NO_LEVELS = new LevelList();

    private static DepthDiff diffAt(long eventNanos, long firstId, long lastId, long baseId) {
        return new DepthDiff(1, firstId, baseId, lastId, eventNanos, NO_LEVELS, NO_LEVELS);
    }

    private static DepthSnapshot snapshot(long lastId) {
        return new DepthSnapshot("here", lastId, 0, NO_LEVELS, NO_LEVELS);
    }
}
