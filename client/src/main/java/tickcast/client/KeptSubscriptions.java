package tickcast.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ServerMessage;

/**
 * What was subscribed, to be subscribed again after a reconnect or when a book was lost. What fails is tried again, with a growing
 * wait. Confined to the client's {@link SerialExecutor}.
 */
final class KeptSubscriptions {
    /** Stands for all symbols. */
    static final String ALL = "*";
    /** Symbols in one request: far below the longest message a gateway takes. */
    private static final int CHUNK = 500;

    /** Sends a subscribe request, then unsubscribes what of it is not wanted; answers come inside the {@link SerialExecutor}. */
    interface Requests {
        /** @param resumed symbols whose books go on where they stopped; none = all begin with snapshots */
        CompletableFuture<ServerMessage.Subscribed> subscribe(
                List<String> symbols, SubscriptionTerms terms, List<String> except, List<String> resumed);
    }

    /** Which symbols can go on where they stopped. */
    interface Resumable {
        List<String> symbols();
    }

    /** Runs a task after a while, inside the {@link SerialExecutor}. */
    interface Later {
        void run(long delayMillis, Runnable task);
    }

    private static final class Resync {
        boolean underway;
        int inRow;
        long lastNanos;
    }

    private final Requests requests;
    private final Resumable resumable;
    private final Later later;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final ClientListener listener;
    private final ClientCounters counters;
    private final Map<String, SubscriptionTerms> wanted = new LinkedHashMap<>();
    /** What is not wanted although all symbols are. */
    private final Set<String> except = new LinkedHashSet<>();

    private final Map<String, Resync> resyncs = new HashMap<>();
    private int session;

    KeptSubscriptions(
            Requests requests,
            Resumable resumable,
            Later later,
            Backoff backoff,
            RandomGenerator random,
            ClientListener listener,
            ClientCounters counters) {
        this.requests = requests;
        this.resumable = resumable;
        this.later = later;
        this.backoff = backoff;
        this.random = random;
        this.listener = listener;
        this.counters = counters;
    }

    /** Remembers what the gateway granted. */
    void granted(List<String> asked, SubscriptionTerms terms, List<ServerMessage.Listing> symbols) {
        if (asked.contains(ALL)) {
            wanted.clear();
            wanted.put(ALL, terms);
            except.clear();
        } else {
            for (var listing : symbols) {
                wanted.put(listing.symbol(), terms);
                except.remove(listing.symbol());
            }
        }
    }

    /** Forgets symbols; of all symbols the others are still wanted. */
    void forget(Collection<String> symbols) {
        if (symbols.contains(ALL)) {
            wanted.clear();
            except.clear();
            return;
        }
        symbols.forEach(wanted::remove);
        if (wanted.containsKey(ALL)) {
            except.addAll(symbols);
        }
    }

    /** What is not wanted although all symbols are. */
    Collection<String> except() {
        return except;
    }

    /** A new session: everything is asked for again, and what was missed if that can be. */
    void up() {
        var symbolsByTerms = new LinkedHashMap<SubscriptionTerms, List<String>>();
        wanted.forEach((symbol, terms) ->
                symbolsByTerms.computeIfAbsent(terms, any -> new ArrayList<>()).add(symbol));
        var goingOn = new LinkedHashSet<>(resumable.symbols());
        symbolsByTerms.forEach((terms, symbols) -> {
            if (symbols.contains(ALL)) {
                again(symbols, terms, 0, wantedOf(goingOn));
            } else {
                inChunks(symbols.stream().filter(goingOn::contains).toList(), terms, true);
                inChunks(
                        symbols.stream()
                                .filter(symbol -> !goingOn.contains(symbol))
                                .toList(),
                        terms,
                        false);
            }
        });
    }

    private void inChunks(List<String> symbols, SubscriptionTerms terms, boolean resumed) {
        for (int from = 0; from < symbols.size(); from += CHUNK) {
            var chunk = symbols.subList(from, Math.min(symbols.size(), from + CHUNK));
            again(chunk, terms, 0, resumed ? chunk : List.of());
        }
    }

