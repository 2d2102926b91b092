package tickcast.orderentry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resumes that came while the account had other sessions. Which of those had been lost already is known only when their end
 * is noticed: nothing has come from them since the resume. Confined to a thread.
 */
final class EarlyResumes {
    /** A session that resumed, or that took over from one that did. */
    static final class Resume {
        private final Set<Long> openPlacers;
        private final long atNanos;
        private long sessionId;
        private boolean ended;
        private boolean inOrder;

        private Resume(long sessionId, Set<Long> openPlacers, long atNanos) {
            this.sessionId = sessionId;
            this.openPlacers = openPlacers;
            this.atNanos = atNanos;
        }

        long sessionId() {
            return sessionId;
        }

        /** The sessions that open orders of the account were known of then; null when that was not known. */
        Set<Long> openPlacers() {
            return openPlacers;
        }

        /** Whether that session has gone too. */
        boolean ended() {
            return ended;
        }

        /** Whether its client closed it. */
        boolean inOrder() {
            return inOrder;
        }
    }

    /** The resumes of an account while the end of one session is not noticed are remembered up to so many. */
    private static final int MOST = 16;

    /** Oldest first, by the session that may have been lost before them. */
    private final Map<Long, List<Resume>> resumes = new HashMap<>();

    /** @param others the account's sessions whose end has not been noticed */
    void resumed(long sessionId, List<WatchedSession> others, Set<Long> openPlacers, long atNanos) {
        var resume = new Resume(sessionId, openPlacers, atNanos);
        others.forEach(other -> add(other.sessionId(), resume));
    }

    /** If that session was lost before that resume, its orders go there. */
    void add(long sessionId, Resume resume) {
        var known = resumes.computeIfAbsent(sessionId, id -> new ArrayList<>(1));
        known.removeIf(before -> before.sessionId == resume.sessionId);
        known.add(resume);
        if (known.size() > MOST) {
            known.remove(0);
        }
    }

    /** A session wants nothing cancelled, or has been taken over, so that its end does not matter. */
    void forget(long sessionId) {
        resumes.remove(sessionId);
    }

    void takenOver(long sessionId, long by) {
        forget(sessionId);
        of(sessionId).forEach(resume -> {
            resume.sessionId = by;
            resume.ended = false;
        });
    }

    /**
     * The end of a session was noticed.
     *
     * @param heardNanos when the last came from it
     * @return the resumes that came after that, oldest first
     */
    List<Resume> ended(long sessionId, boolean inOrder, long heardNanos) {
        var known = resumes.remove(sessionId);
        of(sessionId).forEach(resume -> {
            resume.ended = true;
            resume.inOrder = inOrder;
        });
        return known == null
                ? List.of()
                : known.stream()
                        .filter(resume -> heardNanos - resume.atNanos < 0)
                        .toList();
    }

    /** Null when all of them have ended too. */
    static Resume newestThere(List<Resume> resumes) {
        return resumes.stream()
                .filter(resume -> !resume.ended)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private Stream<Resume> of(long sessionId) {
        return resumes.values().stream().flatMap(List::stream).filter(resume -> resume.sessionId == sessionId);
    }
}
