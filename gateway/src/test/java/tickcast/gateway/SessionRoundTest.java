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
    private static final int TICKS_IN_A_ROW = 8;
    private static final int LOOKS_IN_A_ROW = 128;
    private static final long INTERVAL = 100;

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Integer> ticked = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private long now = Long.MAX_VALUE - INTERVAL / 2; // the clock may run over
    private final SessionRound round = new SessionRound(later::add, () -> now);

    @Test
    void othersHaveTheirTurnAfterAFewThatAreDue() {
        members(20, now);
        round.begin(told::add);
        assertEquals(numbers(0, TICKS_IN_A_ROW), ticked);
        later.remove().run();
        assertEquals(numbers(0, 2 * TICKS_IN_A_ROW), ticked);
        assertTrue(told.isEmpty());
        later.remove().run();
        assertEquals(numbers(0, 20), ticked);
        assertEquals(List.of(0L), told);
        assertTrue(later.isEmpty());
    }

    @Test
    void thoseThatAreDueLaterAreNotLookedAt() {
        members(3, now + 1);
        members(3, now);
        round.begin(told::add);
        assertEquals(numbers(3, 6), ticked);
        now++;
        round.begin(told::add);
        assertEquals(List.of(3, 4, 5, 0, 1, 2), ticked);
    }

    @Test
    void eachSaysWhenItIsDueNext() {
        members(1, now);
        round.begin(told::add);
        now += INTERVAL - 1;
        round.begin(told::add);
        assertEquals(List.of(0), ticked);
        now++;
        round.begin(told::add);
        assertEquals(List.of(0, 0), ticked);
    }

    @Test
    void thoseThatAreWatchedAreLookedAtInEachRoundUntilThatIsOver() {
        var members = members(3, now + INTERVAL);
        members.get(1).waits(5);
        members.get(2).waits(7);
        round.begin(told::add);
        round.begin(told::add);
        members.get(1).pendingBytes = 0;
        round.begin(told::add);
        round.begin(told::add);
        assertEquals(List.of(1, 2, 1, 2, 2, 2), ticked);
        assertEquals(List.of(12L, 12L, 7L, 7L), told, "what waits for all");
    }

    @Test
    void manyAreLookedAtForWhomNothingWaitsAnyMore() {
        members(LOOKS_IN_A_ROW + 1, now + INTERVAL).forEach(member -> {
            member.waits(5);
            member.pendingBytes = 0;
        });
        round.begin(told::add);
        assertTrue(told.isEmpty());
        later.remove().run();
        assertEquals(List.of(0L), told);
        round.begin(told::add);
        assertTrue(later.isEmpty(), "nobody is watched any more");
        assertTrue(ticked.isEmpty());
    }

    @Test
    void oneThatIsDueAndWatchedIsLookedAtOnce() {
        members(1, now).get(0).waits(5);
        round.begin(told::add);
        assertEquals(List.of(0), ticked);
        assertEquals(List.of(5L), told);
    }

    @Test
    void theNextRoundBeginsWhenThisOneIsOver() {
        members(TICKS_IN_A_ROW + 1, now);
        round.begin(told::add);
        round.begin(told::add);
        assertEquals(1, later.size());
        later.remove().run();
        assertEquals(1, told.size());
        round.begin(told::add);
        assertEquals(2, told.size());
        assertEquals(TICKS_IN_A_ROW + 1, ticked.size());
    }

    @Test
    void theClockIsReadAnewAfterOthers() {
        members(TICKS_IN_A_ROW + 1, now);
        round.begin(told::add);
        now += 5;
        later.remove().run();
        now += INTERVAL - 1;
        ticked.clear();
        round.begin(told::add);
        assertEquals(numbers(0, TICKS_IN_A_ROW), ticked, "the last one is due 5 ns after the others");
    }

    @Test
    void thoseThatHaveLeftAreNotLookedAt() {
        var members = members(TICKS_IN_A_ROW + 2, now);
        round.begin(told::add);
        members.get(TICKS_IN_A_ROW).place.leave();
        later.remove().run();
        now += INTERVAL;
        members.get(0).place.leave();
        members.get(0).place.watch();
        round.begin(told::add);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 9, 1, 2, 3, 4, 5, 6, 7, 9), ticked);
    }

    @Test
    void oneMayLeaveWhenItIsLookedAt() {
        var member = members(1, now).get(0);
        member.action = member.place::leave;
        round.begin(told::add);
        now += INTERVAL;
        round.begin(told::add);
        assertEquals(List.of(0), ticked);
    }

    @Test
    void aRoundThatFailsIsOver() {
        var member = members(2, now).get(0);
        member.action = () -> {
            throw new IllegalStateException("broken");
        };
        assertThrows(IllegalStateException.class, () -> round.begin(told::add));
        member.action = () -> {};
        round.begin(told::add);
        assertEquals(List.of(0, 0, 1), ticked);
        assertEquals(List.of(0L), told);
    }

    @Test
    void nobodyIsThere() {
        round.begin(told::add);
        assertEquals(List.of(0L), told);
    }

    private List<Client> members(int count, long dueNanos) {
        int first = clients.size();
        for (int i = 0; i < count; i++) {
            clients.add(new Client(clients.size(), dueNanos));
        }
        return clients.subList(first, clients.size());
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private final class Client implements SessionRound.Member {
        private final int number;
        private final SessionRound.Place place;
        private long pendingBytes;
        private Runnable action = () -> {};

        Client(int number, long dueNanos) {
            this.number = number;
            place = round.add(this, dueNanos);
        }

        void waits(long bytes) {
            pendingBytes = bytes;
            place.watch();
        }

        @Override
        public long tick(long nowNanos) {
            ticked.add(number);
            action.run();
            return nowNanos + INTERVAL;
        }

        @Override
        public boolean isWatched() {
            return pendingBytes > 0;
        }

        @Override
        public long pendingBytes() {
            return pendingBytes;
        }
    }
}
