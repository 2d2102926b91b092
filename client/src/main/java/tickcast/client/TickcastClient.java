package tickcast.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageWriter;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.UnknownMessageException;
import tickcast.protocol.sbe.Side;

/**
 * A client of a Tickcast gateway: market data in any of the three forms, orders, and a session that comes back by itself.
 *
 * <p>Safe from any thread; nothing blocks. What happens is told to a {@link ClientListener}, answers come as futures. A future is
 * completed where the listener is called: do not wait in its dependents, use their {@code Async} forms for that. It fails with a
 * {@link TickcastClientException}: {@link NotConnectedException} (not sent), {@link OutcomeUnknownException} (sent, outcome not known),
 * {@link RequestRefusedException} or {@link ClientEndedException}.
 *
 * <p>When a connection is lost, open requests fail, and no order is ever sent again. The client connects again, subscribes to what
 * it was subscribed to, and with SBE and JSON gets what it missed, as far as the gateway keeps it; its books go on. With an account it
 * gets the execution reports that it missed. It gives up when the first connect fails (unless told to go on), when the gateway closes with a code after
 * which trying again is useless, and after malformed data on five connections in a row.
 */
public final class TickcastClient implements AutoCloseable {
    private final ClientBuilder settings;
    private final SerialExecutor serial;
    private final ClientListener listener;
    private final ClientCounters counters = new ClientCounters();
    private final ServerLink link;
    private final PendingRequests pending = new PendingRequests();
    private final KeptSubscriptions kept;
    private final KeptPresence presence;
    private final KeptExecutions executions;
    private final TrackedBooks books = new TrackedBooks();
    private final FeedReceiver feed;
    /** Replays that have not ended, by the id of their request. */
    private final Map<JsonNode, Replaying> replays = new HashMap<>();

    private boolean dropCopy = true; // as the gateway has granted it

    private final AtomicLong lastId = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();

    private record Replaying(List<String> symbols, boolean becomesLive) {}

    TickcastClient(ClientBuilder settings) {
        this.settings = settings;
        serial = new SerialExecutor(settings.transport.executor());
        listener = new GuardedListener(settings.listener);
        link = new ServerLink(settings, serial, listener, counters, new Dispatch());
        kept = new KeptSubscriptions(
                this::renew, this::resumable, this::later, settings.backoff, settings.random, listener, counters);
        presence = new KeptPresence(
                message -> request(message, reply -> Replies.expect(ServerMessage.DisconnectTerms.class, reply)),
                listener);
        executions = new KeptExecutions(
                !settings.account.isEmpty(), settings.executionsSeq, this::resumeExecutions, listener);
        feed = new FeedReceiver(
                settings.subprotocol,
                listener,
                counters,
                books,
                kept::resync,
                settings.epochNanos,
                settings.feedLatency);
    }

    /** Settings of a client for the gateway at {@code uri}, such as {@code ws://localhost:8080/ws}. */
    public static ClientBuilder builder(URI uri) {
        return new ClientBuilder(uri);
    }

    /** Begins to connect; done with the first welcome. */
    public CompletableFuture<ServerMessage.Welcome> connect() {
        if (started.compareAndSet(false, true)) {
            serial.execute(link::start);
        }
        return link.connected().copy();
    }

    /** Subscribes to all channels; {@code *} stands for all symbols, those that are listed later too. */
    public CompletableFuture<ServerMessage.Subscribed> subscribe(String... symbols) {
        return subscribe(List.of(symbols), SubscriptionTerms.DEFAULT);
    }

    /**
     * Subscribes to every update. Symbols that the gateway refuses stand in the answer's {@code rejected}; the others are subscribed.
     *
     * @param channels with SBE and JSON a book is kept and proved only if all are granted
     * @param depth most levels of a side, from 1 to 255; of no effect where the whole book is sent
     */
    public CompletableFuture<ServerMessage.Subscribed> subscribe(
            Collection<String> symbols, Set<Channel> channels, int depth) {
        return subscribe(
                symbols, SubscriptionTerms.DEFAULT.withChannels(channels).withDepth(depth));
    }

