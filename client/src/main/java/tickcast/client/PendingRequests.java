package tickcast.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.json.ServerMessage;

/** Requests that wait for their answer, by id, oldest first. Confined to the client's {@link SerialExecutor}. */
final class PendingRequests {
    private record Waiting(CompletableFuture<ServerMessage> reply, long sentNanos) {}

    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    int size() {
        return waiting.size();
    }

    void add(long id, CompletableFuture<ServerMessage> reply, long sentNanos) {
        waiting.put(id, new Waiting(reply, sentNanos));
    }

    /** Hands an answer to its request; false when nobody waits for it. */
    boolean answer(ServerMessage reply) {
        var messageId = messageId(reply);
        var request = messageId == null || !messageId.isIntegralNumber() ? null : waiting.remove(messageId.longValue());
        return request != null && request.reply.complete(reply);
    }

    void failAll(String why) {
        var failed = new ArrayList<>(waiting.values());
        waiting.clear();
        failed.forEach(request -> request.reply.completeExceptionally(
                new OutcomeUnknownException("The connection was lost before the answer came: " + why)));
    }

    /** Gives up requests that were sent {@code timeoutNanos} ago or earlier. */
    void expire(long nowNanos, long timeoutNanos) {
        var oldest = waiting.values().iterator();
        var expired = new ArrayList<Waiting>();
        while (oldest.hasNext()) {
            var request = oldest.next();
            if (nowNanos - request.sentNanos < timeoutNanos) {
                break;
            }
            oldest.remove();
            expired.add(request);
        }
        expired.forEach(request -> request.reply.completeExceptionally(
                new OutcomeUnknownException("No answer came within " + timeoutNanos / 1_000_000 + " ms")));
    }

    private static JsonNode messageId(ServerMessage message) {
        if (message instanceof ServerMessage.OrderReply reply) {
            return reply.messageId();
        } else if (message instanceof ServerMessage.Subscribed subscribed) {
            return subscribed.messageId();
        } else if (message instanceof ServerMessage.Unsubscribed unsubscribed) {
            return unsubscribed.messageId();
        } else if (message instanceof ServerMessage.SymbolList symbols) {
            return symbols.messageId();
        } else if (message instanceof ServerMessage.Pong pong) {
            return pong.messageId();
        } else if (message instanceof ServerMessage.Error error) {
            return error.messageId();
        }
        throw new MalformedMessageException("An answer was expected, came " + message);
    }
}
