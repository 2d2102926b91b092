package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.sbe.Reason;

/** Times are milliseconds since the beginning of the test. */
class AbsenceWatchTest {
    @TempDir
    Path directory;

    private final List<String> cancels = new ArrayList<>();
    private boolean written = true;
    private AbsenceWatch watch;

    @BeforeEach
    void start() {
        start(0);
    }

    @AfterEach
    void kill() {
        watch.close();
    }

    @Test
    void aSessionsOrdersAreCancelledWhenItHasNotComeBackInTime() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        gone(1, false, 1_000);
        assertCancelled(1_499);
        assertCancelled(1_500, "a 1 SESSION_DISCONNECTED");
        assertCancelled(9_000);
    }

    @Test
    void itTellsWhenToLookNext() {
        assertTrue(watch.nextLookIn(nanos(0)) > nanos(1_000_000));
        watch.timer("a", 800, nanos(1_000));
        assertCancelled(1_000);
        assertEquals(nanos(800), watch.nextLookIn(nanos(1_000)));
        assertEquals(0, watch.nextLookIn(nanos(1_900)));
        assertCancelled(1_900, "a 0 DEAD_MAN");
        assertTrue(watch.nextLookIn(nanos(2_000)) > nanos(1_000_000));
    }

    @Test
    void withoutTimeAtOnce() {
        watch.terms(session(1, "a", CancelScope.ACCOUNT, 0), 0, Set.of());
        assertCancelled(1_000);
        gone(1, false, 1_000);
        assertCancelled(1_000, "a 0 SESSION_DISCONNECTED");
    }

    @Test
    void whoWantsNothingLosesNothing() {
        gone(1, false, 0);
        watch.terms(session(2, "a", CancelScope.SESSION, 0), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.NONE, 0), 0, Set.of());
        gone(2, false, 0);
        assertCancelled(9_000);
    }

    @Test
    void aCloseInOrderCountsOnlyWhenAsked() {
        watch.terms(session(1, "a", CancelScope.SESSION, 0), 0, Set.of());
        watch.terms(new WatchedSession(2, "a", CancelScope.SESSION, 0, true, List.of()), 0, Set.of());
        gone(1, true, 0);
        gone(2, true, 0);
        assertCancelled(0, "a 2 SESSION_DISCONNECTED");
    }

    @Test
    void whoTakesOverInTimeKeepsTheOrders() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        gone(1, false, 0);
        assertEquals(1, watch.terms(session(2, "a", CancelScope.SESSION, 100), 1, Set.of(1L)));
        assertCancelled(9_000);
        gone(2, false, 9_000);
        assertCancelled(9_100, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED");
    }

    @Test
    void aSessionMayBeTakenOverBeforeItsEndIsNoticed() {
        watch.terms(session(1, "a", CancelScope.SESSION, 0), 0, Set.of());
        assertEquals(1, watch.terms(session(2, "a", CancelScope.SESSION, 0), 1, Set.of(1L)));
        gone(1, false, 10);
        assertCancelled(9_000);
    }

    @Test
    void nobodyTakesOverWhatIsNotTheirs() {
        watch.terms(session(1, "a", CancelScope.SESSION, 0), 0, Set.of());
        assertEquals(0, watch.terms(session(2, "b", CancelScope.NONE, 0), 1, Set.of()));
        assertEquals(0, watch.resumed(2, "b", Set.of(), nanos(0)));
        gone(1, false, 10);
        assertCancelled(10, "a 1 SESSION_DISCONNECTED");
        assertEquals(0, watch.terms(session(3, "a", CancelScope.SESSION, 0), 1, Set.of()), "too late");
    }

    @Test
    void aResumeTakesOverAllThatHaveGoneAndWhatTheyWanted() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.SESSION, 700), 0, Set.of());
        watch.terms(session(3, "a", CancelScope.SESSION, 0), 0, Set.of());
        gone(1, false, 0);
        gone(2, false, 0);
        assertEquals(2, watch.resumed(4, "a", Set.of(), nanos(0)));
        assertEquals(0, watch.resumed(4, "a", Set.of(), nanos(0)));
        assertCancelled(5_000);
        gone(4, false, 5_000);
        assertCancelled(5_699);
        assertCancelled(5_700, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED", "a 4 SESSION_DISCONNECTED");
        gone(3, false, 6_000);
        assertCancelled(6_000, "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void aResumeTakesOverWhatIsNoticedLater() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.SESSION, 0), 0, Set.of());
        assertEquals(0, watch.resumed(3, "a", Set.of(), nanos(100)));
        watch.gone(1, false, nanos(99), nanos(5_000));
        assertCancelled(9_000);
        watch.gone(2, false, nanos(101), nanos(9_000));
        assertCancelled(9_000, "a 2 SESSION_DISCONNECTED");
        gone(3, false, 10_000);
        assertCancelled(10_499);
        assertCancelled(10_500, "a 1 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void whoResumedEarlyAndIsLostTooIsMindedWithTheOneBefore() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        gone(2, false, 200);
        watch.gone(1, false, nanos(99), nanos(1_000));
        assertCancelled(1_499);
        assertCancelled(1_500, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED");
    }

    @Test
    void whoResumedEarlyAndIsLostTooIsMindedByTheNextWhoResumes() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        gone(2, false, 200);
        watch.resumed(3, "a", Set.of(), nanos(300));
        watch.gone(1, false, nanos(99), nanos(1_000));
        assertCancelled(9_000);
        gone(3, false, 10_000);
        assertCancelled(10_499);
        assertCancelled(10_500, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void theOnesInBetweenAreMindedThoughTheirEndIsNoticedLast() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        watch.resumed(3, "a", Set.of(), nanos(300));
        watch.gone(1, false, nanos(99), nanos(1_000));
        watch.gone(2, false, nanos(299), nanos(1_100));
        assertCancelled(9_000);
        gone(3, false, 10_000);
        assertCancelled(10_500, "a 2 SESSION_DISCONNECTED", "a 1 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void whoIsThereStillWhenAnotherResumesKeepsItsOrders() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        watch.resumed(3, "a", Set.of(), nanos(300));
        watch.gone(1, false, nanos(99), nanos(1_000));
        watch.gone(2, false, nanos(301), nanos(1_100));
        gone(3, false, 10_000);
        assertCancelled(10_500, "a 1 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void whoTakesBackWhatItWantedIsNotMindedByOthers() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(3, "a", Set.of(), nanos(100));
        watch.terms(session(1, "a", CancelScope.NONE, 0), 0, Set.of());
        watch.gone(2, false, nanos(99), nanos(1_000));
        watch.gone(1, false, nanos(99), nanos(1_000));
        gone(3, false, 10_000);
        assertCancelled(10_500, "a 2 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void soManyMayBeLostBeforeTheEndOfTheFirstIsNoticed() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        watch.resumed(3, "a", Set.of(), nanos(300));
        gone(3, false, 400);
        gone(2, false, 500);
        watch.gone(1, false, nanos(99), nanos(1_000));
        assertCancelled(1_500, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void whoResumedEarlyAndLeftInOrderLeavesTheOrders() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        gone(2, true, 200);
        watch.gone(1, false, nanos(99), nanos(1_000));
        assertCancelled(9_000);
    }

    @Test
    void whoTakesOverFromOneThatResumedEarlyTakesOverBoth() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.resumed(2, "a", Set.of(), nanos(100));
        watch.terms(session(2, "a", CancelScope.SESSION, 500), 0, Set.of());
        gone(2, false, 200);
        assertEquals(1, watch.terms(session(3, "a", CancelScope.SESSION, 50), 2, Set.of()));
        watch.gone(1, false, nanos(99), nanos(1_000));
        assertCancelled(9_000);
        gone(3, false, 9_000);
        assertCancelled(9_050, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED", "a 3 SESSION_DISCONNECTED");
    }

    @Test
    void aResumeKeepsWhatTheSessionSaidItself() {
        watch.terms(session(1, "a", CancelScope.ACCOUNT, 500), 0, Set.of());
        gone(1, false, 0);
        watch.terms(session(2, "a", CancelScope.SESSION, 50), 0, Set.of());
        assertEquals(1, watch.resumed(2, "a", Set.of(), nanos(0)));
        gone(2, false, 1_000);
        assertCancelled(1_050, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED");
    }

    @Test
    void sessionsWithoutOrdersAreForgottenInALongChain() {
        for (long id = 1; id <= 100; id++) {
            watch.terms(session(id, "a", CancelScope.SESSION, 0), id - 1, Set.of(1L, 50L));
        }
        gone(100, false, 0);
        watch.doWork(nanos(0));
        assertEquals("a 1 SESSION_DISCONNECTED", cancels.get(0));
        assertTrue(cancels.contains("a 50 SESSION_DISCONNECTED"), cancels.toString());
        assertTrue(cancels.contains("a 99 SESSION_DISCONNECTED"), cancels.toString());
        assertTrue(cancels.size() <= WatchedSession.MOST_PLACERS + 1, cancels.toString());
    }

    @Test
    void whatCannotBeWrittenIsTriedAgain() {
        watch.terms(session(1, "a", CancelScope.SESSION, 0), 0, Set.of());
        gone(1, false, 0);
        written = false;
        assertCancelled(0);
        written = true;
        assertCancelled(99);
        assertCancelled(100, "a 1 SESSION_DISCONNECTED");
    }

    @Test
    void allThatIsDueIsCancelledThoughItCannotBeKept() throws IOException {
        watch.terms(session(1, "a", CancelScope.SESSION, 0), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.SESSION, 0), 0, Set.of());
        watch.timer("b", 1, nanos(0));
        gone(1, false, 0);
        gone(2, false, 0);
        watch.close();
        for (int now = 1; now <= 3; now++) {
            long nowNanos = nanos(100 * now);
            assertThrows(UncheckedIOException.class, () -> watch.doWork(nowNanos));
        }
        assertEquals(
                Set.of("a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED", "b 0 DEAD_MAN"), Set.copyOf(cancels));
        assertCancelled(9_000, cancels.toArray(String[]::new));
    }

    @Test
    void aTimerRunsOutUnlessItIsSetAgain() {
        watch.timer("a", 1_000, nanos(0));
        watch.timer("b", 5_000, nanos(0));
        watch.timer("a", 1_000, nanos(900));
        assertCancelled(1_899);
        assertCancelled(1_900, "a 0 DEAD_MAN");
        watch.timer("b", 0, nanos(2_000));
        assertCancelled(9_000);
    }

    @Test
    void afterAKillAllSessionsHaveGoneAndAllTimersBegin() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.terms(session(2, "a", CancelScope.SESSION, 500), 1, Set.of());
        watch.terms(session(3, "b", CancelScope.ACCOUNT, 0), 0, Set.of());
        gone(3, true, 5);
        watch.timer("c", 300, nanos(6));
        watch.timer("d", 300, nanos(6));
        watch.timer("d", 0, nanos(7));
        watch.close();
        start(60_000);
        assertCancelled(60_299);
        assertCancelled(60_300, "c 0 DEAD_MAN");
        assertCancelled(60_500, "a 1 SESSION_DISCONNECTED", "a 2 SESSION_DISCONNECTED");
        watch.close();
        start(70_000);
        assertCancelled(90_000);
    }

    @Test
    void aSessionOfTheRunBeforeCanBeTakenOver() {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.close();
        start(0);
        assertEquals(1, watch.terms(session(7, "a", CancelScope.SESSION, 500), 1, null));
        assertCancelled(9_000);
    }

    @Test
    void aTornLineIsLeftOutAndTheRestIsKnown() throws IOException {
        watch.terms(session(1, "a", CancelScope.SESSION, 500), 0, Set.of());
        watch.close();
        var file = directory.resolve(AbsenceLog.FILE_NAME);
        Files.writeString(file, "nonsense\nended\tx\ntimer\tc\t300\nended\t1", StandardOpenOption.APPEND);
        start(0);
        assertCancelled(300, "c 0 DEAD_MAN");
        assertCancelled(500, "a 1 SESSION_DISCONNECTED");
    }

    @Test
    void theFileStaysShort() throws IOException {
        watch.timer("b", 10_000, nanos(0));
        for (int i = 1; i <= 20_000; i++) {
            watch.timer("a", i % 2 == 0 ? 0 : 1_000, nanos(0));
        }
        long lines = Files.readAllLines(directory.resolve(AbsenceLog.FILE_NAME)).size();
        assertTrue(lines < 2_000, lines + " lines");
        watch.close();
        start(0);
        assertCancelled(20_000, "b 0 DEAD_MAN");
    }

    /** All of many at once, in turns that are bounded. */
    @Test
    void manyAtOnce() {
        LongStream.rangeClosed(1, 1_000)
                .forEach(id -> watch.terms(session(id, "a" + id, CancelScope.SESSION, 0), 0, Set.of()));
        LongStream.rangeClosed(1, 1_000).forEach(id -> gone(id, false, 0));
        int turns = 0;
        for (long now = 0; cancels.size() < 1_000; now++) {
            assertTrue(watch.doWork(nanos(now)) < 1_000);
            assertTrue(++turns < 100);
        }
        assertEquals(1_000, Set.copyOf(cancels).size());
    }

    /** Something came from it just before. */
    private void gone(long sessionId, boolean inOrder, long nowMillis) {
        watch.gone(sessionId, inOrder, nanos(nowMillis), nanos(nowMillis));
    }

    private void start(long nowMillis) {
        watch = new AbsenceWatch(
                AbsenceLog.open(directory.resolve(AbsenceLog.FILE_NAME)), this::cancelled, nanos(nowMillis));
    }

    private boolean cancelled(String account, long placedBySession, Reason reason) {
        return written && cancels.add(account + " " + placedBySession + " " + reason);
    }

    private void assertCancelled(long nowMillis, String... expected) {
        watch.doWork(nanos(nowMillis));
        assertEquals(List.of(expected), List.copyOf(cancels));
        cancels.clear();
    }

    private static WatchedSession session(long id, String account, CancelScope scope, int graceMillis) {
        return new WatchedSession(id, account, scope, graceMillis, false, List.of());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
