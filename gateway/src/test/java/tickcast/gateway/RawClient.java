package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client that does what no library lets one do: frames against the rules, and not reading. */
final class RawClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    record Frame(int opcode, byte[] payload) {
        int closeCode() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long openedNanos = System.nanoTime();
    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawClient(int port, int receiveBytes) throws IOException {
        this(port, "tickcast.v1", receiveBytes);
    }

    RawClient(int port, String subprotocol, int receiveBytes) throws IOException {
        socket.setReceiveBufferSize(receiveBytes);
        socket.setSoTimeout((int) TestClient.DEADLINE_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Protocol: " + subprotocol + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        in = new DataInputStream(socket.getInputStream());
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
    }

    void send(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A final frame, masked with zeros. */
    void send(int opcode, byte[] payload) throws IOException {
        sendHeader(0x80 | opcode, payload.length);
        socket.getOutputStream().write(payload);
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Only the header of a frame of {@code length} bytes. */
    void sendHeader(int firstByte, int length) throws IOException {
        var header = new ByteArrayOutputStream();
        header.write(firstByte);
        if (length < 126) {
            header.write(0x80 | length);
        } else if (length < 1 << 16) {
            header.write(0x80 | 126);
            header.write(length >> 8);
            header.write(length);
        } else {
            header.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                header.write((int) ((long) length >> shift));
            }
        }
        header.write(new byte[4]);
        socket.getOutputStream().write(header.toByteArray());
    }

    /** Heartbeats come for ever, so the test's time is limited, not the time of a frame. */
    Frame read() throws IOException {
        assertTrue(System.nanoTime() - openedNanos < MOST_NANOS, "not in time");
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        var payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    /** Reads on to the close frame. */
    Frame readClose() throws IOException {
        var frame = read();
        while (frame.opcode != CLOSE) {
            frame = read();
        }
        return frame;
    }

    /** Nothing more is sent; answers may come. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