    /** Subscribes, or changes the terms of what is subscribed; the answer tells what was granted. */
    public CompletableFuture<ServerMessage.Subscribed> subscribe(Collection<String> symbols, SubscriptionTerms terms) {
        var asked = List.copyOf(symbols);
        return request(subscribing(asked, terms, null), reply -> {
            kept.granted(asked, terms, Replies.subscribed(reply).symbols());
            return tracked(reply);
        });
    }

    /**
     * Shows the past of at most 100 symbols, with SBE or JSON: their books as they were, then what followed, to an end or into live
     * data. {@link ClientListener#onReplayed} tells the outcome. When the connection is lost before, symbols of a replay that was to
     * become live are subscribed with snapshots, and the others no more.
     */
    public CompletableFuture<ServerMessage.Subscribed> replay(Collection<String> symbols, ClientMessage.Replay replay) {
        var asked = List.copyOf(symbols);
        var terms = SubscriptionTerms.DEFAULT;
        return request(subscribing(asked, terms, replay), reply -> {
            var subscribed = Replies.subscribed(reply);
            var names = subscribed.symbols().stream()
                    .map(ServerMessage.Listing::symbol)
                    .toList();
            if (replay.to() == null) {
                kept.granted(asked, terms, subscribed.symbols());
            } else {
                kept.forget(names);
            }
            feed.trackReplay(subscribed);
            replays.put(subscribed.messageId(), new Replaying(names, replay.to() == null));
            return subscribed;
        });
    }

    /**
     * Ends subscriptions; they are not renewed after a reconnect, whatever becomes of this request. Of all symbols some can be
     * unsubscribed by name; {@code *} ends the subscription to those listed later too.
     */
    public CompletableFuture<ServerMessage.Unsubscribed> unsubscribe(String... symbols) {
        var gone = List.of(symbols);
        serial.execute(() -> kept.forget(gone));
        return request(id -> new ClientMessage.Unsubscribe(id, gone), reply -> {
            var unsubscribed = Replies.unsubscribed(reply);
            kept.forget(gone); // a subscribe may have been answered since it was asked
            books.untrack(unsubscribed.symbols());
            return unsubscribed;
        });
    }

    /** All symbols that the exchange lists. */
    public CompletableFuture<List<ServerMessage.Listing>> symbols() {
        return request(
                ClientMessage.Symbols::new,
                reply -> Replies.expect(ServerMessage.SymbolList.class, reply).symbols());
    }

    /** How long a message takes to the gateway and back. */
    public CompletableFuture<Duration> ping() {
        long sentNanos = System.nanoTime();
        return request(id -> new ClientMessage.Ping(id, null), reply -> {
            Replies.expect(ServerMessage.Pong.class, reply);
            return Duration.ofNanos(System.nanoTime() - sentNanos);
        });
    }

    /** Places an order. */
    public CompletableFuture<OrderOutcome> placeOrder(OrderRequest order) {
        return placeOrder(order, System.nanoTime());
    }

    /**
     * Places an order whose latency counts from when it should have been sent.
     *
     * @param plannedNanos by {@link System#nanoTime()}
     */
    public CompletableFuture<OrderOutcome> placeOrder(OrderRequest order, long plannedNanos) {
        long timestampMillis = TimeUnit.NANOSECONDS.toMillis(settings.epochNanos.getAsLong());
        return request(id -> order.message(id, timestampMillis, false), reply -> {
            var outcome = Replies.orderOutcome(reply);
            if (settings.orderLatency != null && outcome.accepted()) {
                settings.orderLatency.accept(System.nanoTime() - plannedNanos);
            }
            return outcome;
        });
    }

    /** Checks an order as if it were to be placed, and places nothing. */
    public CompletableFuture<OrderOutcome> validateOrder(OrderRequest order) {
        long timestampMillis = TimeUnit.NANOSECONDS.toMillis(settings.epochNanos.getAsLong());
        return request(id -> order.message(id, timestampMillis, true), Replies::orderOutcome);
    }

