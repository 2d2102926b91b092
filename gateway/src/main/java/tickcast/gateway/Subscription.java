package tickcast.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A subscriber's place among those who see the same view of a symbol. While its client does not keep up it is parked: its group sends
 * to it no more, and what it was not sent is counted. Confined to a shard.
 */
final class Subscription {
    private final Subscriber subscriber;
    private final SymbolChannel channel;
    private final ViewGroup group;
    private final View view;
    private int index;
    private SentMark parkedAt;
    private long updatedNanos;
    private boolean ended;

    Subscription(Subscriber subscriber, SymbolChannel channel, ViewGroup group, View view, int index) {
        this.subscriber = subscriber;
        this.channel = channel;
        this.group = group;
        this.view = view;
        this.index = index;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    SymbolChannel channel() {
        return channel;
    }

    View view() {
        return view;
    }

    int index() {
        return index;
    }

    void index(int newIndex) {
        index = newIndex;
    }

    /** The symbol's state as it is now, to be followed by what is forwarded from now on. */
    ByteBuf snapshot(long epoch, long nowNanos) {
        return group.snapshot(channel, epoch, nowNanos);
    }

    boolean parked() {
        return parkedAt != null;
    }

    boolean ended() {
        return ended;
    }

    void park(long nowNanos) {
        parkedAt = new SentMark();
        if (group instanceof ConflatedGroup conflated) {
            parkedAt.copy(conflated.sent());
        } else {
            parkedAt.reach(channel);
        }
        updatedNanos = nowNanos;
        channel.park(group, this);
    }

    /** Whether there are messages that were neither sent to it nor told as not sent. */
    boolean behind() {
        var sent = sent();
        return sent != null && sent.merged(channel) > 0;
    }

    /** When it was parked, or updated since. */
    long updatedNanos() {
        return updatedNanos;
    }

    /** What a parked one was not sent, as a number, and the symbol's state as it is now. */
    ByteBuf update(long epoch, long epochNanos, long nowNanos) {
        updatedNanos = nowNanos;
        return told(true, epoch, epochNanos);
    }

    /** What was not sent, as a number; it is to end. */
    ByteBuf account(long epoch, long epochNanos) {
        return told(false, epoch, epochNanos);
    }

    private ByteBuf told(boolean stateWanted, long epoch, long epochNanos) {
        var sent = sent();
        var update = group.update(channel, sent, stateWanted, epoch, epochNanos);
        if (parked()) {
            subscriber.missed(sent.merged(channel), sent.mergedTrades(channel));
            sent.reach(channel);
        }
        return update;
    }

    private SentMark sent() {
        return group instanceof ConflatedGroup conflated && !parked() ? conflated.sent() : parkedAt;
    }

    /** The symbol's channel has ended it. */
    void expelled(String symbol) {
        ended = true;
        subscriber.expelled(symbol, view);
    }

    void end() {
        ended = true;
        channel.leave(group, this);
    }
}
