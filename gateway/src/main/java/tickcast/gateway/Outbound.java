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
    /** So much of texts goes out in one write. */
    private static final int TEXTS_BYTES = 16 << 10;

    private static final int FEW_TEXTS_BYTES = 512;
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
    private Runnable waiting = () -> {};
    /** Texts that the connection was not handed yet, null when there are none. */
    private ByteBuf texts;

    private long keptBytes;
    private long writtenBytes;
    /** False while nothing can wait: most clients take at once what is sent to them. */
    private boolean mayWait;

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

    /** What to do when something may begin to wait; {@link #pendingBytes} tells whether it does, and when it is over. */
    void whenWaiting(Runnable action) {
        waiting = action;
    }

    /** How many bytes wait for the client, written but not yet taken by its connection. */
    long pendingBytes() {
        if (!mayWait) {
            return 0;
        }
        long handed = channel.isWritable()
                ? handedBytes - channel.bytesBeforeUnwritable()
                : handedBytes / 2 + channel.bytesBeforeWritable();
        long pending = keptBytes + (texts == null ? 0 : texts.readableBytes()) + Math.max(0, handed);
        mayWait = pending > 0;
        return pending;
    }

    /** Something was written past this, and may wait too. */
    void writtenPast() {
        mayWait();
    }

    private void mayWait() {
        if (!mayWait) {
            mayWait = true;
            waiting.run();
        }
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
            return;
        }
        handOverTexts();
        if (takesMore()) {
            writtenBytes += bytes + WRITE_BYTES;
            context.write(frames, context.voidPromise());
            queueFlush();
        } else {
            keep(frames, bytes + WRITE_BYTES);
        }
    }

    private boolean takesMore() {
        return keptBytes == 0 && channel.isWritable();
    }

    private void queueFlush() {
        mayWait();
        if (!flushQueued) {
            flushQueued = true;
            flushes.add(this);
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
        if (socket == null || closed || keptBytes > 0 || texts != null) {
            return 0;
        }
        int sent = socket.write(frames);
        writtenBytes += sent;
        return sent;
    }

    private void keep(ByteBuf frames, int bytes) {
        mayWait();
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

    /** Writes a text frame; those that are written before the next flush go out together. */
    void writeText(String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        int bytes = FrameHeader.length(length) + length;
        boolean joins = !closed && channel.isActive() && takesMore() && bytes <= TEXTS_BYTES;
        var frame = joins ? textsWithRoom(bytes) : PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        FrameHeader.write(frame, FrameHeader.TEXT, length);
        ByteBufUtil.reserveAndWriteUtf8(frame, text, length);
        if (joins) {
            writtenBytes += bytes;
            queueFlush();
        } else {
            write(frame);
        }
    }

    private ByteBuf textsWithRoom(int bytes) {
        if (texts != null && texts.readableBytes() + bytes > TEXTS_BYTES) {
            handOverTexts();
        }
        if (texts == null) {
            texts = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(FEW_TEXTS_BYTES, bytes));
        }
        return texts;
    }

    private void handOverTexts() {
        if (texts != null) {
            var frames = texts;
            texts = null;
            writtenBytes += WRITE_BYTES;
            context.write(frames, context.voidPromise());
        }
    }

    /** Runs {@code action} when all that was written before has been taken by the connection. */
    void whenWritten(Runnable action) {
        if (keptBytes > 0) {
            whenTaken.add(action);
            return;
        }
        handOverTexts();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && !closed) {
                action.run();
            }
        });
    }

    void flush() {
        flushQueued = false;
        if (texts != null && socket != null) {
            texts.skipBytes(socket.write(texts));
            if (!texts.isReadable()) {
                texts.release();
                texts = null;
                return; // what is handed over would have gone before, and is none
            }
        }
        handOverTexts();
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
