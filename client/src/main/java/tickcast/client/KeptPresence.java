package tickcast.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;

/**
 * What is to be cancelled when the connection is lost, said again on each connection: the new session takes over from the
 * one before. Confined to the client's {@link SerialExecutor}.
 */
final class KeptPresence {
    /** Sends a message and tells the answer. */
    interface Requests {
        CompletableFuture<ServerMessage.DisconnectTerms> ask(Function<JsonNode, ClientMessage> message);
    }

    private final Requests requests;
    private final ClientListener listener;
    private CancelScope scope = CancelScope.NONE;
    private int graceMillis;
    private boolean onClose;
    private String sessionId = "";

    KeptPresence(Requests requests, ClientListener listener) {
        this.requests = requests;
        this.listener = listener;
    }

    /** The gateway has taken these. */
    void granted(CancelScope newScope, int newGraceMillis, boolean newOnClose) {
        scope = newScope;
        graceMillis = newGraceMillis;
        onClose = newOnClose;
    }

    /** A session begins. */
    void up(String newSessionId) {
        String before = sessionId;
        sessionId = newSessionId;
        if (scope == CancelScope.NONE) {
            return;
        }
        requests.ask(id -> new ClientMessage.CancelOnDisconnect(id, scope, graceMillis, onClose, before))
                .whenComplete((terms, failure) -> {
                    if (failure != null) {
                        listener.onError("What is cancelled on a disconnect could not be said again: " + failure);
                    }
                });
    }
}
