package tickcast.orderentry;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.sbe.Reason;

/**
 * Decides when open orders are cancelled because nobody minds them: those of sessions that have gone and not come back in
 * time, and those of accounts whose dead-man timer ran out. What it was told it still knows after the process was killed;
 * the times begin anew then, since nobody could come back meanwhile.
 *
 * <p>Confined to the {@link OrderWriter}'s thread. Times are nanoseconds of a clock that never goes back.
 */
final class AbsenceWatch implements AutoCloseable {
    /** Where cancels go. */
    interface Cancels {
        /**
         * Cancels the account's open orders.
         *
         * @param placedBySession only those of this session; 0 for all
         * @return false when that cannot be written now; it is tried again
         */
        boolean cancelAll(String account, long placedBySession, Reason reason);
    }

    /** Most sessions that are watched, and most timers. */
    static final int MOST = 100_000;

    private static final int MOST_AT_ONCE = 256;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FAR_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AbsenceLog log;
    private final Cancels cancels;
    /** Of sessions that have gone. */
    private final Map<Long, Long> sessionsDue = new HashMap<>();

    private final Map<String, Long> timersDue = new HashMap<>();
    private final EarlyResumes earlyResumes = new EarlyResumes();
    private long nextLookNanos;

    /** Goes on with what {@code log} holds: all its sessions have gone, and all its timers begin. */
    AbsenceWatch(AbsenceLog log, Cancels cancels, long nowNanos) {
        this.log = log;
        this.cancels = cancels;
        log.sessions()
                .forEach(session -> sessionsDue.put(session.sessionId(), nowNanos + nanos(session.graceMillis())));
        log.timers().forEach((account, millis) -> timersDue.put(account, nowNanos + nanos(millis)));
        nextLookNanos = nowNanos;
    }

    /** Whether another session or timer can be taken. */
    boolean hasRoom() {
        return log.sessions().size() < MOST && log.timers().size() < MOST;
    }

    /**
     * A live session says what is to be cancelled when it goes.
     *
     * @param session with scope and times; its placers are ignored
     * @param takesOver a session of the account that is no more, or is about to be; 0 for none
     * @param openPlacers the sessions that open orders of the account are known of; null when that is not known
     * @return how many sessions it took over: 1, or 0 when {@code takesOver} is not watched
     */
    int terms(WatchedSession session, long takesOver, Set<Long> openPlacers) {
        long sessionId = session.sessionId();
        var placers = new LinkedHashSet<Long>();
        int takenOver = takesOver == sessionId ? 0 : takeOver(takesOver, session.account(), placers);
        var before = log.session(sessionId);
        if (before != null) {
            placers.addAll(before.placers());
        }
        put(session, placers, openPlacers);
        return takenOver;
    }

    /**
     * A live session goes on where sessions of its account stopped: it takes over all that have gone and whose time is not
     * over, and what they wanted unless it has said itself what it wants. Of those that seem to be there it takes over, once
     * their end is noticed, the ones that say nothing any more.
     */
    int resumed(long sessionId, String account, Set<Long> openPlacers, long nowNanos) {
        var others = log.sessions().stream()
                .filter(session -> session.account().equals(account) && session.sessionId() != sessionId)
                .collect(Collectors.partitioningBy(session -> sessionsDue.containsKey(session.sessionId())));
        earlyResumes.resumed(sessionId, others.get(false), openPlacers, nowNanos);
        goOn(sessionId, account, others.get(true), openPlacers);
        return others.get(true).size();
    }

    private void goOn(long sessionId, String account, List<WatchedSession> gone, Set<Long> openPlacers) {
        if (gone.isEmpty()) {
            return;
        }
        var own = log.session(sessionId);
        var placers = new LinkedHashSet<Long>();
        gone.forEach(session -> placers.addAll(session.placers()));
        if (own == null) {
            boolean all = gone.stream().anyMatch(session -> session.scope() == CancelScope.ACCOUNT);
            own = new WatchedSession(
                    sessionId,
                    account,
                    all ? CancelScope.ACCOUNT : CancelScope.SESSION,
                    gone.stream().mapToInt(WatchedSession::graceMillis).max().getAsInt(),
                    gone.stream().anyMatch(WatchedSession::onClose),
                    List.of());
        } else {
            placers.addAll(own.placers());
        }
        put(own, placers, openPlacers);
    }

    /**
     * The end of a session is noticed.
     *
     * @param inOrder whether the client closed it; else the connection was lost
     * @param heardNanos when the last came from it
     */
    void gone(long sessionId, boolean inOrder, long heardNanos, long nowNanos) {
        var resumes = earlyResumes.ended(sessionId, inOrder, heardNanos);
        var session = log.session(sessionId);
        if (session == null) {
            if (!inOrder) {
                resumes.forEach(resume -> leave(sessionId, log.session(resume.sessionId())));
            }
            return;
        }
        boolean clientLeft =
                resumes.isEmpty() ? inOrder : resumes.get(resumes.size() - 1).inOrder();
        var heir = EarlyResumes.newestThere(resumes);
        if (heir != null) {
            resumes.stream()
                    .filter(resume -> resume != heir && !resume.ended() && log.session(resume.sessionId()) == null)
                    .forEach(resume -> earlyResumes.add(resume.sessionId(), heir));
            goOn(heir.sessionId(), session.account(), List.of(withLost(session, resumes)), heir.openPlacers());
        } else if (clientLeft && !session.onClose()) {
            log.remove(sessionId);
        } else {
            sessionsDue.put(sessionId, nowNanos + nanos(session.graceMillis()));
            lookAfter(nanos(session.graceMillis()), nowNanos);
            log.put(withLost(session, resumes));
        }
    }

