package tickcast.orderentry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tickcast.latency.LatencyLog;

/**
 * How the latency of orders is measured: where to, for which accounts by themselves, and from when on an order is slow. Shared by
 * all desks; safe from any thread.
 */
public final class OrderTiming {
    /** What accounts are called together that are not measured by themselves. */
    public static final String OTHERS = "others";

    public static final int DEFAULT_ACCOUNTS = 16;
    public static final long DEFAULT_SLOW_NANOS = 10_000_000;
    /** Accounts that begin so are a session's own, and have no future. */
    private static final String OF_ONE_SESSION = "session-";

    private final LatencyLog log;
    private final int mostAccounts;
    private final long slowNanos;
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();

    /**
     * @param mostAccounts so many, those that trade first, are measured by themselves
     * @param slowNanos an order that takes as long from receipt to answer is logged; 0 for none
     */
    public OrderTiming(LatencyLog log, int mostAccounts, long slowNanos) {
        if (mostAccounts < 0 || slowNanos < 0) {
            throw new IllegalArgumentException(
                    "mostAccounts is " + mostAccounts + " and slowNanos " + slowNanos + ", must be 0 or more");
        }
        this.log = log;
        this.mostAccounts = mostAccounts;
        this.slowNanos = slowNanos;
    }

    /** With the default bounds. */
    public OrderTiming(LatencyLog log) {
        this(log, DEFAULT_ACCOUNTS, DEFAULT_SLOW_NANOS);
    }

    LatencyLog log() {
        return log;
    }

    /** Whether an order that takes so long is slow. */
    boolean isSlow(long nanos) {
        return slowNanos > 0 && nanos >= slowNanos;
    }

    /** The name that an account is measured by: its own, or {@link #OTHERS}. */
    String nameOf(String account) {
        if (accounts.contains(account)) {
            return account;
        }
        if (account.startsWith(OF_ONE_SESSION) || account.equals(OTHERS)) {
            return OTHERS;
        }
        synchronized (accounts) {
            return accounts.size() < mostAccounts && accounts.add(account) ? account : OTHERS;
        }
    }
}
