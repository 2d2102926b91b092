package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that sends all that it has to say, a close last, and ends its side of the connection, over native sockets where there are. */
@Timeout(120)
class LastWordsTest {
    private static final int CLIENTS = 50;
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8};
    private static final String CLOSED = "\u0088\u0002\u0003\u00E8";

    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 60_000})
    void areTakenAlthoughTheEndIsNoticedBefore(int length, @TempDir Path data) throws IOException {
        try (var gateway = RunningServer.start("gateway", "--port", "0", "--data", data.toString())) {
            int port = URI.create(gateway.url()).getPort();
            for (int i = 0; i < CLIENTS; i++) {
                String heard = heard(port, length);
                assertTrue(heard.contains("{\"type\":\"pong\",\"messageId\":1,"), heard);
                assertTrue(heard.contains("{\"type\":\"pong\",\"messageId\":2,"), heard);
                assertTrue(heard.endsWith(CLOSED), heard);
            }
            assertEquals(ExitStatus.OK, gateway.stop(), gateway.err());
        }
    }

    /** A client that says no goodbye hears its answer all the same, or why it is closed. */
    @ParameterizedTest
    @CsvSource({
        "100, 'x', MALFORMED_JSON",
        "5000, 'x', MALFORMED_JSON",
        "100, '\u00FF', not UTF-8",
        "5000, '\u00FF', not UTF-8"
    })
    void areAnsweredWithoutAGoodbye(int length, String what, String answer, @TempDir Path data) throws IOException {
        try (var gateway = RunningServer.start("gateway", "--port", "0", "--data", data.toString())) {
            int port = URI.create(gateway.url()).getPort();
            for (int i = 0; i < CLIENTS; i++) {
                String heard = heard(port, frame(what.repeat(length)));
                assertTrue(heard.contains(answer), heard);
            }
        }
    }

    /** All that comes back for a long ping, a short one and a close. */
    private static String heard(int port, int length) throws IOException {
        var said = new ByteArrayOutputStream();
        said.writeBytes(frame("{\"type\":\"ping\",\"id\":1" + " ".repeat(length) + "}"));
        said.writeBytes(frame("{\"type\":\"ping\",\"id\":2}"));
        said.writeBytes(CLOSE);
        return heard(port, said.toByteArray());
    }

    /** All that comes back for this, after which nothing is said. */
    private static String heard(int port, byte[] frames) throws IOException {
        var said = new ByteArrayOutputStream();
        said.writeBytes(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        said.writeBytes(frames);
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(said.toByteArray());
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Final, of a text below 64 KiB, masked with zeros. */
    private static byte[] frame(String text) {
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (text.length() < 126) {
            frame.write(0x80 | text.length());
        } else {
            frame.write(0x80 | 126);
            frame.write(text.length() >> 8);
            frame.write(text.length());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return frame.toByteArray();
    }
}
