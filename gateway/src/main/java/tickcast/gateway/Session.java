package tickcast.gateway;

import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.AsyncResult;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ServerMessage;

/**
 * A client's connection: hands on what it says, within its limits, keeps what it is sent within others, and closes with a code
 * and a reason. Confined to its shard.
 */
final class Session implements SlowClient.Client, ClientConnection.Listener, SessionRound.Member {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** After so many frames the other sessions get their turn. */
    private static final int FRAMES_IN_A_ROW = 64;
    /** A long frame takes as much time as many short ones. */
    private static final int BYTES_IN_A_ROW = 64 << 10;
    /** Replies that a client leaves unread stop the reading of what it says. */
    private static final int UNREAD_REPLY_BYTES = 32 << 10;

    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;
    private static final int MAX_REASON_BYTES = 123;
    /** Codes with which a client ends its session; -1 stands for none. With others it says that it was ended. */
    private static final Set<Integer> IN_ORDER = Set.of(CloseCode.NORMAL.code(), -1);

    private final Shard shard;
    private final ClientConnection connection;
    private final SessionLimits limits;
    private final long id;
    private final Subprotocol form;
    private final Outbound outbound;
    private final Subscriber subscriber;
    private final SlowClient slowness;
    private final Histories histories;
    private final SubscriptionDesk subscriptions;
    private final Conversation conversation;
    private final Liveness liveness;
    private final TextAssembler incoming;
    private final SessionRound.Place place;
    private int framesInARow;
    private int bytesInARow;
    private int pauses;
    private boolean awaitsReader;
    private long lastHeartbeatNanos;
    /** Before this there is nothing to do for a client that keeps up. */
    private long dueNanos;

    /** Written by its shard; what reads long texts looks too, whether it still has to. */
    private volatile boolean closing;

    private boolean closedInOrder;

    /** @param chosenAccount null when the client has chosen none yet */
    Session(
            Shard shard,
            ClientConnection connection,
            long id,
            String chosenAccount,
            AccountAccess access,
            Subprotocol form) {
        this.shard = shard;
        this.connection = connection;
        this.id = id;
        this.form = form;
        limits = shard.parts().settings().sessionLimits();
        incoming = new TextAssembler(limits.messageBytes());
        outbound = new Outbound(connection.context(), shard.flushes(), limits.outboundBytes(), this::overflow);
        subscriber = new Subscriber(shard.market(), outbound, shard.parts().epochNanos());
        var patience = limits.patience();
        slowness = new SlowClient(
                shard.market(), subscriber, outbound, TimeUnit.MILLISECONDS.toNanos(patience.lagMillis()), this);
        outbound.whenBehind(slowness::behind);
        histories = new Histories(shard.history(), subscriber, outbound, form, outbound::writeText);
        subscriptions =
                new SubscriptionDesk(shard.market(), subscriber, histories, form, patience, outbound::writeText);
        conversation = new Conversation(
                shard,
                id,
                chosenAccount,
                access,
                subscriptions,
                outbound,
                reason -> close(CloseCode.TOO_MANY_MESSAGES, reason));
        lastHeartbeatNanos = System.nanoTime();
        liveness = new Liveness(patience.pingMillis(), patience.pongMillis(), lastHeartbeatNanos);
        dueNanos = lastHeartbeatNanos;
        place = shard.round().add(this, dueNanos);
        outbound.whenWaiting(place::watch);
    }

    void start() {
        conversation.send(new ServerMessage.Welcome(
                shard.parts().version(),
                Long.toString(id),
                conversation.account(),
                form.token(),
                shard.market().epoch(),
                shard.market().lastSeq(),
                limits.heartbeatMillis(),
                System.currentTimeMillis()));
    }

    /** Goes on with subscriptions that waited for the feed. */
    void feedReady() {
        subscriptions.goOn();
    }

    @Override
    public long tick(long nowNanos) {
        if (closing) {
            return nowNanos + NEVER_NANOS;
        }
        if (nowNanos - dueNanos >= 0) {
            listen(nowNanos);
            heartbeat(nowNanos);
            long heartbeatDue = lastHeartbeatNanos + TimeUnit.MILLISECONDS.toNanos(limits.heartbeatMillis());
            long listenDue = liveness.dueNanos();
            dueNanos = heartbeatDue - listenDue < 0 ? heartbeatDue : listenDue;
        }
        if (isWatched() && !closing) {
            slowness.tick(nowNanos);
        }
        return dueNanos;
    }

    @Override
    public boolean isWatched() {
        return outbound.pendingBytes() > 0 || !closing && !slowness.calm();
    }

    @Override
    public long pendingBytes() {
        return outbound.pendingBytes();
    }

    private void listen(long nowNanos) {
        switch (liveness.look(pauses == 0, nowNanos)) {
            case PING -> connection.ping();
            case GIVE_UP -> {
                shard.parts().counters().silentClient();
                outbound.giveUp();
                close(
                        CloseCode.NO_PONG,
                        "Nothing came from you for " + liveness.silentMillis(nowNanos)
                                + " ms, not even an answer to a ping");
            }
            case WAIT -> {}
        }
    }

    private void heartbeat(long nowNanos) {
        if (closing || nowNanos - lastHeartbeatNanos < TimeUnit.MILLISECONDS.toNanos(limits.heartbeatMillis())) {
            return;
        }
        lastHeartbeatNanos = nowNanos;
        conversation.send(subscriber.heartbeat());
    }

    /** Closes with a reason that the client is shown; cuts the connection when the client does not answer in time. */
    void close(CloseCode code, String reason) {
        if (closing) {
            return;
        }
        release();
        connection.close(code.code(), shortened(reason));
        connection.resume();
        shard.later(limits.closeMillis(), this::cut);
    }

