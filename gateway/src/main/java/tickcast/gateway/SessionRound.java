package tickcast.gateway;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Looks at all sessions of a shard, a few at a time: clients that came together are to be told something together too, and what
 * the feed brings meanwhile would wait for all of them. Confined to the shard.
 */
final class SessionRound {
    /** Then others have their turn. */
    private static final int EFFORT_IN_A_ROW = 128;
    /** What it takes to do something for a session, as a multiple of looking at it. */
    private static final int EFFORT_TO_TICK = 16;

    /** Who is looked at. */
    interface Member {
        /** Whether there is anything to do. */
        boolean isDue(long nowNanos);

        /** Does it; returns how many bytes wait for the client. */
        long tick(long nowNanos);
    }

    private final Executor afterOthers;
    private final LongSupplier nanoClock;
    private Iterator<? extends Member> left;
    private long queuedBytes;
    private LongConsumer whenOver;

    /** @param afterOthers runs what it is given on the shard's event loop after sockets and other sessions had their turn */
    SessionRound(Executor afterOthers, LongSupplier nanoClock) {
        this.afterOthers = afterOthers;
        this.nanoClock = nanoClock;
    }

    /**
     * Begins a round, unless one is under way still.
     *
     * @param over is told how many bytes wait for all of them
     */
    void begin(Collection<? extends Member> members, LongConsumer over) {
        if (left == null) {
            left = List.copyOf(members).iterator();
            queuedBytes = 0;
            whenOver = over;
            goOn();
        }
    }

    private void goOn() {
        var members = left;
        left = null; // a round that fails is over
        long now = nanoClock.getAsLong();
        for (int effort = 0; effort < EFFORT_IN_A_ROW && members.hasNext(); ) {
            var member = members.next();
            if (member.isDue(now)) {
                queuedBytes += member.tick(now);
                effort += EFFORT_TO_TICK;
            } else {
                effort++;
            }
        }
        if (members.hasNext()) {
            left = members;
            afterOthers.execute(this::goOn);
        } else {
            whenOver.accept(queuedBytes);
        }
    }
}