    /** With those who resumed for it and have gone too, of whom it was not known what they wanted: nobody minds their orders. */
    private WatchedSession withLost(WatchedSession session, List<EarlyResumes.Resume> resumes) {
        var placers = new LinkedHashSet<>(session.placers());
        resumes.stream()
                .filter(resume -> resume.ended() && (session.onClose() || !resume.inOrder()))
                .map(EarlyResumes.Resume::sessionId)
                .filter(id -> log.session(id) == null)
                .forEach(placers::add);
        return session.withPlacers(List.copyOf(placers));
    }

    /** A session that was lost leaves its orders to the one that went on where another stopped. */
    private void leave(long sessionId, WatchedSession heir) {
        if (heir != null) {
            var placers = new ArrayList<>(heir.placers());
            placers.remove(sessionId);
            placers.add(0, sessionId);
            log.put(heir.withPlacers(placers));
        }
    }

    /** Sets the account's dead-man timer anew. @param timeoutMillis 0 for never */
    void timer(String account, int timeoutMillis, long nowNanos) {
        log.putTimer(account, timeoutMillis);
        if (timeoutMillis == 0) {
            timersDue.remove(account);
        } else {
            timersDue.put(account, nowNanos + nanos(timeoutMillis));
            lookAfter(nanos(timeoutMillis), nowNanos);
        }
    }

    /** In how many nanoseconds something may be due. */
    long nextLookIn(long nowNanos) {
        return sessionsDue.isEmpty() && timersDue.isEmpty() ? FAR_NANOS : Math.max(0, nextLookNanos - nowNanos);
    }

    /** Cancels what is due; returns for how many sessions and accounts that was. */
    int doWork(long nowNanos) {
        if (nowNanos - nextLookNanos < 0 || sessionsDue.isEmpty() && timersDue.isEmpty()) {
            return 0;
        }
        nextLookNanos = nowNanos + FAR_NANOS;
        try {
            return cancelDue(nowNanos);
        } catch (UncheckedIOException e) { // what is due after the one at hand
            lookAfter(RETRY_NANOS, nowNanos);
            throw e;
        }
    }

    private int cancelDue(long nowNanos) {
        int done = 0;
        for (long sessionId : due(sessionsDue, nowNanos)) {
            if (!cancel(log.session(sessionId))) {
                lookAfter(RETRY_NANOS, nowNanos);
                return done;
            }
            sessionsDue.remove(sessionId);
            log.remove(sessionId);
            done++;
        }
        for (String account : due(timersDue, nowNanos)) {
            if (!cancels.cancelAll(account, 0, Reason.DEAD_MAN)) {
                lookAfter(RETRY_NANOS, nowNanos);
                return done;
            }
            timersDue.remove(account);
            log.putTimer(account, 0);
            done++;
        }
        return done;
    }

    @Override
    public void close() {
        log.close();
    }

    private boolean cancel(WatchedSession session) {
        if (session.scope() == CancelScope.ACCOUNT) {
            return cancels.cancelAll(session.account(), 0, Reason.SESSION_DISCONNECTED);
        }
        for (long placer : session.placers()) {
            if (!cancels.cancelAll(session.account(), placer, Reason.SESSION_DISCONNECTED)) {
                return false;
            }
        }
        return true;
    }

    private int takeOver(long sessionId, String account, Set<Long> placers) {
        var session = log.session(sessionId);
        if (session == null || !session.account().equals(account)) {
            return 0;
        }
        placers.addAll(session.placers());
        return 1;
    }

    /** The new session is kept before those that it takes over are forgotten: a crash in between cancels, and loses nothing. */
    private void put(WatchedSession session, LinkedHashSet<Long> placers, Set<Long> openPlacers) {
        long sessionId = session.sessionId();
        placers.remove(sessionId);
        placers.add(sessionId);
        if (session.scope() != CancelScope.NONE) {
            log.put(session.withPlacers(WatchedSession.shortened(placers, openPlacers)));
        } else {
            log.remove(sessionId);
            earlyResumes.forget(sessionId);
        }
        sessionsDue.remove(sessionId);
        for (long placer : placers) {
            if (placer != sessionId) {
                sessionsDue.remove(placer);
                log.remove(placer);
                earlyResumes.takenOver(placer, sessionId);
            }
        }
    }

    /** Some of what is due; the next look is set to what comes after. */
    private <K> List<K> due(Map<K, Long> times, long nowNanos) {
        var due = new ArrayList<K>();
        for (var entry : times.entrySet()) {
            long waitNanos = entry.getValue() - nowNanos;
            if (waitNanos <= 0 && due.size() < MOST_AT_ONCE) {
                due.add(entry.getKey());
            } else {
                lookAfter(Math.max(waitNanos, LOOK_AGAIN_NANOS), nowNanos);
            }
        }
        return due;
    }

    private void lookAfter(long delayNanos, long nowNanos) {
        nextLookNanos = nowNanos + Math.min(nextLookNanos - nowNanos, delayNanos);
    }

    private static long nanos(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
