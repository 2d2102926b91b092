package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;

/**
 * The way to a client: ready-made frames are written past the WebSocket encoder and flushed together later. What waits for
 * the client is bounded: when more does, it is told to {@code overflow} and nothing more is written. Confined to an event
 * loop.
 */
final class Outbound {
    private final ChannelHandlerContext context;
    private final Channel channel;
    private final FlushQueue flushes;
    private final int limitBytes;
    private final Runnable overflow;
    private boolean flushQueued;
    private boolean closed;

    Outbound(ChannelHandlerContext context, FlushQueue flushes, int limitBytes, Runnable overflow) {
        this.context = context;
        this.channel = context.channel();
        this.flushes = flushes;
        this.limitBytes = limitBytes;
        this.overflow = overflow;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limitBytes / 2, limitBytes));
    }

    int limitBytes() {
        return limitBytes;
    }

    /** How many bytes wait for the client, written but not yet taken by its connection. */
    long pendingBytes() {
        return channel.isWritable()
                ? limitBytes - channel.bytesBeforeUnwritable()
                : limitBytes / 2 + channel.bytesBeforeWritable();
    }

    /** Writes whole frames, which now belong to this; they go out with the next flush. */
    void write(ByteBuf frames) {
        if (closed || !channel.isActive() || !frames.isReadable()) {
            frames.release();
        } else if (!channel.isWritable()) {
            frames.release();
            overflow.run();
        } else {
            context.write(frames, context.voidPromise());
            if (!flushQueued) {
                flushQueued = true;
                flushes.add(this);
            }
        }
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
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && !closed) {
                action.run();
            }
        });
    }

    /** Writes a close frame at once, even after {@link #close}. */
    void writeClose(int code, String reason) {
        int length = Short.BYTES + ByteBufUtil.utf8Bytes(reason);
        var frame = PooledByteBufAllocator.DEFAULT.directBuffer(FrameHeader.length(length) + length);
        FrameHeader.write(frame, FrameHeader.CLOSE, length);
        frame.writeShort(code);
        ByteBufUtil.writeUtf8(frame, reason);
        context.writeAndFlush(frame, context.voidPromise());
    }

    void flush() {
        flushQueued = false;
        context.flush();
    }

    /** Nothing is written from now on. What was, is flushed. */
    void close() {
        if (!closed) {
            closed = true;
            flush();
        }
    }
}
