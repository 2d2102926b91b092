package tickcast.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.ServerMessage.Listing;
import tickcast.protocol.json.ServerMessage.RejectedSymbol;

/** Answers what a session asks about symbols and subscriptions. Confined to a shard. */
final class SubscriptionDesk {
    private static final String ALL = "*";
    private static final int NAMED_IN_ERROR = 10;

    private final Market market;
    private final Subscriber subscriber;
    private final Subprotocol form;
    private final Consumer<ServerMessage> replies;

    SubscriptionDesk(Market market, Subscriber subscriber, Subprotocol form, Consumer<ServerMessage> replies) {
        this.market = market;
        this.subscriber = subscriber;
        this.form = form;
        this.replies = replies;
    }

    void on(ClientMessage.Subscribe message) {
        if (!market.ready()) {
            replies.accept(new ServerMessage.Error(
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
        if (channels.isEmpty() && !rejected.isEmpty()) {
            replies.accept(new ServerMessage.Error(
                    message.id(),
                    ErrorCode.UNKNOWN_SYMBOL.name(),
                    "The exchange lists none of these: " + named(rejected),
                    "symbols",
                    rejected));
            return;
        }
        subscribe(message, View.granted(form, message.channels(), message.depth()), channels, rejected);
    }

    void on(ClientMessage.Unsubscribe message) {
        var symbols = new LinkedHashSet<>(message.symbols());
        if (symbols.remove(ALL)) {
            symbols.addAll(subscriber.symbols());
        }
        var done = new ArrayList<String>();
        var rejected = new ArrayList<RejectedSymbol>();
        for (String symbol : symbols) {
            if (subscriber.unsubscribe(symbol)) {
                done.add(symbol);
            } else {
                boolean known = market.channel(symbol) != null;
                rejected.add(rejected(symbol, known ? ErrorCode.NOT_SUBSCRIBED : ErrorCode.UNKNOWN_SYMBOL));
            }
        }
        replies.accept(new ServerMessage.Unsubscribed(message.id(), done, orNull(rejected)));
    }

    void on(ClientMessage.Symbols message) {
        replies.accept(new ServerMessage.SymbolList(message.id(), market.listings()));
    }

    /** The feed was read up to its end, perhaps after it was replaced: goes on with what waits for that. */
    void feedReady() {
        if (subscriber.takeFeedReplaced()) {
            var byView = new LinkedHashMap<View, List<String>>();
            subscriber
                    .waiting()
                    .forEach((symbol, view) ->
                            byView.computeIfAbsent(view, v -> new ArrayList<>()).add(symbol));
            byView.forEach(this::tellAgain);
        }
        subscriber.join();
    }

    private void subscribe(
            ClientMessage.Subscribe message, View view, Map<String, Listing> channels, List<RejectedSymbol> rejected) {
        replies.accept(subscribed(message, view, List.copyOf(channels.values()), rejected));
        channels.keySet().forEach(symbol -> subscriber.subscribe(symbol, view));
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
        replies.accept(subscribed(null, view, listings, rejected));
    }

    private ServerMessage subscribed(
            ClientMessage message, View view, List<Listing> listings, List<RejectedSymbol> rejected) {
        return new ServerMessage.Subscribed(
                message == null ? null : message.id(),
                listings,
                orNull(rejected),
                view.channelNames(),
                view.grantedDepth(),
                market.epoch());
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
