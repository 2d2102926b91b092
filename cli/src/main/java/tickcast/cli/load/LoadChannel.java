package tickcast.cli.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import tickcast.protocol.Subprotocol;

/** One WebSocket of a subscriber. Confined to its event loop. */
final class LoadChannel extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** What becomes of it; nothing is called after {@link #closed}. */
    interface Events {
        void opened(Channel channel);

        void text(ByteBuf content);

        void binary(ByteBuf content);

        void closed(String why);
    }

    private static final int MOST_BYTES = 1 << 20;
    private static final int HANDSHAKE_BYTES = 8 * 1024;
    private static final long HANDSHAKE_TIMEOUT_MILLIS = 30_000;

    private final Events events;
    private String why = "the gateway ended it";

    private LoadChannel(Events events) {
        this.events = events;
    }

    /** Makes the handlers of a connection. */
    static ChannelInitializer<Channel> initializer(URI url, Subprotocol form, ReadGate gate, Events events) {
        var config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url)
                .version(WebSocketVersion.V13)
                .subprotocol(form.token())
                .maxFramePayloadLength(MOST_BYTES)
                .handshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS)
                .withUTF8Validator(false)
                .handleCloseFrames(false)
                .dropPongFrames(true)
                .build();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(
                        gate,
                        new HttpClientCodec(),
                        new HttpObjectAggregator(HANDSHAKE_BYTES),
                        new WebSocketClientProtocolHandler(config),
                        new WebSocketFrameAggregator(MOST_BYTES),
                        new LoadChannel(events));
            }
        };
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            events.binary(frame.content());
        } else if (frame instanceof TextWebSocketFrame) {
            events.text(frame.content());
        } else if (frame instanceof CloseWebSocketFrame close) {
            why = "the gateway closed it with " + close.statusCode() + " " + close.reasonText();
            ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            events.opened(ctx.channel());
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            why = "the gateway did not answer the handshake";
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.closed(why);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        ctx.close();
    }
}
