package tickcast.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.agrona.DirectBuffer;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ServerMessage;

/**
 * Keeps one session with the gateway up: connects, watches that something comes, connects again with a growing wait. Confined to the
 * client's {@link SerialExecutor}.
 */
final class ServerLink {

    /** What the session carries. */
    interface Traffic {
        void text(String text);

        void binary(DirectBuffer message, int length);

        /** The session is over; the link connects again, or has ended for good. */
        void down(String cause);

        /** About to wait before the next attempt, or idle: old requests can be given up. */
        void tick();
    }

    /** Connections in a row, none of them stable, that end with malformed data before the client gives up. */
    private static final int MOST_MALFORMED = 5;

    private static final long CLOSE_GRACE_MILLIS = 1_000;

    private final ClientBuilder settings;
    private final SerialExecutor serial;
    private final ClientListener listener;
    private final ClientCounters counters;
    private final CompletableFuture<ServerMessage.Welcome> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Traffic traffic;

    private WebSocketWire wire;
    private ServerMessage.Welcome welcome;
    private long welcomeNanos;
    private long lastFrameNanos;
    private Future<?> timer;
    private Object due; // what the timer was set for; one that fired and was overtaken does nothing
    private int attempts;
    private int malformedInRow;
    private boolean closing;

    ServerLink(
            ClientBuilder settings,
            SerialExecutor serial,
            ClientListener listener,
            ClientCounters counters,
            Traffic traffic) {
        this.settings = settings;
        this.serial = serial;
        this.listener = listener;
        this.counters = counters;
        this.traffic = traffic;
    }

    /** The first welcome. */
    CompletableFuture<ServerMessage.Welcome> connected() {
        return connected;
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    void start() {
        if (!ended.isDone()) {
            open();
        }
    }

    boolean up() {
        return welcome != null && !closing;
    }

    void send(String text) {
        wire.send(text);
    }

    /** The gateway's first message came. */
    void welcomed(ServerMessage.Welcome message) {
        String expected = settings.subprotocol.token();
        boolean byDefault =
                settings.subprotocol == Subprotocol.V1 && wire.subprotocol().isEmpty();
        if (!byDefault && !wire.subprotocol().equals(expected)) {
            end(FinalRefusals.MISSING_EXTENSION, "The gateway does not speak " + expected, null);
            return;
        }
        welcome = message;
        welcomeNanos = System.nanoTime();
        counters.connections.increment();
        listener.onConnected(message);
        connected.complete(message);
    }

    void close() {
        if (ended.isDone() || closing) {
            return;
        }
        closing = true;
        if (welcome == null) {
            end(CloseCode.NORMAL.code(), "closed", null);
            return;
        }
        traffic.down("The client was closed");
        wire.close(CloseCode.NORMAL.code());
        schedule(CLOSE_GRACE_MILLIS, () -> lost(wire, CloseCode.NORMAL.code(), "", false));
    }

    private void open() {
        var opening = new WebSocketWire(serial, settings.maxMessageLength, FromWire::new);
        wire = opening;
        settings.transport
                .http()
                .newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout)
                .subprotocols(settings.subprotocol.token())
                .buildAsync(settings.target(), opening)
                .whenComplete((socket, error) -> {
                    if (error != null) {
                        serial.execute(() -> refused(opening, error));
                    }
                });
    }

