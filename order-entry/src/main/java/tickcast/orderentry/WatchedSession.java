package tickcast.orderentry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    /** Of more sessions than this that one has taken over, those without open orders are forgotten. */
    static final int MOST_PLACERS = 16;
    /** Their newest orders may still be on the way. */
    private static final int NEWEST_PLACERS = 4;

    WatchedSession {
        placers = List.copyOf(placers);
    }

    WatchedSession withPlacers(List<Long> newPlacers) {
        return new WatchedSession(sessionId, account, scope, graceMillis, onClose, newPlacers);
    }

    /** Without those that are known to have no open orders, when there are many. @param openPlacers null when that is not known */
    static List<Long> shortened(LinkedHashSet<Long> placers, Set<Long> openPlacers) {
        if (openPlacers == null || placers.size() <= MOST_PLACERS) {
            return List.copyOf(placers);
        }
        var all = new ArrayList<>(placers);
        var newest = new HashSet<>(all.subList(all.size() - NEWEST_PLACERS, all.size()));
        all.removeIf(placer -> !newest.contains(placer) && !openPlacers.contains(placer));
        return all;
    }
}
