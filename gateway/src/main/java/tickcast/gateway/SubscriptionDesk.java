package tickcast.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.ServerMessage.Listing;
import tickcast.protocol.json.ServerMessage.RejectedSymbol;

/**
 * Answers what a session asks about symbols and subscriptions, and tells what it subscribes without being asked. Confined to
 * a shard.
 */
final class SubscriptionDesk {
    private static final String ALL = "*";
    private static final int NAMED_IN_ERROR = 10;

    private final Market market;
    private final Subscriber subscriber;
    private final Histories histories;
    private final Subprotocol form;
    private final Patience patience;
    private final Consumer<String> replies;
    private int generation;
    /** How all symbols are subscribed, those listed later too; null when they are not. */
    private View all;
    /** What was unsubscribed of them since. */
    private final Set<String> except = new HashSet<>();
    /** How many of the listed symbols the session was told of. */
    private int told;

    SubscriptionDesk(
            Market market,
            Subscriber subscriber,
            Histories histories,
            Subprotocol form,
            Patience patience,
            Consumer<String> replies) {
        this.market = market;
        this.subscriber = subscriber;
        this.histories = histories;
        this.form = form;
        this.patience = patience;
        this.replies = replies;
        generation = market.generation();
        subscriber.whenDrained(this::goOn);
    }

    void on(ClientMessage.Subscribe message) {
        if (!market.ready()) {
            reply(new ServerMessage.Error(
                    message.id(), ErrorCode.FEED_NOT_READY.name(), ErrorCode.FEED_NOT_READY.description(), null, null));
            return;
        }
        var channels = new LinkedHashMap<String, Listing>();
        var rejected = new ArrayList<RejectedSymbol>();
        for (String symbol : new LinkedHashSet<>(message.symbols())) {
            var channel = market.channel(symbol);
            if (symbol.equals(ALL)) {
                market.channels().forEach(one -> channels.put(one.symbol(), one.listing()));
            } else if (channel == null) {
                rejected.add(rejected(symbol, ErrorCode.UNKNOWN_SYMBOL));
            } else {
                channels.put(symbol, channel.listing());
            }
        }
        boolean everything = message.symbols().contains(ALL);
        if (channels.isEmpty() && !everything) {
            reply(new ServerMessage.Error(
                    message.id(),
                    ErrorCode.UNKNOWN_SYMBOL.name(),
                    "The exchange lists none of these: " + named(rejected),
                    "symbols",
                    rejected));
            return;
        }
        var refusal = message.past() == null ? null : histories.refusal(message, channels.size());
        if (refusal != null) {
            reply(refusal);
            return;
        }
        var view = View.granted(
                form, message.channels(), message.depth(), message.maxRate(), patience.granted(message.onSlow()));
        boolean ends = message.past() instanceof ClientMessage.Replay replay && replay.to() != null;
        if (ends) {
            except.addAll(channels.keySet());
        } else if (everything) {
            all = view;
            except.clear();
            told = market.listed().count();
        }
        if (!ends) {
            except.removeAll(channels.keySet());
        }
        subscribe(message, view, channels, rejected);
    }

    void on(ClientMessage.Unsubscribe message) {
        var symbols = new LinkedHashSet<>(message.symbols());
        if (symbols.remove(ALL)) {
            all = null;
            symbols.addAll(subscriber.symbols());
            symbols.addAll(histories.symbols());
        }
        var done = new ArrayList<String>();
        var rejected = new ArrayList<RejectedSymbol>();
        for (String symbol : symbols) {
            if (histories.drop(symbol) || subscriber.unsubscribe(symbol)) {
                done.add(symbol);
            } else {
                boolean known = market.channel(symbol) != null;
                rejected.add(rejected(symbol, known ? ErrorCode.NOT_SUBSCRIBED : ErrorCode.UNKNOWN_SYMBOL));
            }
        }
        except.addAll(done);
        reply(new ServerMessage.Unsubscribed(message.id(), done, orNull(rejected)));
    }

    void on(ClientMessage.Symbols message) {
        reply(new ServerMessage.SymbolList(message.id(), market.listings()));
    }

    /** Goes on with what waited for the feed, which may have begun anew or have new symbols, or for the client. */
    void goOn() {
        if (market.current()) {
            histories.goOn();
            if (generation != market.generation()) {
                generation = market.generation();
                subscribeAgain();
            }
            subscribeListedSince();
            subscriber.join();
        }
    }

    private void subscribeAgain() {
        if (all != null) {
            told = market.listed().count();
            for (var channel : market.channels()) {
                String symbol = channel.symbol();
                if (!except.contains(symbol) && !subscriber.waiting().containsKey(symbol) && !histories.has(symbol)) {
                    subscriber.subscribe(symbol, all);
                }
            }
        }
        var byView = new LinkedHashMap<View, List<String>>();
        subscriber
                .waiting()
                .forEach((symbol, view) ->
                        byView.computeIfAbsent(view, v -> new ArrayList<>()).add(symbol));
        byView.forEach(this::tellAgain);
    }

    private void subscribeListedSince() {
        while (all != null && told < market.listed().count() && subscriber.keepsUp()) {
            replies.accept(market.listed().subscribed(all, told, market.epoch(), market.lastSeq()));
            for (var channel : market.listed().from(told)) {
                subscriber.subscribe(channel.symbol(), all);
                told++;
            }
        }
    }

    private void subscribe(
            ClientMessage.Subscribe message, View view, Map<String, Listing> channels, List<RejectedSymbol> rejected) {
        channels.keySet().forEach(histories::drop);
        reply(subscribed(message, view, List.copyOf(channels.values()), rejected));
        if (message.past() == null) {
            channels.keySet().forEach(symbol -> subscriber.subscribe(symbol, view));
        } else {
            channels.keySet().forEach(subscriber::unsubscribe);
            histories.begin(message.id(), message.past(), view, channels.keySet());
        }
        subscriber.join();
    }

    /** Symbols may have other ids in the new feed, or be gone. */
    private void tellAgain(View view, List<String> symbols) {
        var listings = new ArrayList<Listing>();
        var rejected = new ArrayList<RejectedSymbol>();
        for (String symbol : symbols) {
            var channel = market.channel(symbol);
            if (channel == null) {
                subscriber.unsubscribe(symbol);
                rejected.add(rejected(symbol, ErrorCode.UNKNOWN_SYMBOL));
            } else {
                listings.add(channel.listing());
            }
        }
        reply(subscribed(null, view, listings, rejected));
    }

    private ServerMessage subscribed(
            ClientMessage.Subscribe message, View view, List<Listing> listings, List<RejectedSymbol> rejected) {
        return ServerMessage.Subscribed.of(
                message == null ? null : message.id(),
                listings,
                orNull(rejected),
                view.channelNames(),
                view.grantedDepth(),
                view.grantedRate(),
                view.onSlow(),
                market.epoch(),
                message == null ? null : message.past());
    }

    private void reply(ServerMessage message) {
        replies.accept(message.toJson());
    }

    private static RejectedSymbol rejected(String symbol, ErrorCode code) {
        return new RejectedSymbol(symbol, code.name(), code.description());
    }

    private static String named(List<RejectedSymbol> rejected) {
        var names = rejected.stream()
                .limit(NAMED_IN_ERROR)
                .map(RejectedSymbol::symbol)
                .toList();
        return String.join(", ", names) + (rejected.size() > NAMED_IN_ERROR ? ", …" : "");
    }

    private static List<RejectedSymbol> orNull(List<RejectedSymbol> rejected) {
        return rejected.isEmpty() ? null : rejected;
    }
}
