package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionRoundTest {
    private static final int DUE_IN_A_ROW = 8;
    private static final int IDLE_IN_A_ROW = 128;

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Integer> ticked = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private long now = 1_000;
    private final SessionRound round = new SessionRound(later::add, () -> now);

    @Test
    void othersHaveTheirTurnAfterAFewThatAreDue() {
        round.begin(members(20, now), told::add);
        assertEquals(DUE_IN_A_ROW, ticked.size());
        later.remove().run();
        assertEquals(2 * DUE_IN_A_ROW, ticked.size());
        assertTrue(told.isEmpty());
        later.remove().run();
        assertEquals(IntStream.range(0, 20).boxed().toList(), ticked);
        assertEquals(List.of(20L), told, "a byte waits for each");
        assertTrue(later.isEmpty());
    }

    @Test
    void manyAreLookedAtWhereNothingIsDue() {
        round.begin(members(IDLE_IN_A_ROW, now + 1), told::add);
        assertTrue(ticked.isEmpty());
        assertEquals(List.of(0L), told);
        round.begin(members(IDLE_IN_A_ROW + 1, now + 1), told::add);
        assertEquals(1, later.size());
    }

    @Test
    void theNextRoundBeginsWhenThisOneIsOver() {
        round.begin(members(DUE_IN_A_ROW + 1, now), told::add);
        round.begin(members(5, now), told::add);
        assertEquals(1, later.size());
        later.remove().run();
        assertEquals(List.of(DUE_IN_A_ROW + 1L), told);
        round.begin(members(5, now), told::add);
        assertEquals(List.of(DUE_IN_A_ROW + 1L, 5L), told);
    }

    @Test
    void theClockIsReadAnewAfterOthers() {
        round.begin(
                List.copyOf(IntStream.range(0, IDLE_IN_A_ROW + 1)
                        .mapToObj(i -> member(i, i < IDLE_IN_A_ROW ? now + 1_000 : now + 5))
                        .toList()),
                told::add);
        now += 5;
        later.remove().run();
        assertEquals(List.of(IDLE_IN_A_ROW), ticked);
    }

    @Test
    void aRoundThatFailsIsOver() {
        var failing = new SessionRound.Member() {
            @Override
            public boolean isDue(long nowNanos) {
                return true;
            }

            @Override
            public long tick(long nowNanos) {
                throw new IllegalStateException("broken");
            }
        };
        assertThrows(IllegalStateException.class, () -> round.begin(List.of(failing), told::add));
        round.begin(members(2, now), told::add);
        assertEquals(List.of(2L), told);
    }

    @Test
    void nobodyIsThere() {
        round.begin(List.of(), told::add);
        assertEquals(List.of(0L), told);
    }

    private List<SessionRound.Member> members(int count, long dueNanos) {
        return IntStream.range(0, count).mapToObj(i -> member(i, dueNanos)).toList();
    }

    private SessionRound.Member member(int number, long dueNanos) {
        return new SessionRound.Member() {
            @Override
            public boolean isDue(long nowNanos) {
                return nowNanos >= dueNanos;
            }

            @Override
            public long tick(long nowNanos) {
                ticked.add(number);
                return 1;
            }
        };
    }
}
