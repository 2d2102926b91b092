package tickcast.orderentry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** The newest resume, by the session that may have been lost before it. */
    private final Map<Long, Resume> resumes = new HashMap<>();

    /** @param others the account's sessions whose end has not been noticed */
    void resumed(long sessionId, List<WatchedSession> others, Set<Long> openPlacers, long atNanos) {
        others.forEach(other -> resumes.put(other.sessionId(), new Resume(sessionId, openPlacers, atNanos)));
    }

    /** A session has been taken over, so that its end does not matter. */
    void takenOver(long sessionId, long by) {
        resumes.remove(sessionId);
        resumes.values().stream()
                .filter(resume -> resume.sessionId == sessionId)
                .forEach(resume -> {
                    resume.sessionId = by;
                    resume.ended = false;
                });
    }

    /**
     * The end of a session was noticed.
     *
     * @param heardNanos when the last came from it
     * @return the resume that came after that, null when there was none
     */
    Resume ended(long sessionId, boolean inOrder, long heardNanos) {
        var resume = resumes.remove(sessionId);
        resumes.values().stream().filter(other -> other.sessionId == sessionId).forEach(other -> {
            other.ended = true;
            other.inOrder = inOrder;
        });
        return resume != null && heardNanos - resume.atNanos < 0 ? resume : null;
    }
}