    public CompletableFuture<OrderOutcome> cancelOrder(long orderId) {
        return request(id -> new ClientMessage.CancelOrder(id, orderId, ""), Replies::orderOutcome);
    }

    public CompletableFuture<OrderOutcome> cancelOrder(String clientOrderId) {
        return request(id -> new ClientMessage.CancelOrder(id, 0, clientOrderId), Replies::orderOutcome);
    }

    /** Gives an order another price and total quantity (mantissas), what has traded included. */
    public CompletableFuture<OrderOutcome> replaceOrder(long orderId, long price, long quantity) {
        return request(id -> new ClientMessage.ReplaceOrder(id, orderId, "", price, quantity), Replies::orderOutcome);
    }

    public CompletableFuture<OrderOutcome> replaceOrder(String clientOrderId, long price, long quantity) {
        return request(
                id -> new ClientMessage.ReplaceOrder(id, 0, clientOrderId, price, quantity), Replies::orderOutcome);
    }

    /** Cancels the account's open orders; the {@code count} of the ack says how many. */
    public CompletableFuture<OrderOutcome> cancelAll() {
        return cancelAll("", null);
    }

    /** Cancels the account's open orders in one symbol. */
    public CompletableFuture<OrderOutcome> cancelAll(String symbol) {
        return cancelAll(symbol, null);
    }

    /**
     * Cancels the account's open orders.
     *
     * @param symbol those in this one; in all when empty
     * @param side those of this one; of both when null
     */
    public CompletableFuture<OrderOutcome> cancelAll(String symbol, Side side) {
        return request(id -> new ClientMessage.CancelAll(id, symbol, side), Replies::orderOutcome);
    }

    /**
     * Says what the gateway cancels when the connection is lost and {@code grace} has passed. It holds for the connections that
     * follow, too: a client that connects again in time loses nothing. {@link CancelScope#SESSION} is what this client placed.
     *
     * @param onClose when this client is closed, too
     */
    public CompletableFuture<ServerMessage.DisconnectTerms> cancelOnDisconnect(
            CancelScope scope, Duration grace, boolean onClose) {
        int graceMillis = Math.toIntExact(grace.toMillis());
        return request(id -> new ClientMessage.CancelOnDisconnect(id, scope, graceMillis, onClose, ""), reply -> {
            var terms = Replies.expect(ServerMessage.DisconnectTerms.class, reply);
            presence.granted(scope, graceMillis, onClose);
            return terms;
        });
    }

    /**
     * A dead-man's switch: all of the account's orders are cancelled when {@code timeout} passes without another such request of
     * any client, connected or not.
     *
     * @param timeout 0 ends it
     */
    public CompletableFuture<ServerMessage.DeadManTimer> cancelAllAfter(Duration timeout) {
        int timeoutMillis = Math.toIntExact(timeout.toMillis());
        return request(
                id -> new ClientMessage.CancelAllAfter(id, timeoutMillis),
                reply -> Replies.expect(ServerMessage.DeadManTimer.class, reply));
    }

    /** The account's open orders, oldest first. */
    public CompletableFuture<List<ServerMessage.OpenOrder>> orders() {
        return orders("");
    }

    /** The account's open orders in one symbol, oldest first. */
    public CompletableFuture<List<ServerMessage.OpenOrder>> orders(String symbol) {
        return ordersAfter(0, symbol, List.of());
    }

    /** The gateway lists so many at a time; an order that closes meanwhile may be listed still. */
    private CompletableFuture<List<ServerMessage.OpenOrder>> ordersAfter(
            long after, String symbol, List<ServerMessage.OpenOrder> before) {
        return request(
                        id -> new ClientMessage.Orders(id, symbol, ClientMessage.Orders.MOST, after),
                        reply -> Replies.expect(ServerMessage.OrderList.class, reply))
                .thenCompose(page -> {
                    var all = new ArrayList<>(before);
                    all.addAll(page.orders());
                    return page.after() == null
                            ? CompletableFuture.completedFuture(all)
                            : ordersAfter(page.after(), symbol, all);
                });
    }

