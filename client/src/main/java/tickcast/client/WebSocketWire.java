package tickcast.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import tickcast.protocol.MalformedMessageException;

/**
 * One WebSocket: whole messages in, texts out one after the other. It asks for the next frame when the one before is dealt with, so
 * a slow listener slows the gateway's sending and not this program's memory. Everything but the callbacks of the JDK is confined to
 * the client's {@link SerialExecutor}.
 */
final class WebSocketWire implements WebSocket.Listener {

    /** Called inside the {@link SerialExecutor}; nothing is called after {@link #drop}. */
    interface Events {
        void opened();

        void text(String text);

        void binary(DirectBuffer message, int length);

        /** A control frame came. */
        void alive();

        void malformed(String why);

        void closed(int code, String reason);
    }

    /** What RFC 6455 calls a connection that ended without a close frame. */
    static final int NO_CLOSE_FRAME = 1006;

    private final SerialExecutor serial;
    private final Events events;
    private final FragmentAssembler assembler;
    private final ArrayDeque<String> outbox = new ArrayDeque<>();
    private WebSocket socket;
    private boolean sending;
    private boolean dropped;
    private boolean closedByGateway; // then the JDK answers the close frame and ends the connection

    WebSocketWire(SerialExecutor serial, int maxMessageLength, Function<WebSocketWire, Events> events) {
        this.serial = serial;
        this.assembler = new FragmentAssembler(maxMessageLength);
        this.events = events.apply(this);
    }

    /** The subprotocol the gateway chose, empty when it named none. */
    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(String text) {
        outbox.add(text);
        sendNext();
    }

    /** Says that this is the end; {@link Events#closed} follows when the gateway answers. */
    void close(int code) {
        if (socket != null) {
            socket.sendClose(code, "");
        }
    }

    /** Cuts the connection; what still comes is ignored. */
    void drop() {
        dropped = true;
        if (socket != null && !closedByGateway) {
            socket.abort();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        serial.executeHere(() -> {
            socket = opened;
            if (dropped) {
                opened.abort();
                return;
            }
            events.opened();
            opened.request(1);
        });
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        return deliver(() -> {
            String text = assembler.add(data, last);
            if (text == null) {
                events.alive();
            } else {
                events.text(text);
            }
        });
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        return deliver(() -> {
            var message = assembler.add(data, last);
            if (message == null) {
                events.alive();
            } else {
                events.binary(message, message.capacity());
            }
        });
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        return deliver(events::alive);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        return deliver(events::alive);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        return deliver(() -> {
            closedByGateway = code != NO_CLOSE_FRAME;
            events.closed(code, reason);
        });
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        serial.executeHere(() -> failed(error));
    }

    /** The stage returned is done when the data has been read: until then it must not change. */
    private CompletionStage<?> deliver(Runnable read) {
        var done = new CompletableFuture<Void>();
        serial.executeHere(() -> {
            try {
                if (!dropped) {
                    read.run();
                }
            } catch (MalformedMessageException e) {
                events.malformed(e.getMessage());
            } finally {
                done.complete(null);
                socket.request(1);
            }
        });
        return done;
    }

    private void sendNext() {
        while (!sending && !dropped && !outbox.isEmpty()) {
            var sent = socket.sendText(outbox.remove(), true);
            if (!sent.isDone() || sent.isCompletedExceptionally()) {
                sending = true;
                sent.whenComplete((same, error) -> serial.execute(() -> {
                    sending = false;
                    if (error != null) {
                        failed(error);
                    }
                    sendNext();
                }));
            }
        }
    }

    private void failed(Throwable error) {
        if (!dropped) {
            events.closed(NO_CLOSE_FRAME, error.getMessage() == null ? error.toString() : error.getMessage());
        }
    }
}
