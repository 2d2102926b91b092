package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundTest {
    private static final int LIMIT_BYTES = 1 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final Outbound outbound =
            new Outbound(channel.pipeline().firstContext(), new FlushQueue(channel.eventLoop()), LIMIT_BYTES, () -> {});

    @AfterEach
    void close() {
        outbound.close();
        channel.finishAndReleaseAll();
    }

    @Test
    void textsOfATurnGoOutInOneWrite() {
        outbound.writeText("one");
        outbound.writeText("zwölf");
        assertEquals(5 + 8, outbound.pendingBytes());
        assertNull(channel.readOutbound(), "they wait for the end of the turn");
        channel.runPendingTasks();
        assertEquals("\u0081\u0003one\u0081\u0006zw\u00C3\u00B6lf", written());
        assertNull(channel.readOutbound());
        assertEquals(0, outbound.pendingBytes());
    }

    @Test
    void whatIsWrittenKeepsItsOrder() {
        outbound.writeText("a");
        outbound.write(Unpooled.wrappedBuffer(new byte[] {1, 2}));
        outbound.writeText("b");
        outbound.send(Unpooled.wrappedBuffer(new byte[] {3}));
        channel.runPendingTasks();
        assertEquals("\u0081\u0001a", written());
        assertEquals("\u0001\u0002", written());
        assertEquals("\u0081\u0001b", written());
        assertEquals("\u0003", written());
    }

    @Test
    void longAndManyTextsAreWholeToo() {
        String text = "x".repeat(10_000);
        String longText = "y".repeat(100_000);
        for (int i = 0; i < 3; i++) {
            outbound.writeText(text);
        }
        outbound.writeText(longText);
        channel.runPendingTasks();
        var all = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.append(next.toString(StandardCharsets.ISO_8859_1));
            next.release();
        }
        assertEquals(3 * (10_000 + 4) + 100_000 + 10, all.length());
        assertTrue(all.toString().endsWith(longText));
    }

    @Test
    void whatIsWrittenPastItWaitsToo() {
        assertEquals(0, outbound.pendingBytes());
        channel.write(Unpooled.wrappedBuffer(new byte[1_000]));
        outbound.writtenPast();
        assertTrue(outbound.pendingBytes() >= 1_000, "the connection has not taken it");
        channel.flush();
        assertEquals(0, outbound.pendingBytes());
    }

    @Test
    void whatWaitsGoesOutWhenItIsClosed() {
        outbound.writeText("bye");
        outbound.close();
        assertEquals("\u0081\u0003bye", written());
        outbound.writeText("too late");
        channel.runPendingTasks();
        assertNull(channel.readOutbound());
    }

    private String written() {
        ByteBuf next = channel.readOutbound();
        String bytes = next.toString(StandardCharsets.ISO_8859_1);
        next.release();
        return bytes;
    }
}
