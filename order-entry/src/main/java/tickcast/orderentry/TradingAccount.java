package tickcast.orderentry;

import java.util.ArrayList;
import java.util.List;

/** An account as one desk sees it: its live sessions. */
final class TradingAccount {
    private final String name;
    /** Replaced, never changed: a session may close while it is being sent to. */
    private List<OrderEntrySession> sessions = List.of();

    TradingAccount(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<OrderEntrySession> sessions() {
        return sessions;
    }

    void add(OrderEntrySession session) {
        var more = new ArrayList<>(sessions);
        more.add(session);
        sessions = List.copyOf(more);
    }

    void remove(OrderEntrySession session) {
        sessions = sessions.stream().filter(other -> other != session).toList();
    }
}
