package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tickcast.protocol.json.ServerMessage;

/**
 * What a session subscribes, and what it is to be sent of it. A subscription waits until its snapshot can be made and the
 * client has read most of what it was sent before; from then on it is live. Confined to a shard.
 */
final class Subscriber {
    /** Snapshots that follow each other stay below what counts as falling behind. */
    private static final int PACE_DIVISOR = 8;
    /** History goes by pieces that do not wait for long, however slowly the client reads. */
    private static final int READ_DIVISOR = 64;

    private final Market market;
    private final Outbound outbound;
    private final LongSupplier epochNanos;
    private final Map<String, Subscription> live = new HashMap<>();
    private final Map<String, View> waiting = new LinkedHashMap<>();
    private ViewGroup[] gathered = new ViewGroup[4];
    private int gatheredCount;
    private Runnable goOn = this::join;
    private boolean draining;
    private long missedMessages;
    private long missedTrades;

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
        account(live.remove(symbol));
        waiting.remove(symbol);
        waiting.put(symbol, view);
    }

    /** The client has everything that the shard has read: the symbol is live without a snapshot, unless its book is lost. */
    void continueLive(String symbol, View view) {
        var channel = market.channel(symbol);
        if (channel != null && channel.book().valid()) {
            live.put(symbol, channel.join(view, this));
        } else {
            waiting.put(symbol, view);
        }
    }

    /** False when the symbol was not subscribed. */
    boolean unsubscribe(String symbol) {
        var subscription = live.remove(symbol);
        account(subscription);
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
        return waitsAtMost(outbound.limitBytes() / PACE_DIVISOR);
    }

    /** Whether the client has read nearly all that it was sent; if not, it is gone on with when it has. */
    boolean hasRead() {
        return waitsAtMost(outbound.limitBytes() / READ_DIVISOR);
    }

    private boolean waitsAtMost(int bytes) {
        if (outbound.pendingBytes() <= bytes) {
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

    /** How new what is known of the subscribed symbols is. */
    ServerMessage.Heartbeat heartbeat() {
        SymbolChannel newest = null;
        for (var subscription : live.values()) {
            var channel = subscription.channel();
            if (newest == null || channel.book().lastSeq() > newest.book().lastSeq()) {
                newest = channel;
            }
        }
        if (newest == null) {
            return new ServerMessage.Heartbeat(0, null, market.lastSeq(), System.currentTimeMillis());
        }
        long ageMillis = TimeUnit.NANOSECONDS.toMillis(epochNanos.getAsLong() - newest.lastPublishNanos());
        return new ServerMessage.Heartbeat(
                newest.book().lastSeq(), Math.max(0, ageMillis), market.lastSeq(), System.currentTimeMillis());
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
    int writeGathered(long epoch, long nowNanos, ByteBuf scratch) {
        ByteBuf frames = scratch;
        if (gatheredCount == 1) {
            frames = gathered[0].framed(epoch, nowNanos);
            outbound.send(frames);
        } else {
            ViewGroup.gather(gathered, gatheredCount, epoch, nowNanos, frames);
            outbound.sendCopy(frames);
        }
        gatheredCount = 0;
        return frames.readableBytes();
    }

    void close() {
        live.values().forEach(Subscription::end);
        live.clear();
        waiting.clear();
    }

    /** Sends to a parked one again, after what it has missed. */
    void restore(Subscription parked, long nowNanos) {
        if (parked.behind()) {
            outbound.write(parked.update(market.epoch(), epochNanos.getAsLong(), nowNanos));
        }
        if (!parked.ended()) {
            parked.end();
            live.put(parked.channel().symbol(), parked.channel().join(parked.view(), this));
        }
    }

    /** Sends what a parked one has missed, as the state of now. */
    void renew(Subscription parked, long nowNanos) {
        outbound.write(parked.update(market.epoch(), epochNanos.getAsLong(), nowNanos));
    }

    /** Messages were not sent because the client does not keep up. */
    void missed(long messages, long trades) {
        missedMessages += messages;
        missedTrades += trades;
    }

    long missedMessages() {
        return missedMessages;
    }

    long missedTrades() {
        return missedTrades;
    }

    void forgetMissed() {
        missedMessages = 0;
        missedTrades = 0;
    }

    /** Tells what it was not sent, and ends it. */
    private void account(Subscription subscription) {
        if (subscription == null) {
            return;
        }
        if (subscription.behind()) {
            outbound.write(subscription.account(market.epoch(), epochNanos.getAsLong()));
        }
        subscription.end();
    }
}
