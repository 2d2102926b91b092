package tickcast.cli.load;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Stands first in a pipeline and lets through only as many reads of the socket as it is told to, whatever the handlers behind it
 * ask for: a decoder that waits for the rest of a frame would read on by itself. Confined to the channel's event loop.
 */
final class ReadGate extends ChannelDuplexHandler {
    private static final int READS_PER_SECOND = 10;
    /** Of the system; else megabytes would be taken before the gateway notices anything. */
    static final int SOCKET_BUFFER_BYTES = 16 * 1024;

    private final int bytesPerSecond;
    private ChannelHandlerContext context;
    private boolean paced;

    /** @param bytesPerSecond that are read after {@link #close}; 0 for none */
    ReadGate(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** What a channel with such a gate must read with. */
    static RecvByteBufAllocator allocator(int bytesPerSecond) {
        int bytes = Math.max(1, bytesPerSecond / READS_PER_SECOND);
        return new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(1);
    }

    /** From now on only so much is read as was said. */
    void close() {
        paced = true;
        context.channel().config().setAutoRead(false);
        if (bytesPerSecond > 0) {
            readNext();
        }
    }

    private void readNext() {
        if (context.channel().isActive()) {
            context.read();
            context.executor().schedule(this::readNext, 1_000 / READS_PER_SECOND, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!paced) {
            ctx.read();
        }
    }
}