    /**
     * The order that has the name in this trading day, open or not, with what happened to it. Tells what became of a request
     * of the day that was not answered: refused with {@code UNKNOWN_ORDER} it never came to the exchange.
     */
    public CompletableFuture<ServerMessage.OrderHistory> order(String clientOrderId) {
        return request(id -> new ClientMessage.FindOrder(id, 0, clientOrderId), Replies::orderHistory);
    }

    public CompletableFuture<ServerMessage.OrderHistory> order(long orderId) {
        return request(id -> new ClientMessage.FindOrder(id, orderId, ""), Replies::orderHistory);
    }

    /** What the account holds of each symbol that it has traded. */
    public CompletableFuture<ServerMessage.PositionList> positions() {
        return request(
                ClientMessage.ListPositions::new, reply -> Replies.expect(ServerMessage.PositionList.class, reply));
    }

    /** How the account stands. */
    public CompletableFuture<ServerMessage.AccountState> account() {
        return request(
                ClientMessage.ShowAccount::new, reply -> Replies.expect(ServerMessage.AccountState.class, reply));
    }

    /** Whether this client hears of orders that other sessions of the account placed; it does unless told otherwise. */
    public CompletableFuture<OrderOutcome> dropCopy(boolean enabled) {
        return request(id -> new ClientMessage.DropCopy(id, enabled), reply -> {
            var outcome = Replies.orderOutcome(reply);
            dropCopy = outcome.accepted() ? enabled : dropCopy;
            return outcome;
        });
    }

    private CompletableFuture<ServerMessage.ExecutionsResumed> resumeExecutions(long seq) {
        return request(id -> new ClientMessage.ResumeExecutions(id, seq), reply -> {
            var resumed = Replies.expect(ServerMessage.ExecutionsResumed.class, reply);
            executions.resumed(resumed);
            return resumed;
        });
    }

    /** A copy of the symbol's book; null while the symbol is not subscribed, or there is no session. */
    public CompletableFuture<BookView> book(String symbol) {
        if (serial.inside()) {
            return CompletableFuture.completedFuture(view(symbol));
        }
        return CompletableFuture.supplyAsync(() -> view(symbol), serial);
    }

    private BookView view(String symbol) {
        return link.up() ? books.view(symbol) : null;
    }

    public ClientCounters counters() {
        return counters;
    }

    /** Done when the client never connects again: after {@link #close}, or failed with a {@link ClientEndedException}. */
    public CompletableFuture<Void> ended() {
        return link.ended().copy();
    }

    /** Begins to close; {@link #ended()} is done when that is over. Open requests fail. */
    @Override
    public void close() {
        serial.execute(link::close);
    }

    private static Function<JsonNode, ClientMessage> subscribing(
            List<String> symbols, SubscriptionTerms terms, ClientMessage.Past past) {
        return id -> new ClientMessage.Subscribe(
                id, symbols, terms.channels(), terms.depth(), terms.maxRate(), terms.onSlow(), past);
    }

    private List<String> resumable() {
        return feed.position().resumable();
    }

    /** Asks again for what is wanted already. */
    private CompletableFuture<ServerMessage.Subscribed> renew(
            List<String> symbols, SubscriptionTerms terms, List<String> except, List<String> resumed) {
        var past = feed.resume(resumed);
        var answer = request(subscribing(symbols, terms, past), this::tracked);
        if (past != null) {
            answer = answer.whenComplete((granted, error) -> {
                if (error != null) {
                    feed.position().refused();
                }
            });
        }
        if (!except.isEmpty()) {
            unsubscribe(except.toArray(String[]::new));
        }
        return answer;
    }

    private ServerMessage.Subscribed tracked(ServerMessage reply) {
        var subscribed = Replies.subscribed(reply);
        feed.track(subscribed);
        books.untrack(kept.except());
        return subscribed;
    }

