package tickcast.gateway;

import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;
import tickcast.orderentry.OrderEntrySession;
import tickcast.orderentry.OrderReplies;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/**
 * What a client says and is answered: its messages in their order, within its rates, for the account that it trades for.
 * Confined to its shard.
 */
final class Conversation implements OrderReplies {
    private final Shard shard;
    private final long sessionId;
    private final AccountAccess access;
    private final SubscriptionDesk subscriptions;
    private final Outbound outbound;
    private final SessionRate rate;
    private final Consumer<String> whenTooMuch;
    private OrderEntrySession orders;
    private String account;
    private boolean accountIsFinal;
    private int messages;

    /**
     * @param chosenAccount null when the client has chosen none yet
     * @param whenTooMuch ends the session, for this reason, because it goes on above its rate
     */
    Conversation(
            Shard shard,
            long sessionId,
            String chosenAccount,
            AccountAccess access,
            SubscriptionDesk subscriptions,
            Outbound outbound,
            Consumer<String> whenTooMuch) {
        this.shard = shard;
        this.sessionId = sessionId;
        this.access = access;
        this.subscriptions = subscriptions;
        this.outbound = outbound;
        this.whenTooMuch = whenTooMuch;
        account = chosenAccount == null ? AccountAccess.own(sessionId) : chosenAccount;
        accountIsFinal = chosenAccount != null;
        orders = shard.orderDesk().open(sessionId, account, this);
        rate = new SessionRate(limits(), shard.parts().accountRates(), System.nanoTime());
    }

    String account() {
        return account;
    }

    @Override
    public void send(ServerMessage message) {
        var told = message instanceof ServerMessage.OrderReply reply
                ? reply.withLimits(rate.left(account, System.nanoTime()))
                : message;
        outbound.writeText(told.toJson());
    }

    @Override
    public void whenWritten(Runnable action) {
        outbound.whenWritten(action);
    }

    /** Whether a text message is within the session's rate. When it is not it has its answer, and is not to be read. */
    boolean admits(byte[] text) throws CharacterCodingException {
        messages++;
        long now = System.nanoTime();
        if (rate.take(now, text.length)) {
            shard.parts().counters().messageReceived();
            return true;
        }
        tooFast(tooFast(), ClientText.isShort(text.length) ? ClientText.read(text) : null, text.length, now);
        return false;
    }

    /** Takes what the newest text that was admitted says. */
    void on(ClientText said, long receivedNanos) {
        long now = System.nanoTime();
        if (said.message() instanceof ClientMessage.OrderMessage && !rate.take(account, now)) {
            tooFast(accountTooFast(), said, 0, now);
            return;
        }
        if (said.refusal() != null) {
            send(OrderNaming.refused(said.refusal(), messages));
            return;
        }
        try {
            on(said.message(), receivedNanos);
        } catch (Refusal refusal) {
            send(OrderNaming.refused(refusal, messages));
        }
    }

    /** Pings are answered elsewhere; too many count like messages. */
    void onPing() {
        long now = System.nanoTime();
        if (!rate.take(now, 0)) {
            stillPatient(now, 0);
        }
    }

    /** @param silentNanos how long ago the last came from the client */
    void close(boolean inOrder, long silentNanos) {
        orders.close(inOrder, silentNanos);
    }

    /** @param length of it, as far as that is why */
    private void tooFast(String why, ClientText said, int length, long nowNanos) {
        if (stillPatient(nowNanos, length)) {
            send(OrderNaming.tooFast(why, rate.retryAfterMillis(account, nowNanos, length), said, messages));
        }
    }

    /** Something has to be refused; false when that was once too often, and the session ends. */
    private boolean stillPatient(long nowNanos, int length) {
        if (rate.refused(nowNanos, length)) {
            return true;
        }
        whenTooMuch.accept(tooFast());
        return false;
    }

    private String tooFast() {
        return "More than " + limits().messagesPerSecond() + " messages a second";
    }

    private String accountTooFast() {
        return "More than " + shard.parts().risk().account(account).messagesPerSecond()
                + " messages about orders a second of the account " + account;
    }

    private SessionLimits limits() {
        return shard.parts().settings().sessionLimits();
    }

    private void on(ClientMessage message, long receivedNanos) throws Refusal {
        if (message instanceof ClientMessage.OrderMessage order) {
            accountIsFinal = true;
            orders.on(order, receivedNanos, OrderNaming.messageId(order, messages));
            shard.requestTaken();
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            subscriptions.on(subscribe);
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            subscriptions.on(unsubscribe);
        } else if (message instanceof ClientMessage.Symbols symbols) {
            subscriptions.on(symbols);
        } else if (message instanceof ClientMessage.Auth auth) {
            authenticate(auth);
        } else if (message instanceof ClientMessage.Ping ping) {
            send(new ServerMessage.Pong(ping.id(), ping.timestamp(), System.currentTimeMillis()));
        }
    }

    /** The account is chosen once; to name it again does no harm. */
    private void authenticate(ClientMessage.Auth auth) throws Refusal {
        access.check(auth.account(), auth.id());
        if (!auth.account().equals(account)) {
            if (accountIsFinal) {
                throw new Refusal(
                        ErrorCode.TOO_LATE_FOR_AUTH,
                        "account",
                        auth.id(),
                        ErrorCode.TOO_LATE_FOR_AUTH.description() + ": it trades for " + account);
            }
            orders.close();
            account = auth.account();
            orders = shard.orderDesk().open(sessionId, account, this);
        }
        accountIsFinal = true;
        send(new ServerMessage.Authenticated(auth.id(), account));
    }
}
