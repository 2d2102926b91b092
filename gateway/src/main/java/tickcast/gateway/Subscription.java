package tickcast.gateway;

import io.netty.buffer.ByteBuf;

/** A subscriber's place among those who see the same view of a symbol. */
final class Subscription {
    private final Subscriber subscriber;
    private final SymbolChannel channel;
    private final ViewGroup group;
    private int index;

    Subscription(Subscriber subscriber, SymbolChannel channel, ViewGroup group, int index) {
        this.subscriber = subscriber;
        this.channel = channel;
        this.group = group;
        this.index = index;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    SymbolChannel channel() {
        return channel;
    }

    View view() {
        return group.view();
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

    void end() {
        channel.leave(group, this);
    }
}
