package tickcast.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/** The gateway's end of one WebSocket, frame by frame. */
final class ScriptedSession {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    final String path;
    final String subprotocol;
    /** The close code that the client sent. */
    final CompletableFuture<Integer> closedByClient = new CompletableFuture<>();

    final BlockingQueue<Integer> pongs = new LinkedBlockingQueue<>();
    private final Socket socket;
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    private ScriptedSession(Socket socket, String path, String subprotocol) {
        this.socket = socket;
        this.path = path;
        this.subprotocol = subprotocol;
    }

    /** Null when the handshake was refused. */
    static ScriptedSession handshake(Socket socket, DataInputStream in, int refusal) throws IOException {
        String path = line(in).split(" ")[1];
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        if (refusal != 0) {
            write(socket, "HTTP/1.1 " + refusal + " No\r\nContent-Length: 0\r\n\r\n");
            return null;
        }
        String subprotocol = headers.get("Sec-WebSocket-Protocol");
        write(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(headers.get("Sec-WebSocket-Key")) + "\r\n"
                        + "Sec-WebSocket-Protocol: " + subprotocol + "\r\n\r\n");
        return new ScriptedSession(socket, path, subprotocol);
    }

    ScriptedSession welcome(long heartbeatMillis) throws IOException {
        send(new ServerMessage.Welcome("test", "1", "me", subprotocol, FeedScript.EPOCH, 0, heartbeatMillis, 0));
        return this;
    }

    /** The next request, which must be of this kind. */
    <T extends ClientMessage> T request(Class<T> kind) throws InterruptedException {
        String text = texts.poll(10, TimeUnit.SECONDS);
        assertNotNull(text, "no " + kind.getSimpleName() + " came");
        OrderSchema.assertRequest(text);
        try {
            return assertInstanceOf(kind, ClientMessageParser.parse(text));
        } catch (Refusal e) {
            throw new AssertionError(text, e);
        }
    }

    /** Expects a subscribe to exactly this, grants it and sends a snapshot. */
    ClientMessage.Subscribe grant(FeedScript feed) throws InterruptedException, IOException {
        var subscribe = request(ClientMessage.Subscribe.class);
        assertEquals(List.of(FeedScript.SYMBOL), subscribe.symbols());
        granted(subscribe.id());
        sendBinary(feed.packet(feed.snapshot()));
        return subscribe;
    }

    void granted(JsonNode messageId) throws IOException {
        send(new ServerMessage.Subscribed(
                messageId, List.of(listing()), List.of(), List.of("price", "book", "trades"), null, FeedScript.EPOCH));
    }

    /** Grants what is asked, the past too. */
    void grantPast(ClientMessage.Subscribe subscribe) throws IOException {
        send(ServerMessage.Subscribed.of(
                subscribe.id(),
                List.of(listing()),
                List.of(),
                List.of("price", "book", "trades"),
                null,
                null,
                subscribe.onSlow(),
                FeedScript.EPOCH,
                subscribe.past()));
    }

    static ServerMessage.Listing listing() {
        return new ServerMessage.Listing(
                FeedScript.SYMBOL, FeedScript.SYMBOL_ID, BigDecimal.ONE, BigDecimal.ONE, "open");
    }

    boolean hasRequest() {
        return !texts.isEmpty();
    }

    void send(ServerMessage message) throws IOException {
        OrderSchema.assertReply(message.toJson());
        sendText(message.toJson());
    }

    void sendText(String text) throws IOException {
        frame(true, TEXT, text.getBytes(UTF_8));
    }

    void sendBinary(byte[] payload) throws IOException {
        frame(true, BINARY, payload);
    }

    void ping() throws IOException {
        frame(true, PING, new byte[] {7});
    }

    void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(UTF_8);
        frame(
                true,
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Cuts the connection without a word. */
    void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    synchronized void frame(boolean last, int opcode, byte[] payload) throws IOException {
        var header = ByteBuffer.allocate(10).put((byte) (opcode | (last ? 0x80 : 0)));
        if (payload.length < 126) {
            header.put((byte) payload.length);
        } else if (payload.length < 0x10000) {
            header.put((byte) 126).putShort((short) payload.length);
        } else {
            header.put((byte) 127).putLong(payload.length);
        }
        var whole = ByteBuffer.allocate(header.position() + payload.length)
                .put(header.array(), 0, header.position())
                .put(payload);
        socket.getOutputStream().write(whole.array());
    }

    void read(DataInputStream in) throws IOException {
        var text = new ArrayList<byte[]>();
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            switch (first & 0xF) {
                case TEXT, CONTINUATION -> {
                    text.add(payload);
                    if ((first & 0x80) != 0) {
                        texts.add(joined(text));
                        text.clear();
                    }
                }
                case CLOSE -> {
                    closedByClient.complete((int) ByteBuffer.wrap(payload).getShort());
                    frame(true, CLOSE, payload);
                    socket.shutdownOutput();
                }
                case PONG -> pongs.add((int) payload[0]);
                default -> throw new IOException("frame " + first);
            }
        }
    }

    private static String joined(List<byte[]> parts) {
        var whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        return whole.toString(UTF_8);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().trim();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
