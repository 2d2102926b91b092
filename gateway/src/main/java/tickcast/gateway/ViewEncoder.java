package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;

/** Makes what the subscribers of a view are sent. One per form and shard; confined to the shard. */
interface ViewEncoder {

    /**
     * Appends what a message of the feed is to this view.
     *
     * @param channel the symbol, its book as it is after the message
     * @return how many messages were appended
     */
    int append(View view, SymbolChannel channel, DirectBuffer message, int offset, int length, ByteBuf out);

    /** Appends the state of the symbol as it is now; returns how many messages that were. */
    int appendSnapshot(View view, SymbolChannel channel, long nowNanos, ByteBuf out);

    /**
     * Appends the state of the symbol as it is now for those who have seen it before the {@code changes}; returns how many messages
     * that were.
     */
    default int appendChanged(View view, SymbolChannel channel, BookChange changes, long nowNanos, ByteBuf out) {
        return appendSnapshot(view, channel, nowNanos, out);
    }

    /** Appends how many messages were not sent since {@code sent}, if there were any; returns how many messages that took. */
    default int appendConflated(SymbolChannel channel, SentMark sent, long nowNanos, ByteBuf out) {
        return 0;
    }

    /** How many bytes a buffer must have free before the first message, for what {@link #frame} puts there. */
    default int reserved() {
        return 0;
    }

    /** Completes what was appended to {@code buffer}, from {@link #reserved} to its end: sets where it begins. */
    default void frame(ByteBuf buffer, int messages, long epoch, long nowNanos) {}
}
