package tickcast.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage.Past;
import tickcast.protocol.json.ClientMessage.Replay;
import tickcast.protocol.json.ClientMessage.Subscribe;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ServerMessage;

/** The histories that a session is being sent; each symbol is in one at most, and not live then. Confined to a shard. */
final class Histories {
    /** Most histories of a session at a time. */
    static final int MOST = 32;
    /** Most symbols of a replay: their books are in memory when it begins. */
    static final int MOST_REPLAYED_SYMBOLS = 100;

    private final HistorySource source;
    private final Subscriber subscriber;
    private final Outbound outbound;
    private final Subprotocol form;
    private final Consumer<String> replies;
    private final Map<String, History> bySymbol = new HashMap<>();
    private final Set<History> all = new LinkedHashSet<>();

    Histories(
            HistorySource source,
            Subscriber subscriber,
            Outbound outbound,
            Subprotocol form,
            Consumer<String> replies) {
        this.source = source;
        this.subscriber = subscriber;
        this.outbound = outbound;
        this.form = form;
        this.replies = replies;
    }

    /** Why history cannot be sent, or null; then there is a place for it, which {@link #begin} takes. */
    ServerMessage refusal(Subscribe message, int symbols) {
        String field = message.past() instanceof Replay ? "replay" : "resume";
        if (form == Subprotocol.V1) {
            return new ServerMessage.Error(
                    message.id(),
                    ErrorCode.INVALID_FIELD.name(),
                    "Field " + field + " must be left out with " + form.token() + ", which has no sequences; "
                            + Subprotocol.SBE.token() + " and " + Subprotocol.JSON.token() + " have",
                    field,
                    null);
        }
        if (message.maxRate() > 0) {
            return new ServerMessage.Error(
                    message.id(),
                    ErrorCode.INVALID_FIELD.name(),
                    "Field maxRate must be left out when " + field + " is given: history has every update",
                    "maxRate",
                    null);
        }
        if (message.past() instanceof Replay && symbols > MOST_REPLAYED_SYMBOLS) {
            return error(message, ErrorCode.TOO_MANY_SYMBOLS, field);
        }
        return all.size() == MOST || !source.pool().enter() ? error(message, ErrorCode.TOO_MANY_REPLAYS, field) : null;
    }

    private static ServerMessage error(Subscribe message, ErrorCode code, String field) {
        return new ServerMessage.Error(message.id(), code.name(), code.description(), field, null);
    }

    /** Begins what {@link #refusal} has not refused; the symbols are in no other history and not live. */
    void begin(JsonNode messageId, Past past, View view, Collection<String> symbols) {
        var history = past instanceof Replay replay
                ? History.replay(this, messageId, replay, view)
                : History.resume(this, messageId, past, view);
        all.add(history);
        for (String symbol : symbols) {
            bySymbol.put(symbol, history);
            history.add(source.market().channel(symbol).symbolId(), symbol);
        }
        history.goOn();
    }

    boolean has(String symbol) {
        return bySymbol.containsKey(symbol);
    }

    Collection<String> symbols() {
        return bySymbol.keySet();
    }

    /** Sends no more history of a symbol; false when none was being sent. */
    boolean drop(String symbol) {
        var history = bySymbol.remove(symbol);
        if (history == null) {
            return false;
        }
        history.drop(symbol);
        return true;
    }

    /** Goes on with what waited for the feed or for the client. */
    void goOn() {
        if (!all.isEmpty()) {
            List.copyOf(all).forEach(History::goOn);
        }
    }

    /** Nothing more is sent. */
    void close() {
        all.forEach(history -> {
            history.release();
            source.pool().leave();
        });
        all.clear();
        bySymbol.clear();
    }

    /** A history has come to its end: its symbols are no concern of it any more. */
    void ended(History history, Collection<String> symbols, ServerMessage outcome) {
        symbols.forEach(bySymbol::remove);
        all.remove(history);
        source.pool().leave();
        replies.accept(outcome.toJson());
    }

    HistorySource source() {
        return source;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Outbound outbound() {
        return outbound;
    }
}
