package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Those who see the same view of a symbol, and what they are to be sent at the end of the turn. Confined to a shard. */
class ViewGroup {
    private static final int INITIAL_BYTES = 1_024;

    private final View view;
    private final ViewEncoder encoder;
    private final List<Subscription> members = new ArrayList<>();
    private ByteBuf batch;
    private int messages;
    private boolean framed;

    ViewGroup(View view, ViewEncoder encoder) {
        this.view = view;
        this.encoder = encoder;
    }

    View view() {
        return view;
    }

    List<Subscription> members() {
        return members;
    }

    Subscription add(Subscriber subscriber, SymbolChannel channel, View granted) {
        var subscription = new Subscription(subscriber, channel, this, granted, members.size());
        members.add(subscription);
        return subscription;
    }

    void remove(Subscription subscription) {
        var last = members.remove(members.size() - 1);
        if (last != subscription) {
            members.set(subscription.index(), last);
            last.index(subscription.index());
        }
    }

    /** Appends a message to the batch; returns how many bytes that took. */
    int append(SymbolChannel channel, DirectBuffer message, int offset, int length) {
        if (batch == null) {
            batch = newBuffer(INITIAL_BYTES);
        }
        int before = batch.writerIndex();
        messages += encoder.append(view, channel, message, offset, length, batch);
        return batch.writerIndex() - before;
    }

    /** Appends what is new of the symbol since {@code sent} to the batch; returns how many bytes that took. */
    int appendUpdate(SymbolChannel channel, SentMark sent, BookChange changes, long epochNanos) {
        if (batch == null) {
            batch = newBuffer(INITIAL_BYTES);
        }
        int before = batch.writerIndex();
        messages += encoder.appendConflated(channel, sent, epochNanos, batch);
        messages += encoder.appendChanged(view, channel, changes, epochNanos, batch);
        return batch.writerIndex() - before;
    }

    /** How many messages the batch has. */
    int messages() {
        return messages;
    }

    /** The batch as it goes to a subscriber who is sent nothing else; it stays this group's. */
    ByteBuf framed(long epoch, long nowNanos) {
        if (!framed) {
            encoder.frame(batch, messages, epoch, nowNanos);
            framed = true;
        }
        return batch;
    }

    /** Makes of the batches of several symbols, all of one form, what goes to one subscriber. */
    static void gather(ViewGroup[] groups, int count, long epoch, long nowNanos, ByteBuf into) {
        var encoder = groups[0].encoder;
        int messages = 0;
        into.setIndex(encoder.reserved(), encoder.reserved());
        for (int i = 0; i < count; i++) {
            messages += groups[i].messages;
            into.writeBytes(groups[i].batch, encoder.reserved(), groups[i].bodyLength());
        }
        encoder.frame(into, messages, epoch, nowNanos);
    }

    /** The state of the symbol as it is now. */
    ByteBuf snapshot(SymbolChannel channel, long epoch, long nowNanos) {
        var buffer = newBuffer(INITIAL_BYTES);
        int count = encoder.appendSnapshot(view, channel, nowNanos, buffer);
        if (count > 0) {
            encoder.frame(buffer, count, epoch, nowNanos);
        }
        return buffer;
    }

    /** What was not sent since {@code sent}, as a number; with it the state of the symbol as it is now, if {@code stateWanted}. */
    ByteBuf update(SymbolChannel channel, SentMark sent, boolean stateWanted, long epoch, long nowNanos) {
        var buffer = newBuffer(INITIAL_BYTES);
        int count = encoder.appendConflated(channel, sent, nowNanos, buffer);
        count += stateWanted ? encoder.appendSnapshot(view, channel, nowNanos, buffer) : 0;
        if (count > 0) {
            encoder.frame(buffer, count, epoch, nowNanos);
        }
        return buffer;
    }

    /** The turn is over: forgets the batch. */
    void clear() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        messages = 0;
        framed = false;
    }

    private int bodyLength() {
        return batch.writerIndex() - encoder.reserved();
    }

    private ByteBuf newBuffer(int bodyLength) {
        int reserved = encoder.reserved();
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(reserved + bodyLength)
                .writerIndex(reserved)
                .readerIndex(reserved);
    }
}