    private List<String> wantedOf(Collection<String> goingOn) {
        return goingOn.stream().filter(symbol -> !except.contains(symbol)).toList();
    }

    /** The session is over. */
    void down() {
        session++;
        resyncs.clear();
    }

    /** Asks for a fresh snapshot: at once the first time, later each time it does not last. */
    void resync(String symbol, String cause) {
        var resync = resyncs.computeIfAbsent(symbol, any -> new Resync());
        if (resync.underway || termsOf(symbol) == null) {
            return;
        }
        long now = System.nanoTime();
        if (now - resync.lastNanos > TimeUnit.MILLISECONDS.toNanos(backoff.max().toMillis())) {
            resync.inRow = 0;
        }
        long delayMillis = resync.inRow == 0 ? 0 : backoff.delayMillis(resync.inRow - 1, random);
        resync.inRow++;
        resync.lastNanos = now;
        resync.underway = true;
        counters.resyncs.increment();
        listener.onResync(symbol, cause);
        inThisSession(delayMillis, () -> requestSnapshot(symbol, resync));
    }

    private void requestSnapshot(String symbol, Resync resync) {
        var terms = termsOf(symbol);
        if (terms == null) {
            resync.underway = false;
            return;
        }
        int asking = session;
        requests.subscribe(List.of(symbol), terms, List.of(), List.of()).whenComplete((reply, error) -> {
            if (asking != session) {
                return;
            }
            resync.underway = false;
            if (error != null || !reply.rejected().isEmpty()) {
                resync(symbol, "No fresh snapshot: " + reason(reply, error));
            }
        });
    }

    /** What a symbol is wanted with, null when it is not wanted. */
    private SubscriptionTerms termsOf(String symbol) {
        return except.contains(symbol) ? null : wanted.getOrDefault(symbol, wanted.get(ALL));
    }

    private void again(List<String> symbols, SubscriptionTerms terms, int attempt, List<String> resumed) {
        int asking = session;
        var unwanted = symbols.contains(ALL) ? List.copyOf(except) : List.<String>of();
        requests.subscribe(symbols, terms, unwanted, resumed).whenComplete((reply, error) -> {
            if (!resumed.isEmpty() && isRefused(error, ErrorCode.TOO_MANY_REPLAYS) && asking == session) {
                again(symbols, terms, attempt, List.of());
                return;
            }
            var failed = error != null
                    ? symbols
                    : reply.rejected().stream()
                            .map(ServerMessage.RejectedSymbol::symbol)
                            .toList();
            var stillWanted = stillWanted(failed, terms);
            if (asking == session && !stillWanted.isEmpty()) {
                listener.onError("Cannot subscribe again to " + stillWanted + ": " + reason(reply, error));
                inThisSession(backoff.delayMillis(attempt, random), () -> {
                    var wantedNow = stillWanted(stillWanted, terms);
                    if (!wantedNow.isEmpty()) {
                        again(wantedNow, terms, attempt + 1, error == null ? List.of() : resumed);
                    }
                });
            }
        });
    }

    private List<String> stillWanted(List<String> symbols, SubscriptionTerms terms) {
        return symbols.stream()
                .filter(symbol -> terms.equals(wanted.get(symbol)))
                .toList();
    }

    private void inThisSession(long delayMillis, Runnable task) {
        int asking = session;
        later.run(delayMillis, () -> {
            if (asking == session) {
                task.run();
            }
        });
    }

    private static boolean isRefused(Throwable error, ErrorCode code) {
        var cause = error instanceof CompletionException ? error.getCause() : error;
        return cause instanceof RequestRefusedException refused
                && refused.code().equals(code.name());
    }

    private static String reason(ServerMessage.Subscribed reply, Throwable error) {
        return error != null
                ? (error.getCause() == null ? error : error.getCause()).getMessage()
                : reply.rejected().toString();
    }
}
