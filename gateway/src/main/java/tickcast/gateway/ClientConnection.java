package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A WebSocket after its handshake, without the objects that Vert.x keeps for each: they take more memory than everything else
 * about a client, and the fan-out writes past them anyway. It answers pings and closes; all other frames go to a session. Confined
 * to its event loop.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_CONTROL_PAYLOAD = 125;
    /** What a client has on its way when it is told that it broke the rules is taken, up to so much. */
    private static final long MOST_DISCARDED_BYTES = 4 << 20;

    /** What hears of it. */
    interface Listener {
        /** A frame that must not be kept. */
        void onFrame(WebSocketFrame frame);

        /** The connection goes after this: the frames broke the rules, or the network failed. */
        void onFailure(Throwable failure);

        /** The connection is gone. */
        void onGone();
    }

    private static final Listener NOBODY = new Listener() {
        @Override
        public void onFrame(WebSocketFrame frame) {}

        @Override
        public void onFailure(Throwable failure) {}

        @Override
        public void onGone() {}
    };

    private final Deque<WebSocketFrame> held = new ArrayDeque<>(0);
    private ChannelHandlerContext context;
    /** Null until the connection is taken over: what is not a frame still goes to Vert.x. */
    private Listener listener;

    private boolean paused = true;
    private boolean delivering;
    private boolean closeSent;
    /** Nothing more comes from the client but what is held. */
    private boolean ended;

    /** Stands in a connection before its handshake, and keeps frames that come together with it. */
    static ClientConnection before(HttpServerRequest handshake) {
        var connection = new ClientConnection();
        var vertx = ((ConnectionBase) handshake.connection()).channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), null, connection);
        return connection;
    }

    /** Takes the connection over after its handshake; from then on Vert.x knows it as a channel of its server only. */
    void takeOver(ServerWebSocket socket) {
        context.pipeline()
                .remove(((WebSocketInternal) socket).channelHandlerContext().handler());
        listener = NOBODY;
        // Else the end of what the client sends, which native sockets notice even while nothing is read, ends what
        // waits too.
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** The handshake failed. */
    void giveUp() {
        context.pipeline().remove(this);
    }

    /** Where ready-made frames are written. */
    ChannelHandlerContext context() {
        return context;
    }

    /** Begins to hand frames over, those first that were kept. */
    void start(Listener newListener) {
        listener = newListener;
        resume();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            other(message);
        } else if (paused || delivering) {
            held.add(frame);
        } else {
            deliver(frame);
            deliverHeld();
        }
    }

    private void other(Object message) {
        if (listener == null) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** Frames come no more, but for those that were read already. */
    void pause() {
        paused = true;
        context.channel().config().setAutoRead(false);
    }

    void resume() {
        paused = false;
        if (!delivering) {
            deliverHeld();
        }
        if (!paused) {
            context.channel().config().setAutoRead(true);
            closeWhenEnded();
        }
    }

    /** After the answers to what came last, which are written when the loop has done what it is at. */
    private void closeWhenEnded() {
        if (ended && !paused && !delivering && held.isEmpty()) {
            context.executor().execute(this::closeWhenWritten);
        }
    }

    private void closeWhenWritten() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void deliverHeld() {
        while (!paused && !held.isEmpty()) {
            deliver(held.remove());
        }
    }

    private void deliver(WebSocketFrame frame) {
        delivering = true;
        try {
            if (frame instanceof PingWebSocketFrame) {
                pong(frame.content());
            }
            listener.onFrame(frame);
            if (frame instanceof CloseWebSocketFrame close) {
                closed(close);
            }
        } finally {
            delivering = false;
            frame.release();
        }
    }

    private void pong(ByteBuf payload) {
        if (!closeSent && payload.readableBytes() <= LONGEST_CONTROL_PAYLOAD) {
            control(FrameHeader.PONG, payload);
        }
    }

    /** The client closes, or answers to that. */
    private void closed(CloseWebSocketFrame frame) {
        if (!closeSent) {
            closeSent = true;
            control(FrameHeader.CLOSE, frame.content());
        }
        closeWhenWritten();
    }

    /** Sends the close frame; the connection goes when the client has answered it. */
    void close(int code, String reason) {
        if (!closeSent) {
            closeSent = true;
            var payload = context.alloc().buffer();
            payload.writeShort(code);
            payload.writeCharSequence(reason, StandardCharsets.UTF_8);
            control(FrameHeader.CLOSE, payload);
            payload.release();
        }
    }

    /** Sends an empty ping at once. */
    void ping() {
        control(FrameHeader.PING, Unpooled.EMPTY_BUFFER);
    }

    private void control(int kind, ByteBuf payload) {
        int length = payload.readableBytes();
        var frame = context.alloc().directBuffer(FrameHeader.length(length) + length);
        FrameHeader.write(frame, kind, length);
        frame.writeBytes(payload, payload.readerIndex(), length);
        context.writeAndFlush(frame, context.voidPromise());
    }

    /** Ends the connection at once. */
    void cut() {
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable failure) {
        if (listener == null) {
            from.fireExceptionCaught(failure);
            return;
        }
        listener.onFailure(failure);
        if (failure instanceof DecoderException) {
            discardTheRest();
        } else {
            closeWhenWritten();
        }
    }

    /** To close while the client still sends would reset the connection, and what it was told last would be lost. */
    private void discardTheRest() {
        context.pipeline().addFirst(new Discarding());
        context.channel().config().setAutoRead(true);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(sent -> ((DuplexChannel) context.channel()).shutdownOutput());
    }

    /** Reads and forgets, until the client closes or has sent too much. */
    private static final class Discarding extends ChannelInboundHandlerAdapter {
        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            bytes += message instanceof ByteBuf read ? read.readableBytes() : 0;
            ReferenceCountUtil.release(message);
            if (bytes > MOST_DISCARDED_BYTES) {
                from.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        if (listener == null) {
            from.fireChannelInactive();
        } else {
            listener.onGone();
        }
    }

    /** Once it is taken over nobody else is to hear of the server's end: sessions close by themselves. */
    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (listener == null) {
            from.fireUserEventTriggered(event);
            return;
        }
        if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            closeWhenEnded();
        }
        ReferenceCountUtil.release(event);
    }
}
