package tickcast.orderentry;

import java.util.List;
import tickcast.protocol.json.CancelScope;

/**
 * A session that wants orders cancelled when it goes.
 *
 * @param scope never {@link CancelScope#NONE}
 * @param onClose when it closes in order, too
 * @param placers the sessions whose orders count as its own, oldest first: those that it took over, and itself
 */
record WatchedSession(
        long sessionId, String account, CancelScope scope, int graceMillis, boolean onClose, List<Long> placers) {
    WatchedSession {
        placers = List.copyOf(placers);
    }

    WatchedSession withPlacers(List<Long> newPlacers) {
        return new WatchedSession(sessionId, account, scope, graceMillis, onClose, newPlacers);
    }
}
