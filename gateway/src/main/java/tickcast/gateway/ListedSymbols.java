package tickcast.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.json.ServerMessage;

/**
 * The symbols in the order in which they were listed, and what those who subscribe all are told of the new ones: made once
 * for all who are told the same. Confined to the shard.
 */
final class ListedSymbols {
    /** Most symbols in a message. */
    static final int MOST = 1_000;

    private record Told(View view, int from) {}

    private final List<SymbolChannel> channels = new ArrayList<>();
    private final Map<Told, String> texts = new HashMap<>();
    private long textsSeq;

    void add(SymbolChannel channel) {
        channels.add(channel);
    }

    void clear() {
        channels.clear();
        texts.clear();
    }

    int count() {
        return channels.size();
    }

    /** At most {@link #MOST} symbols from the number {@code from} on. */
    List<SymbolChannel> from(int from) {
        return channels.subList(from, Math.min(channels.size(), from + MOST));
    }

    /**
     * What a subscriber of all is told of {@link #from}.
     *
     * @param seq newest of the feed: what was made before it may be out of date
     */
    String subscribed(View view, int from, long epoch, long seq) {
        if (seq != textsSeq) {
            texts.clear();
            textsSeq = seq;
        }
        return texts.computeIfAbsent(new Told(view, from), told -> {
            var listings = from(from).stream().map(SymbolChannel::listing).toList();
            return ServerMessage.Subscribed.of(
                            null,
                            listings,
                            null,
                            view.channelNames(),
                            view.grantedDepth(),
                            view.grantedRate(),
                            view.onSlow(),
                            epoch,
                            null)
                    .toJson();
        });
    }
}
