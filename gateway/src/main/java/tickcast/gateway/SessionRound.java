package tickcast.gateway;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Looks at those sessions of a shard for which something is due or waits, a few at a time: clients that came together are to be
 * told something together too, and what the feed brings meanwhile would wait for all of them. The others cost nothing. Confined to
 * the shard.
 */
final class SessionRound {
    /** Then others have their turn. */
    private static final int EFFORT_IN_A_ROW = 128;
    /** What it takes to do something for a session, as a multiple of finding that nothing waits any more. */
    private static final int EFFORT_TO_TICK = 16;

    /** Who is looked at. */
    interface Member {
        /** Does what is due; returns when something is due next. */
        long tick(long nowNanos);

        /** Whether it is to be looked at in the next round whatever is due. */
        boolean isWatched();

        /** How many bytes wait for the client. */
        long pendingBytes();
    }

    /** A member's place in the rounds. */
    final class Place implements Comparable<Place> {
        private final Member member;
        private final long number;
        private long dueNanos;
        private boolean left;

        private Place(Member member, long dueNanos) {
            this.member = member;
            this.dueNanos = dueNanos;
            number = ++places;
        }

        /** Something may wait for the client: it is looked at in each round until that is over. */
        void watch() {
            if (!left) {
                watched.add(this);
            }
        }

        /** No round looks at it any more. */
        void leave() {
            left = true;
            byDue.remove(this);
            watched.remove(this);
        }

        @Override
        public int compareTo(Place other) {
            int byTime = Long.signum(dueNanos - other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Executor afterOthers;
    private final LongSupplier nanoClock;
    private final TreeSet<Place> byDue = new TreeSet<>();
    private final Set<Place> watched = new LinkedHashSet<>();
    private long places;
    private Iterator<Place> toLookAt;
    private long queuedBytes;
    private LongConsumer whenOver;

    /** @param afterOthers runs what it is given on the shard's event loop after sockets and other sessions had their turn */
    SessionRound(Executor afterOthers, LongSupplier nanoClock) {
        this.afterOthers = afterOthers;
        this.nanoClock = nanoClock;
    }

    /** Gives {@code member} a place. */
    Place add(Member member, long dueNanos) {
        var place = new Place(member, dueNanos);
        byDue.add(place);
        return place;
    }

    /**
     * Begins a round, unless one is under way still.
     *
     * @param over is told how many bytes wait for all clients
     */
    void begin(LongConsumer over) {
        if (toLookAt != null) {
            return;
        }
        long now = nanoClock.getAsLong();
        var round = new LinkedHashSet<>(watched);
        for (var place : byDue) {
            if (place.dueNanos - now > 0) {
                break;
            }
            round.add(place);
        }
        toLookAt = round.iterator();
        queuedBytes = 0;
        whenOver = over;
        goOn();
    }

    private void goOn() {
        var round = toLookAt;
        toLookAt = null; // a round that fails is over
        long now = nanoClock.getAsLong();
        for (int effort = 0; effort < EFFORT_IN_A_ROW && round.hasNext(); ) {
            effort += look(round.next(), now);
        }
        if (round.hasNext()) {
            toLookAt = round;
            afterOthers.execute(this::goOn);
        } else {
            whenOver.accept(queuedBytes);
        }
    }

    /** Returns the effort. */
    private int look(Place place, long nowNanos) {
        if (place.left) {
            return 1;
        }
        if (place.dueNanos - nowNanos > 0 && !place.member.isWatched()) {
            watched.remove(place);
            return 1;
        }
        long nextNanos = place.member.tick(nowNanos);
        if (!place.left) {
            byDue.remove(place);
            place.dueNanos = nextNanos;
            byDue.add(place);
            queuedBytes += place.member.pendingBytes();
        }
        return EFFORT_TO_TICK;
    }
}
