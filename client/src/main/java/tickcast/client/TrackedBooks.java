package tickcast.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.protocol.DepthBook;
import tickcast.protocol.json.ServerMessage;

/** The books of what is subscribed, by the feed's numbers. Confined to the client's {@link SerialExecutor}. */
final class TrackedBooks {
    static final class Tracked {
        final String symbol;
        final DepthBook book = new DepthBook();
        boolean verified;
        /** Whether each message of the chain will come as it is, so that what is missed can be asked for. */
        boolean chained;
        /** Whether the gateway begins it anew: until the snapshot comes, the book is an old one. */
        boolean awaitsSnapshot;
        /** Whether its first message is to come from history. */
        boolean beginsInHistory;

        /** Whether the book is right as far as it has come, so that what was missed since can be asked for. */
        boolean resumable() {
            return chained && book.valid() && !awaitsSnapshot;
        }

        private Tracked(String symbol) {
            this.symbol = symbol;
        }
    }

    private final Int2ObjectHashMap<Tracked> byId = new Int2ObjectHashMap<>();
    private final Map<String, Integer> idBySymbol = new HashMap<>();

    /**
     * @param verified whether the books can be proved
     * @param chained whether all messages of the chain will come
     * @param resumed whether what was missed will come, and no snapshot
     */
    void track(List<ServerMessage.Listing> granted, boolean verified, boolean chained, boolean resumed) {
        for (var listing : granted) {
            var tracked = byId.get(listing.symbolId());
            if (tracked == null || !tracked.symbol.equals(listing.symbol())) {
                if (tracked != null) {
                    idBySymbol.remove(tracked.symbol);
                }
                tracked = new Tracked(listing.symbol());
                tracked.beginsInHistory = resumed;
                byId.put(listing.symbolId(), tracked);
                idBySymbol.put(listing.symbol(), listing.symbolId());
            }
            tracked.verified = verified;
            tracked.chained = chained;
            tracked.awaitsSnapshot = !resumed;
        }
    }

    /** From now on each message of these symbols' chains will come. */
    void chain(Collection<String> symbols) {
        for (String symbol : symbols) {
            var tracked = get(symbol);
            if (tracked != null) {
                tracked.chained = true;
            }
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

    /** Keeps those for which {@code condition} holds. */
    void removeUnless(Predicate<Tracked> condition) {
        untrack(byId.values().stream()
                .filter(condition.negate())
                .map(tracked -> tracked.symbol)
                .toList());
    }

    void clear() {
        byId.clear();
        idBySymbol.clear();
    }

    /** What is kept under a number, null when it is not subscribed. */
    Tracked get(int symbolId) {
        return byId.get(symbolId);
    }

    /** What is kept of a symbol, null when it is not subscribed. */
    Tracked get(String symbol) {
        var id = idBySymbol.get(symbol);
        return id == null ? null : byId.get(id.intValue());
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
