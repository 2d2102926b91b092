package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextAssemblerTest {
    private final TextAssembler assembler = new TextAssembler(6);

    @Test
    void aTextInOneFrame() {
        assertEquals("héllo", take(new TextWebSocketFrame("héllo")));
    }

    /** A character may be cut by the end of a frame. */
    @Test
    void aTextInPieces() {
        var bytes = "né!".getBytes(StandardCharsets.UTF_8);
        assertNull(take(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(bytes, 0, 2))));
        assertNull(take(new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER)));
        assertEquals("né!", take(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(bytes, 2, 2))));
        assertEquals("next", take(new TextWebSocketFrame("next")));
    }

    @Test
    void theWholeTextIsLimited() {
        assertTrue(assembler.takes(new TextWebSocketFrame("123456")));
        assertFalse(assembler.takes(new TextWebSocketFrame("1234567")));
        assertNull(take(new TextWebSocketFrame(false, 0, "12345")));
        assertTrue(assembler.takes(new ContinuationWebSocketFrame(true, 0, "6")));
        assertFalse(assembler.takes(new ContinuationWebSocketFrame(true, 0, "67")));
    }

    private String take(WebSocketFrame frame) {
        byte[] text = assembler.take(frame);
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }
}
