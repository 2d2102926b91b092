package tickcast.simulator;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the exchange has done since it started. Written by its thread, read by any. */
public final class ExchangeCounters {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong trades = new AtomicLong();
    private final AtomicLong clientRequests = new AtomicLong();
    private final AtomicLong lagNanos = new AtomicLong();
    private final AtomicLong executionsOverBudgetBytes = new AtomicLong();
    private final AtomicInteger symbols = new AtomicInteger();

    ExchangeCounters() {}

    /** Symbols that are listed, those of earlier runs of the same feed included. */
    public int symbols() {
        return symbols.get();
    }

    /** Messages written to the feed. */
    public long messages() {
        return messages.get();
    }

    /** Trades, those of the background included. */
    public long trades() {
        return trades.get();
    }

    /** New orders, cancels and replaces that were taken. */
    public long clientRequests() {
        return clientRequests.get();
    }

    /** How late the newest background event was made, against its plan. */
    public long lagNanos() {
        return lagNanos.get();
    }

    /** By how much the executions are beyond what they should retain, since all of the trading day is kept. */
    public long executionsOverBudgetBytes() {
        return executionsOverBudgetBytes.get();
    }

    void executionsOverBudget(long bytes) {
        executionsOverBudgetBytes.lazySet(bytes);
    }

    void output(long newMessages, long newTrades) {
        messages.lazySet(newMessages);
        trades.lazySet(newTrades);
    }

    void symbols(int count) {
        symbols.lazySet(count);
    }

    void clientRequestTaken() {
        clientRequests.lazySet(clientRequests.get() + 1);
    }

    void lag(long newLagNanos) {
        lagNanos.lazySet(newLagNanos);
    }
}
