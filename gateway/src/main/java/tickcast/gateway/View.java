package tickcast.gateway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.JsonNames;

/**
 * What subscribers see of a symbol: those with equal views get the same bytes.
 *
 * @param channels what is sent of it
 * @param depth most levels of a side, 0 = the whole book
 */
record View(Subprotocol form, Set<Channel> channels, int depth) {

    /** What a session of {@code form} is granted when it asks for {@code channels} and {@code depth}. */
    static View granted(Subprotocol form, Set<Channel> channels, int depth) {
        return switch (form) {
            case V1 -> new View(form, Set.copyOf(channels), channels.contains(Channel.BOOK) ? depth : 0);
            case SBE -> new View(form, Set.of(Channel.values()), 0);
            case JSON -> new View(form, withPriceAndTradesTogether(channels), 0);
        };
    }

    boolean has(Channel channel) {
        return channels.contains(channel);
    }

    List<String> channelNames() {
        return new TreeSet<>(channels).stream().map(JsonNames::of).toList();
    }

    /** The depth as a client is told it: null where the whole book is sent, or none. */
    Integer grantedDepth() {
        return depth == 0 ? null : depth;
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
