package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a session subscribes, and what it is to be sent of it. A subscription waits until its snapshot can be made and the
 * client has read most of what it was sent before; from then on it is live. Confined to a shard.
 */
final class Subscriber {
    private static final int PACE_DIVISOR = 4;

    private final Market market;
    private final Outbound outbound;
    private final LongSupplier epochNanos;
    private final Map<String, Subscription> live = new HashMap<>();
    private final Map<String, View> waiting = new LinkedHashMap<>();
    private ViewGroup[] gathered = new ViewGroup[4];
    private int gatheredCount;
    private Runnable goOn = this::join;
    private boolean draining;

    Subscriber(Market market, Outbound outbound, LongSupplier epochNanos) {
        this.market = market;
        this.outbound = outbound;
        this.epochNanos = epochNanos;
    }

    /** What to do, instead of {@link #join}, when the client has read what it was sent before. */
    void whenDrained(Runnable action) {
        goOn = action;
    }

    /** Subscribes, or begins anew with another view; the snapshot follows as soon as {@link #join} can make it. */
    void subscribe(String symbol, View view) {
        end(live.remove(symbol));
        waiting.remove(symbol);
        waiting.put(symbol, view);
    }

    /** False when the symbol was not subscribed. */
    boolean unsubscribe(String symbol) {
        var subscription = live.remove(symbol);
        end(subscription);
        return waiting.remove(symbol) != null || subscription != null;
    }

    /** Symbols that are subscribed, in no order. */
    List<String> symbols() {
        var symbols = new ArrayList<>(live.keySet());
        symbols.addAll(waiting.keySet());
        return symbols;
    }

    Collection<Subscription> live() {
        return live.values();
    }

    /** What waits for its snapshot, by symbol. */
    Map<String, View> waiting() {
        return waiting;
    }

    /** The symbol's channel cannot continue what was sent; the subscription waits for a new snapshot. */
    void expelled(String symbol, View view) {
        live.remove(symbol);
        waiting.put(symbol, view);
        gatheredCount = 0;
    }

    /** Whether the client has read most of what it was sent; if not, it is gone on with when it has. */
    boolean keepsUp() {
        if (outbound.pendingBytes() <= outbound.limitBytes() / PACE_DIVISOR) {
            return true;
        }
        if (!draining) {
            draining = true;
            outbound.whenWritten(() -> {
                draining = false;
                goOn.run();
            });
        }
        return false;
    }

    /** Makes subscriptions live that wait, as far as their snapshots can be made and the client keeps up. */
    void join() {
        if (!market.current()) {
            return;
        }
        for (var entries = waiting.entrySet().iterator(); entries.hasNext(); ) {
            if (!keepsUp()) {
                return;
            }
            var entry = entries.next();
            var channel = market.channel(entry.getKey());
            if (channel != null && channel.book().valid()) {
                entries.remove();
                var subscription = channel.join(entry.getValue(), this);
                live.put(entry.getKey(), subscription);
                outbound.write(subscription.snapshot(market.epoch(), epochNanos.getAsLong()));
            }
        }
    }

    /** Takes a group's batch to be written at the end of the turn; true for the first one of the turn. */
    boolean gather(ViewGroup group) {
        if (gatheredCount == gathered.length) {
            gathered = Arrays.copyOf(gathered, gatheredCount * 2);
        }
        gathered[gatheredCount++] = group;
        return gatheredCount == 1;
    }

    int gatheredMessages() {
        int messages = 0;
        for (int i = 0; i < gatheredCount; i++) {
            messages += gathered[i].messages();
        }
        return messages;
    }

    /** Writes what was gathered, at once; returns how many bytes that were. */
    int writeGathered(long epoch, long nowNanos) {
        ByteBuf frames = gatheredCount == 1
                ? gathered[0].shared(epoch, nowNanos)
                : ViewGroup.gathered(gathered, gatheredCount, epoch, nowNanos);
        gatheredCount = 0;
        int bytes = frames.readableBytes();
        outbound.write(frames);
        return bytes;
    }

    void close() {
        live.values().forEach(Subscription::end);
        live.clear();
        waiting.clear();
    }

    private static void end(Subscription subscription) {
        if (subscription != null) {
            subscription.end();
        }
    }
}
