package tickcast.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tickcast.orderentry.RiskControl;

/**
 * How many messages about orders each account may send, all its sessions together. Safe from any thread. Times are as of
 * {@link TokenBucket}.
 */
final class AccountRates {
    /** Of more accounts than these, those that lack nothing are forgotten. */
    private static final int MANY = 10_000;

    private final RiskControl risk;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    AccountRates(RiskControl risk) {
        this.risk = risk;
    }

    /** Takes one of the account's tokens if there is one. */
    boolean take(String account, long nowNanos) {
        var bucket = buckets.get(account);
        if (bucket == null) {
            if (buckets.size() >= MANY) {
                buckets.values().removeIf(known -> known.isFull(nowNanos));
            }
            bucket = buckets.computeIfAbsent(account, name -> new TokenBucket(nowNanos));
        }
        return bucket.take(rate(account), nowNanos);
    }

    /** How many the account has. */
    long tokens(String account, long nowNanos) {
        var bucket = buckets.get(account);
        var rate = rate(account);
        return bucket == null ? rate.burst() : bucket.tokens(rate, nowNanos);
    }

    /** In how many milliseconds it has one. */
    long millisToNext(String account, long nowNanos) {
        var bucket = buckets.get(account);
        return bucket == null ? 1 : bucket.millisToNext(rate(account), nowNanos);
    }

    private TokenBucket.Rate rate(String account) {
        var limits = risk.account(account);
        return new TokenBucket.Rate(limits.messagesPerSecond(), limits.messageBurst());
    }
}
