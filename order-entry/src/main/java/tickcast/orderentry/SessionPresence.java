package tickcast.orderentry;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage;

/** What a session tells the {@link AbsenceWatch} about its coming and going. Confined to its desk's thread. */
final class SessionPresence {
    private final OrderDesk desk;
    private final OrderEntrySession session;
    /** Whether the watch may know this session. */
    private boolean watched;

    SessionPresence(OrderDesk desk, OrderEntrySession session) {
        this.desk = desk;
        this.session = session;
    }

    /** @param requestId is done, with how many sessions were taken over */
    void cancelOnDisconnect(ClientMessage.CancelOnDisconnect terms, long requestId) {
        watched = true;
        var asked = new WatchedSession(
                session.sessionId(),
                session.account().name(),
                terms.scope(),
                terms.graceMillis(),
                terms.onClose(),
                List.of());
        long before = sessionId(terms.takesOver());
        var placers = before == 0 ? Set.<Long>of() : placers();
        tell(requestId, (watch, nowNanos) -> {
            boolean refused = !watch.hasRoom() && terms.scope() != CancelScope.NONE;
            return refused ? PresenceChange.REFUSED : watch.terms(asked, before, placers);
        });
    }

    /** @param requestId is done, with when the timer runs out: ns since the Unix epoch, 0 for never */
    void cancelAllAfter(ClientMessage.CancelAllAfter timer, long requestId) {
        String account = session.account().name();
        int timeoutMillis = timer.timeoutMillis();
        var epochNanos = desk.epochNanos();
        tell(requestId, (watch, nowNanos) -> {
            if (!watch.hasRoom() && timeoutMillis != 0) {
                return PresenceChange.REFUSED;
            }
            watch.timer(account, timeoutMillis, nowNanos);
            return timeoutMillis == 0 ? 0 : epochNanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        });
    }

    /** Takes over what the account's sessions before this one left. */
    void resumed() {
        watched = true;
        long sessionId = session.sessionId();
        String account = session.account().name();
        var placers = placers();
        long resumedNanos = desk.nanoTime();
        tell(0, (watch, nowNanos) -> watch.resumed(sessionId, account, placers, resumedNanos));
    }

    /** @param silentNanos how long ago the last came from the client */
    void gone(boolean inOrder, long silentNanos) {
        if (watched) {
            long sessionId = session.sessionId();
            long heardNanos = desk.nanoTime() - silentNanos;
            tell(0, (watch, nowNanos) -> {
                watch.gone(sessionId, inOrder, heardNanos, nowNanos);
                return 0;
            });
        }
    }

    /** What the client is told when a request of this kind is done. */
    ServerMessage answer(PendingRequest request, long value) {
        if (request.message() instanceof ClientMessage.CancelOnDisconnect terms) {
            return new ServerMessage.DisconnectTerms(
                    request.messageId(),
                    JsonNames.of(terms.scope()),
                    terms.graceMillis(),
                    terms.onClose(),
                    (int) value,
                    null);
        }
        var timer = (ClientMessage.CancelAllAfter) request.message();
        Long triggerTime = value == 0 ? null : TimeUnit.NANOSECONDS.toMillis(value);
        return new ServerMessage.DeadManTimer(request.messageId(), timer.timeoutMillis(), triggerTime, null);
    }

    private void tell(long requestId, PresenceChange change) {
        desk.lane().tell(session.sessionId(), requestId, change);
    }

    /** Those whose orders are open; null when that is not known yet. */
    private Set<Long> placers() {
        if (!desk.ready()) {
            return null;
        }
        return desk.openOrders().of(session.account().name()).stream()
                .map(LiveOrder::placedBySession)
                .collect(Collectors.toSet());
    }

    /** 0 when it can be no session's. */
    private static long sessionId(String text) {
        try {
            return text.isEmpty() ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