    private void refused(WebSocketWire opening, Throwable error) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof WebSocketHandshakeException handshake) {
            int status = handshake.getResponse().statusCode();
            String text = "HTTP status " + status + " instead of a WebSocket";
            if (wire == opening && FinalRefusals.isFinalStatus(status)) {
                end(WebSocketWire.NO_CLOSE_FRAME, text, cause);
            } else {
                lost(opening, WebSocketWire.NO_CLOSE_FRAME, text, false);
            }
        } else {
            lost(opening, WebSocketWire.NO_CLOSE_FRAME, ConnectFailure.text(cause), false);
        }
    }

    private void lost(WebSocketWire from, int code, String reason, boolean malformed) {
        if (wire != from || ended.isDone()) {
            return;
        }
        boolean stable = welcome != null
                && System.nanoTime() - welcomeNanos >= settings.backoff.max().toNanos();
        if (stable) {
            attempts = 0;
        }
        malformedInRow = malformed ? (stable ? 1 : malformedInRow + 1) : 0;
        String cause = reason.isEmpty()
                ? "close code " + code
                : code == WebSocketWire.NO_CLOSE_FRAME ? reason : reason + " (" + code + ")";
        if (closing) {
            end(code, cause, null);
        } else if (FinalRefusals.isFinalCode(code) && !malformed) {
            end(code, "The gateway closed for good: " + cause, null);
        } else if (malformedInRow == MOST_MALFORMED) {
            end(code, "Malformed data on " + MOST_MALFORMED + " connections in a row: " + cause, null);
        } else if (!connected.isDone() && !settings.retryFirstConnect) {
            end(code, "Cannot connect to " + settings.target() + ": " + cause, null);
        } else {
            disconnect(code, reason, cause);
            long delayMillis = settings.backoff.delayMillis(attempts++, settings.random);
            listener.onReconnecting(attempts, delayMillis, cause);
            schedule(delayMillis, this::open);
        }
    }

    private void disconnect(int code, String reason, String cause) {
        cancelTimer();
        if (wire != null) {
            wire.drop();
            wire = null;
        }
        traffic.down(cause);
        if (welcome != null) {
            welcome = null;
            listener.onDisconnected(code, reason);
        }
    }

    private void end(int code, String text, Throwable cause) {
        disconnect(code, text, text);
        if (closing) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(new ClientEndedException(code, text, cause));
        }
        connected.completeExceptionally(new ClientEndedException(code, text, cause));
    }

    /** Waits for the first message as for a connection, afterwards for as many heartbeats as may fail to come. */
    private void watch() {
        long allowedMillis = allowedSilenceMillis();
        long silentMillis = NANOSECONDS.toMillis(System.nanoTime() - lastFrameNanos);
        if (silentMillis >= allowedMillis) {
            lost(wire, WebSocketWire.NO_CLOSE_FRAME, "Nothing came for " + silentMillis + " ms", false);
            return;
        }
        traffic.tick();
        schedule(Math.max(1, Math.min(allowedMillis - silentMillis, 1_000)), this::watch);
    }

    private long allowedSilenceMillis() {
        return welcome == null
                ? settings.connectTimeout.toMillis()
                : Math.max(1, welcome.heartbeatMillis()) * settings.missedHeartbeats;
    }

    private void schedule(long delayMillis, Runnable task) {
        cancelTimer();
        var token = new Object();
        due = token;
        Runnable unlessOvertaken = () -> {
            if (due == token) {
                task.run();
            }
        };
        timer = settings.transport
                .scheduler()
                .schedule(() -> serial.execute(unlessOvertaken), delayMillis, MILLISECONDS);
    }

    private void cancelTimer() {
        due = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private final class FromWire implements WebSocketWire.Events {
        private final WebSocketWire from;

        FromWire(WebSocketWire from) {
            this.from = from;
        }

        @Override
        public void opened() {
            lastFrameNanos = System.nanoTime();
            watch();
        }

        @Override
        public void text(String text) {
            arrived(text.length());
            if (!closing) {
                traffic.text(text);
            }
        }

        @Override
        public void binary(DirectBuffer message, int length) {
            arrived(length);
            if (welcome == null) {
                throw new MalformedMessageException("Market data before the welcome");
            }
            if (!closing) {
                traffic.binary(message, length);
            }
        }

        @Override
        public void alive() {
            lastFrameNanos = System.nanoTime();
        }

        @Override
        public void malformed(String why) {
            counters.malformed.increment();
            listener.onError("Malformed data from the gateway: " + why);
            lost(from, WebSocketWire.NO_CLOSE_FRAME, "Malformed data: " + why, true);
        }

        @Override
        public void closed(int code, String reason) {
            lost(from, code, reason, false);
        }

        private void arrived(int length) {
            lastFrameNanos = System.nanoTime();
            counters.frames.increment();
            counters.bytes.add(length);
        }
    }
}