    /** Ends the connection at once. */
    void cut() {
        connection.cut();
    }

    /** The connection is gone, or goes: nothing is taken from it or written to it any more. */
    void release() {
        if (!closing) {
            closing = true;
            histories.close();
            subscriber.close();
            conversation.close(closedInOrder, liveness.silentNanos(System.nanoTime()));
            outbound.close();
        }
    }

    @Override
    public void onFrame(WebSocketFrame frame) {
        liveness.heard(System.nanoTime());
        if (closing) {
            return;
        }
        try {
            take(frame);
        } catch (RuntimeException e) {
            failed(e);
        }
        framesInARow++;
        bytesInARow += frame.content().readableBytes();
        if ((framesInARow >= FRAMES_IN_A_ROW || bytesInARow >= BYTES_IN_A_ROW) && !closing) {
            framesInARow = 0;
            bytesInARow = 0;
            pause();
            shard.afterOthers(this::resume);
        }
    }

    private void take(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            closedInOrder = IN_ORDER.contains(close.statusCode());
            release();
            shard.later(limits.closeMillis(), this::cut);
        } else if (frame instanceof PingWebSocketFrame) {
            outbound.writtenPast();
            conversation.onPing();
        } else if (frame instanceof BinaryWebSocketFrame) {
            close(CloseCode.UNSUPPORTED_DATA, "Binary frames are not understood; send JSON text");
        } else if (!(frame instanceof PongWebSocketFrame)) {
            onText(frame);
        }
    }

    private void onText(WebSocketFrame frame) {
        if (!incoming.takes(frame)) {
            close(CloseCode.TOO_BIG, tooBig());
            return;
        }
        byte[] text = incoming.take(frame);
        if (text != null) {
            onText(text);
        }
    }

    private void onText(byte[] text) {
        long receivedNanos = shard.parts().epochNanos().getAsLong();
        try {
            if (conversation.admits(text)) {
                if (ClientText.isShort(text.length)) {
                    conversation.on(ClientText.read(text), receivedNanos);
                } else {
                    readElsewhere(text, receivedNanos);
                }
            }
        } catch (CharacterCodingException e) {
            notUtf8();
        }
        awaitReader();
    }

    /** The other sessions need not wait for a long text to be read; what the client says after it does. */
    private void readElsewhere(byte[] text, long receivedNanos) {
        pause();
        shard.elsewhere(() -> closing ? null : ClientText.read(text)).onComplete(read -> {
            try {
                if (!closing) {
                    heard(read, receivedNanos);
                }
            } finally {
                resume();
            }
        });
    }

    private void heard(AsyncResult<ClientText> read, long receivedNanos) {
        if (read.failed()) {
            if (read.cause() instanceof CharacterCodingException) {
                notUtf8();
            } else {
                failed(read.cause());
            }
            return;
        }
        try {
            conversation.on(read.result(), receivedNanos);
        } catch (RuntimeException e) {
            failed(e);
        }
        awaitReader();
    }

    private void notUtf8() {
        close(CloseCode.INVALID_TEXT, "A text message was not UTF-8");
    }

    private void failed(Throwable failure) {
        LOG.error("Session {} failed", id, failure);
        close(CloseCode.INTERNAL_ERROR, CloseCode.INTERNAL_ERROR.description());
    }

    /** Takes no more before the client has taken its answers. */
    private void awaitReader() {
        if (outbound.pendingBytes() > UNREAD_REPLY_BYTES && !awaitsReader && !closing) {
            awaitsReader = true;
            pause();
            outbound.whenWritten(() -> {
                awaitsReader = false;
                resume();
            });
        }
    }

    private String tooBig() {
        return "A message may have " + limits.messageBytes() + " bytes";
    }

    private void pause() {
        if (pauses++ == 0) {
            connection.pause();
        }
    }

    private void resume() {
        if (--pauses == 0 && !closing) {
            liveness.heard(System.nanoTime());
            connection.resume();
        }
    }

    @Override
    public void warn(ServerMessage.Warning warning) {
        conversation.send(warning);
    }

    @Override
    public void tooSlow(long lagMillis, long lagBytes) {
        closeSlow(
                lagBytes + " bytes waited for you, the oldest for " + lagMillis + " ms; read faster or subscribe less");
    }

    /** All clients together leave too much waiting, this one the most. */
    void shed() {
        closeSlow(
                outbound.pendingBytes() + " bytes waited for you, and too many for all; read faster or subscribe less");
    }

    private void overflow() {
        slowness.overflow();
    }

    /** What waits is given up, so that the reason comes soon and the memory is free. */
    private void closeSlow(String reason) {
        if (!closing) {
            shard.parts().counters().slowConsumer();
            outbound.giveUp();
            close(CloseCode.SLOW_CONSUMER, reason);
        }
    }

    /** Frames against the rules of WebSocket cannot be answered by closing in order: the connection goes after this. */
    @Override
    public void onFailure(Throwable failure) {
        if (closing) {
            return;
        }
        shard.later(limits.closeMillis(), this::cut);
        outbound.giveUp();
        release();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptedWebSocketFrameException corrupted) {
                boolean tooBig = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
                var code = tooBig ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR;
                connection.close(code.code(), shortened(tooBig ? tooBig() : cause.getMessage()));
                return;
            }
        }
        LOG.debug("Session {} failed", id, failure);
    }

    @Override
    public void onGone() {
        place.leave();
        release();
        shard.closed(this);
    }

    /** What fits a close frame. */
    private static String shortened(String reason) {
        var bytes = reason.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_REASON_BYTES ? reason : reason.substring(0, MAX_REASON_BYTES / 3);
    }
}
