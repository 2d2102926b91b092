package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionTest implements ClientConnection.Listener {
    private final ClientConnection connection = new ClientConnection();
    private final EmbeddedChannel channel = new EmbeddedChannel(connection);
    private final List<String> heard = new ArrayList<>();
    private boolean pausesOnText;

    @BeforeEach
    void listen() {
        connection.start(this);
    }

    @Override
    public void onFrame(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            heard.add(text.text());
            if (pausesOnText) {
                connection.pause();
            }
        } else {
            heard.add(frame.getClass().getSimpleName());
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        heard.add(failure.getMessage());
    }

    @Override
    public void onGone() {
        heard.add("gone");
    }

    @Test
    void framesAreHandedOverAndGivenBack() {
        var frame = new TextWebSocketFrame("a");
        channel.writeInbound(frame);
        assertEquals(List.of("a"), heard);
        assertEquals(0, frame.refCnt());
        assertNull(channel.readOutbound());
    }

    @Test
    void framesThatWereReadBeforeAPauseWaitInOrder() {
        pausesOnText = true;
        channel.writeInbound(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"), new TextWebSocketFrame("c"));
        assertEquals(List.of("a"), heard);
        assertFalse(channel.config().isAutoRead());
        connection.resume();
        assertEquals(List.of("a", "b"), heard);
        assertFalse(channel.config().isAutoRead());
        pausesOnText = false;
        connection.resume();
        assertEquals(List.of("a", "b", "c"), heard);
        assertTrue(channel.config().isAutoRead());
    }

    @Test
    void whatWaitsWhenTheConnectionGoesIsGivenBack() {
        pausesOnText = true;
        var waiting = new TextWebSocketFrame("b");
        channel.writeInbound(new TextWebSocketFrame("a"), waiting);
        channel.close();
        assertEquals(List.of("a", "gone"), heard);
        assertEquals(0, waiting.refCnt());
    }

    @Test
    void framesThatComeBeforeItIsTakenOverWaitAndAllElseGoesOn() {
        var early = new EmbeddedChannel();
        var taken = new ClientConnection();
        early.pipeline().addLast(taken);
        early.writeInbound("http", new TextWebSocketFrame("a"));
        assertEquals("http", early.readInbound());
        assertNull(early.readInbound());
        assertEquals(List.of(), heard);
        taken.start(this);
        assertEquals(List.of("a"), heard);
    }

    @Test
    void aPingIsAnsweredWithWhatItSaid() {
        channel.writeInbound(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
        assertArrayEquals(new byte[] {(byte) 0x8A, 3, 1, 2, 3}, written());
        assertEquals(List.of("PingWebSocketFrame"), heard);
    }

    @Test
    void aCloseIsAnsweredAndEndsTheConnection() {
        channel.writeInbound(new CloseWebSocketFrame(1000, "bye"));
        assertArrayEquals(new byte[] {(byte) 0x88, 5, 3, (byte) 0xE8, 'b', 'y', 'e'}, written());
        assertEquals(List.of("CloseWebSocketFrame", "gone"), heard);
        assertFalse(channel.isOpen());
    }

    @Test
    void aCloseOfOursWaitsForTheClients() {
        connection.close(4001, "slow");
        assertArrayEquals(new byte[] {(byte) 0x88, 6, 0x0F, (byte) 0xA1, 's', 'l', 'o', 'w'}, written());
        connection.close(1000, "again");
        channel.writeInbound(new PingWebSocketFrame());
        assertNull(channel.readOutbound(), "nothing follows a close");
        assertTrue(channel.isOpen());
        channel.writeInbound(new CloseWebSocketFrame(4001, "slow"));
        assertFalse(channel.isOpen());
    }

    @Test
    void aFailureIsToldAndEndsTheConnection() {
        channel.pipeline().fireExceptionCaught(new IOException("broken"));
        assertEquals(List.of("broken", "gone"), heard);
        assertFalse(channel.isOpen());
    }

    /** All that was written since the last call. */
    private byte[] written() {
        var all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        var bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }
}
