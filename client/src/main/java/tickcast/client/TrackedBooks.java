package tickcast.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.protocol.DepthBook;
import tickcast.protocol.json.ServerMessage;

/** The books of what is subscribed, by the feed's numbers. Confined to the client's {@link SerialExecutor}. */
final class TrackedBooks {
    static final class Tracked {
        final String symbol;
        final DepthBook book = new DepthBook();
        boolean verified;

        private Tracked(String symbol) {
            this.symbol = symbol;
        }
    }

    private final Int2ObjectHashMap<Tracked> byId = new Int2ObjectHashMap<>();
    private final Map<String, Integer> idBySymbol = new HashMap<>();

    /** @param verified whether all messages of the chain will come, so that the books can be proved */
    void track(List<ServerMessage.Listing> granted, boolean verified) {
        for (var listing : granted) {
            var tracked = byId.get(listing.symbolId());
            if (tracked == null || !tracked.symbol.equals(listing.symbol())) {
                if (tracked != null) {
                    idBySymbol.remove(tracked.symbol);
                }
                tracked = new Tracked(listing.symbol());
                byId.put(listing.symbolId(), tracked);
                idBySymbol.put(listing.symbol(), listing.symbolId());
            }
            tracked.verified = verified;
        }
    }

    void untrack(Collection<String> symbols) {
        for (String symbol : symbols) {
            var id = idBySymbol.remove(symbol);
            if (id != null) {
                byId.remove(id.intValue());
            }
        }
    }

    void clear() {
        byId.clear();
        idBySymbol.clear();
    }

    /** What is kept under a number, null when it is not subscribed. */
    Tracked get(int symbolId) {
        return byId.get(symbolId);
    }

    void forEach(Consumer<Tracked> consumer) {
        byId.values().forEach(consumer);
    }

    /** A copy of a book, null when the symbol is not subscribed. */
    BookView view(String symbol) {
        var id = idBySymbol.get(symbol);
        return id == null ? null : BookView.of(symbol, byId.get(id.intValue()).book);
    }
}
