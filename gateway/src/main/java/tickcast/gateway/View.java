package tickcast.gateway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.OnSlow;

/**
 * What a subscription was granted: what it shows of a symbol, how often, and what becomes of it when its client does not keep up.
 *
 * @param channels what is sent of it
 * @param depth most levels of a side, 0 = the whole book
 * @param maxRate most updates of book and price in a second, 0 = every one
 */
record View(Subprotocol form, Set<Channel> channels, int depth, double maxRate, OnSlow onSlow) {

    /** What a session of {@code form} is granted when it asks for every update of {@code channels} to {@code depth}. */
    static View granted(Subprotocol form, Set<Channel> channels, int depth) {
        return granted(form, channels, depth, 0, OnSlow.CONFLATE);
    }

    /** What a session of {@code form} is granted when it asks for this; where nothing can be merged it gets every update. */
    static View granted(Subprotocol form, Set<Channel> channels, int depth, double maxRate, OnSlow onSlow) {
        double rate = mergeable(form, channels) ? maxRate : 0;
        int levels = form == Subprotocol.V1 && !channels.contains(Channel.BOOK) ? 0 : depth;
        return switch (form) {
            case V1 -> new View(form, Set.copyOf(channels), levels, rate, onSlow);
            case SBE -> new View(form, chained(channels, rate), rate == 0 ? 0 : levels, rate, onSlow);
            case JSON -> new View(form, withPriceAndTradesTogether(channels), rate == 0 ? 0 : levels, rate, onSlow);
        };
    }

    boolean has(Channel channel) {
        return channels.contains(channel);
    }

    boolean conflated() {
        return maxRate > 0;
    }

    long intervalNanos() {
        return (long) Math.ceil(TimeUnit.SECONDS.toNanos(1) / maxRate);
    }

    /** Whether subscribers of both are sent the same bytes. */
    boolean looksLike(View other) {
        return form == other.form
                && depth == other.depth
                && maxRate == other.maxRate
                && channels.equals(other.channels);
    }

    List<String> channelNames() {
        return new TreeSet<>(channels).stream().map(JsonNames::of).toList();
    }

    /** The depth as a client is told it: null where the whole book is sent, or none. */
    Integer grantedDepth() {
        return depth == 0 ? null : depth;
    }

    /** The rate as a client is told it: null where every update is sent. */
    Double grantedRate() {
        return conflated() ? maxRate : null;
    }

    private static boolean mergeable(Subprotocol form, Set<Channel> channels) {
        return switch (form) {
            case V1 -> channels.contains(Channel.BOOK) || channels.contains(Channel.PRICE);
            case SBE -> true;
            case JSON -> channels.contains(Channel.BOOK);
        };
    }

    /** Every message is a link of the chain; where they are conflated there is none, and trades can be left out. */
    private static Set<Channel> chained(Set<Channel> channels, double maxRate) {
        return maxRate == 0 || channels.contains(Channel.TRADES)
                ? Set.of(Channel.values())
                : Set.of(Channel.PRICE, Channel.BOOK);
    }

    /** In JSON the trades are what tells the price. */
    private static Set<Channel> withPriceAndTradesTogether(Set<Channel> channels) {
        var granted = new TreeSet<>(channels);
        if (granted.contains(Channel.PRICE) || granted.contains(Channel.TRADES)) {
            granted.add(Channel.PRICE);
            granted.add(Channel.TRADES);
        }
        return Set.copyOf(granted);
    }
}
