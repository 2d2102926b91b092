package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/** The JDK's WebSocket client; keeps what it receives until a test takes it, control apart from market data. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
    static final long DEADLINE_MILLIS = 10_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    record Closed(int code, String reason) {}

    private final BlockingQueue<String> control = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> jsonData = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaryData = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private WebSocket socket;

    private TestClient() {}

    static TestClient connect(int port, Subprotocol form) {
        return connect(port, "/ws", form.token());
    }

    static TestClient connect(int port, String path, String subprotocol, String... more) {
        var client = new TestClient();
        var builder = HTTP.newWebSocketBuilder();
        if (subprotocol != null) {
            builder.subprotocols(subprotocol, more);
        }
        client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
                .join();
        return client;
    }

    /** As a browser's page of that origin connects. */
    static TestClient connectFrom(int port, String origin) {
        var client = new TestClient();
        client.socket = HTTP.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), client)
                .join();
        return client;
    }

    static HttpResponse<String> get(int port, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(String message) {
        if (isTaken(message)) {
            OrderSchema.assertRequest(message);
        }
        socket.sendText(message, true).join();
    }

    void sendPart(String part, boolean last) {
        socket.sendText(part, last).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next control message of type {@code type}; heartbeats before it are skipped, anything else fails. */
    <T extends ServerMessage> T expect(Class<T> type) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        while (true) {
            var message = takeControl();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
            if (!(message instanceof ServerMessage.Heartbeat) || System.nanoTime() > deadline) {
                throw new AssertionError("Expected " + type.getSimpleName() + ", got " + message);
            }
        }
    }

    /** The next control message of type {@code type}, whatever comes before it. */
    <T extends ServerMessage> T skipTo(Class<T> type) {
        while (true) {
            var message = takeControl();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    /** Subscribes after the welcome; returns the reply. */
    ServerMessage.Subscribed subscribe(String... symbols) {
        send("{\"type\":\"subscribe\",\"symbols\":[\"" + String.join("\",\"", symbols) + "\"]}");
        return expect(ServerMessage.Subscribed.class);
    }

    TestClient welcomed() {
        expect(ServerMessage.Welcome.class);
        return this;
    }

    byte[] takeBinary() {
        return take(binaryData);
    }

    byte[] pollBinary() {
        return binaryData.poll();
    }

    String pollJson() {
        return jsonData.poll();
    }

    String takeJson() {
        return take(jsonData);
    }

    Closed takeClosed() {
        return take(closed);
    }

    void expectClosed(int code, String reason) {
        assertEquals(new Closed(code, reason), takeClosed());
    }

    boolean isClosed() {
        return !closed.isEmpty() || failure.get() != null;
    }

    /** Asks and waits for the answer: everything that the gateway had written before has been received then. */
    void roundTrip() {
        send("{\"type\":\"ping\"}");
        expect(ServerMessage.Pong.class);
    }

    void assertNothingReceived() {
        assertNull(binaryData.peek());
        assertNull(jsonData.peek());
    }

    /** Tests say what is wrong, too. */
    private static boolean isTaken(String message) {
        try {
            ClientMessageParser.parse(message);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    private ServerMessage takeControl() {
        String text = take(control);
        OrderSchema.assertReply(text);
        return ServerMessage.parse(text);
    }

    private <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
            if (taken == null && failure.get() != null) {
                throw new AssertionError("The connection failed", failure.get());
            }
            assertNotNull(taken, "nothing came; closed: " + closed + ", control: " + control);
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            (FeedJsonReader.isMarketData(message) ? jsonData : control).add(message);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            binaryData.add(binary.toByteArray());
            binary.reset();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.add(new Closed(statusCode, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        failure.set(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
