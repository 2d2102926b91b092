package tickcast.gateway;

import tickcast.protocol.json.ServerMessage;

/**
 * How many messages a session may send, and when it has sent too many for too long: when it was refused as many as it may
 * send at once, beside what it was refused at no more than its rate. A long message counts as several, since what it costs
 * goes by its length. Confined to a shard. Times are as of {@link TokenBucket}.
 */
final class SessionRate {
    private static final int LENGTH_OF_ONE = 4 << 10;

    private final TokenBucket.Rate rate;
    private final TokenBucket messages;
    private final TokenBucket refusals;
    private final AccountRates accounts;

    SessionRate(SessionLimits limits, AccountRates accounts, long nowNanos) {
        rate = new TokenBucket.Rate(limits.messagesPerSecond(), limits.messageBurst());
        messages = new TokenBucket(nowNanos);
        refusals = new TokenBucket(nowNanos);
        this.accounts = accounts;
    }

    /** Whether the session may send a message of that length now. */
    boolean take(long nowNanos, int length) {
        return messages.take(rate, nowNanos, count(length));
    }

    /** Whether its account may send a message about orders now. */
    boolean take(String account, long nowNanos) {
        return accounts.take(account, nowNanos);
    }

    /** One more was refused; false when that was one too many. */
    boolean refused(long nowNanos, int length) {
        return refusals.take(rate, nowNanos, count(length));
    }

    /** When the session may send such a message again, and its account messages about orders. */
    long retryAfterMillis(String account, long nowNanos, int length) {
        return Math.max(messages.millisTo(rate, nowNanos, count(length)), accounts.millisToNext(account, nowNanos));
    }

    private static int count(int length) {
        return 1 + length / LENGTH_OF_ONE;
    }

    /** What is left. */
    ServerMessage.Tokens left(String account, long nowNanos) {
        return new ServerMessage.Tokens(messages.tokens(rate, nowNanos), accounts.tokens(account, nowNanos));
    }
}
