package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The way to a client: ready-made frames are written past the WebSocket encoder and flushed together later. What the connection does
 * not take at once is kept here, so that it can be given up. What waits for the client is bounded: when more does, it is told to
 * {@code overflow} and nothing more is written. Confined to an event loop.
 */
final class Outbound {
    /** What the connection costs for each write that waits. */
    private static final int WRITE_BYTES = 96;
    /** So much is handed to a connection that does not take it. */
    private static final int HANDED_BYTES = 64 << 10;
    /** Above this part of the limit the client is behind. */
    private static final int BEHIND_DIVISOR = 4;

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final DirectSocket socket;
    private final FlushQueue flushes;
    private final int limitBytes;
    private final int handedBytes;
    private final Runnable overflow;
    private final Deque<ByteBuf> kept = new ArrayDeque<>(0);
    private final List<Runnable> whenTaken = new ArrayList<>(0);
    private Runnable behind = () -> {};
    private long keptBytes;
    private long writtenBytes;
    private boolean flushQueued;
    private boolean closed;

    Outbound(ChannelHandlerContext context, FlushQueue flushes, int limitBytes, Runnable overflow) {
        this.context = context;
        this.channel = context.channel();
        this.socket = DirectSocket.of(channel);
        this.flushes = flushes;
        this.limitBytes = limitBytes;
        this.overflow = overflow;
        handedBytes = Math.min(HANDED_BYTES, limitBytes / BEHIND_DIVISOR);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(handedBytes / 2, handedBytes));
        context.pipeline().addBefore(context.name(), null, new Taken());
    }

    int limitBytes() {
        return limitBytes;
    }

    /** What to do, again and again, while a quarter of the limit waits. */
    void whenBehind(Runnable action) {
        behind = action;
    }

    /** How many bytes wait for the client, written but not yet taken by its connection. */
    long pendingBytes() {
        long handed = channel.isWritable()
                ? handedBytes - channel.bytesBeforeUnwritable()
                : handedBytes / 2 + channel.bytesBeforeWritable();
        return keptBytes + Math.max(0, handed);
    }

    /** How many bytes were written since the beginning. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** Writes whole frames, which now belong to this; they go out with the next flush. */
    void write(ByteBuf frames) {
        int bytes = frames.readableBytes();
        if (closed || !channel.isActive() || bytes == 0) {
            frames.release();
        } else if (keptBytes == 0 && channel.isWritable()) {
            writtenBytes += bytes + WRITE_BYTES;
            context.write(frames, context.voidPromise());
            if (!flushQueued) {
                flushQueued = true;
                flushes.add(this);
            }
        } else {
            keep(frames, bytes + WRITE_BYTES);
        }
    }

    /** Writes frames that are shared with others and stay the caller's, at once if the connection takes them. */
    void send(ByteBuf shared) {
        int sent = sendNow(shared);
        int left = shared.readableBytes() - sent;
        if (left > 0) {
            write(shared.retainedSlice(shared.readerIndex() + sent, left));
        }
    }

    /** Writes frames of a buffer that the caller uses again, at once if the connection takes them. */
    void sendCopy(ByteBuf frames) {
        int sent = sendNow(frames);
        int left = frames.readableBytes() - sent;
        if (left > 0) {
            write(PooledByteBufAllocator.DEFAULT
                    .directBuffer(left)
                    .writeBytes(frames, frames.readerIndex() + sent, left));
        }
    }

    private int sendNow(ByteBuf frames) {
        if (socket == null || closed || keptBytes > 0) {
            return 0;
        }
        int sent = socket.write(frames);
        writtenBytes += sent;
        return sent;
    }

    private void keep(ByteBuf frames, int bytes) {
        long pending = pendingBytes() + bytes;
        if (pending > limitBytes) {
            frames.release();
            overflow.run();
            return;
        }
        writtenBytes += bytes;
        keptBytes += bytes;
        kept.add(frames);
        if (pending > limitBytes / BEHIND_DIVISOR) {
            behind.run();
        }
    }

    /** Hands on what was kept, as far as the connection takes it. */
    private void taken() {
        boolean any = keptBytes > 0 && channel.isWritable();
        while (keptBytes > 0 && channel.isWritable()) {
            handOver();
        }
        if (any) {
            context.flush();
        }
        if (keptBytes == 0 && !whenTaken.isEmpty()) {
            var actions = List.copyOf(whenTaken);
            whenTaken.clear();
            actions.forEach(this::whenWritten);
        }
    }

    private void handOver() {
        var frames = kept.remove();
        keptBytes -= frames.readableBytes() + WRITE_BYTES;
        context.write(frames, context.voidPromise());
    }

    /** Writes a text frame. */
    void writeText(String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        var frame = PooledByteBufAllocator.DEFAULT.directBuffer(FrameHeader.length(length) + length);
        FrameHeader.write(frame, FrameHeader.TEXT, length);
        ByteBufUtil.writeUtf8(frame, text);
        write(frame);
    }

    /** Runs {@code action} when all that was written before has been taken by the connection. */
    void whenWritten(Runnable action) {
        if (keptBytes > 0) {
            whenTaken.add(action);
            return;
        }
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && !closed) {
                action.run();
            }
        });
    }

    void flush() {
        flushQueued = false;
        context.flush();
    }

    /** Gives up what waits and was not handed to the connection yet. */
    void giveUp() {
        kept.forEach(ByteBuf::release);
        kept.clear();
        keptBytes = 0;
    }

    /** Nothing is written from now on. What was, is flushed. */
    void close() {
        if (!closed) {
            closed = true;
            while (keptBytes > 0) {
                handOver();
            }
            flush();
        }
    }

    /** Hears when the connection takes more. */
    private final class Taken extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext from) {
            taken();
            from.fireChannelWritabilityChanged();
        }
    }
}