    /** The {@code answered} function runs inside the serial executor, before anything that comes after the answer. */
    private <T> CompletableFuture<T> request(
            Function<JsonNode, ClientMessage> message, Function<ServerMessage, T> answered) {
        long id = lastId.incrementAndGet();
        String text = ClientMessageWriter.toJson(message.apply(LongNode.valueOf(id)));
        var reply = new CompletableFuture<ServerMessage>();
        var answer = reply.thenApply(answered);
        serial.execute(() -> send(id, text, reply));
        return answer;
    }

    private void send(long id, String text, CompletableFuture<ServerMessage> reply) {
        if (link.ended().isDone()) {
            reply.completeExceptionally(
                    new ClientEndedException(WebSocketWire.NO_CLOSE_FRAME, "The client has ended", null));
        } else if (!link.up()) {
            reply.completeExceptionally(new NotConnectedException("There is no session"));
        } else if (pending.size() >= settings.maxPendingRequests) {
            reply.completeExceptionally(new NotConnectedException(pending.size() + " requests wait for their answers"));
        } else {
            pending.add(id, reply, System.nanoTime());
            link.send(text);
        }
    }

    private void replayed(ServerMessage.Replayed message) {
        var replaying = replays.remove(message.messageId());
        if (replaying == null || message.outcome() == PastOutcome.CANCELLED) {
            return;
        }
        if (replaying.becomesLive()) {
            books.chain(replaying.symbols());
        } else {
            books.untrack(replaying.symbols());
        }
    }

    private void later(long delayMillis, Runnable task) {
        settings.transport.scheduler().schedule(() -> serial.execute(task), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** What comes from the gateway, to whom it belongs. */
    private final class Dispatch implements ServerLink.Traffic {
        @Override
        public void text(String text) {
            if (settings.subprotocol == Subprotocol.JSON && FeedJsonReader.isMarketData(text)) {
                feed.text(text);
                return;
            }
            ServerMessage message;
            try {
                message = ServerMessage.parse(text);
            } catch (UnknownMessageException newer) {
                listener.onError(newer.getMessage() + "; it is left out");
                return;
            }
            if (message instanceof ServerMessage.Welcome welcome) {
                link.welcomed(welcome);
                if (link.up()) {
                    feed.up(welcome.epoch());
                    kept.up();
                    presence.up(welcome.sessionId());
                    executions.up();
                    if (!dropCopy) {
                        dropCopy(false);
                    }
                }
            } else if (message instanceof ServerMessage.Heartbeat heartbeat) {
                feed.position().heartbeat(heartbeat);
                listener.onHeartbeat(heartbeat);
            } else if (message instanceof ServerMessage.ExecutionReport report) {
                executions.report(report);
            } else if (message instanceof ServerMessage.Warning warning) {
                feed.position().warning(warning);
                if (warning.code().equals(KeptExecutions.LOST)) {
                    executions.lost();
                }
                listener.onWarning(warning);
            } else if (message instanceof ServerMessage.Resumed resumed) {
                feed.position().resumed(resumed);
                listener.onResumed(resumed);
            } else if (message instanceof ServerMessage.Replayed replayed) {
                replayed(replayed);
                listener.onReplayed(replayed);
            } else if (message instanceof ServerMessage.Subscribed subscribed && subscribed.messageId() == null) {
                var unasked = Replies.subscribed(subscribed);
                feed.trackUnasked(unasked);
                listener.onSubscribed(unasked);
            } else if (!pending.answer(message)) {
                listener.onError(
                        message instanceof ServerMessage.Error error
                                ? error.code() + ": " + error.message()
                                : "An answer to no open request: " + message);
            }
        }

        @Override
        public void binary(DirectBuffer message, int length) {
            feed.binary(message, length);
        }

        @Override
        public void down(String cause) {
            kept.down();
            executions.down();
            feed.position().down();
            replays.clear();
            pending.failAll(cause);
        }

        @Override
        public void tick() {
            pending.expire(System.nanoTime(), settings.requestTimeout.toNanos());
        }
    }
}
