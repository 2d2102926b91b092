package tickcast.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;

/** What a shard's clients leave waiting of the budget that all shards have. Confined to the shard. */
final class OutboundShare {
    private final OutboundBudget budget;
    private long toldBytes;

    OutboundShare(OutboundBudget budget) {
        this.budget = budget;
    }

    /** So much waits for these sessions now; when it is too much for all shards, those with most are closed. */
    void tell(long bytes, Collection<Session> sessions) {
        long tooMuch = budget.tell(bytes, toldBytes);
        toldBytes = bytes;
        if (tooMuch > 0) {
            shed(tooMuch, sessions);
        }
    }

    private static void shed(long bytes, Collection<Session> sessions) {
        var most = new ArrayList<>(sessions);
        most.sort(Comparator.comparingLong(Session::pendingBytes).reversed());
        long left = bytes;
        for (var session : most) {
            if (left <= 0) {
                return;
            }
            left -= session.pendingBytes();
            session.shed();
        }
    }
}
