package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

/**
 * A native socket that is written to at once, without a pipeline, a queue or anything made for the write: what the fan-out
 * does once for each subscriber. Confined to the socket's event loop.
 */
final class DirectSocket {
    private final Socket socket;
    private final ChannelOutboundBuffer waiting;

    private DirectSocket(Socket socket, ChannelOutboundBuffer waiting) {
        this.socket = socket;
        this.waiting = waiting;
    }

    /** Null when the transport is not native, or encrypts. */
    static DirectSocket of(Channel channel) {
        boolean plain = channel.pipeline().get(SslHandler.class) == null;
        // A channel that is closed already has no buffer.
        var waiting = channel.unsafe().outboundBuffer();
        return plain && waiting != null && channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket
                ? new DirectSocket(socket, waiting)
                : null;
    }

    /**
     * Writes what the socket takes now of a direct buffer, whose indices stay as they are. Nothing while what was written
     * before waits, and nothing when the socket has failed: whoever writes the rest by way of the channel hears why.
     *
     * @return how many bytes
     */
    int write(ByteBuf frames) {
        if (waiting.totalPendingWriteBytes() > 0 || !socket.isOpen()) {
            return 0;
        }
        try {
            return socket.sendAddress(frames.memoryAddress(), frames.readerIndex(), frames.writerIndex());
        } catch (IOException e) {
            return 0;
        }
    }
}
