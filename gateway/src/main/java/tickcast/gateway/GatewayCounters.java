package tickcast.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a gateway has done since it started, all shards together. Safe from any thread. */
public final class GatewayCounters {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder marketDataBytes = new LongAdder();
    private final LongAdder slowConsumers = new LongAdder();

    private final LongAdder silent = new LongAdder();
    private final OutboundBudget budget;

    GatewayCounters(OutboundBudget budget) {
        this.budget = budget;
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.get();
    }

    /** Connections that were accepted, the open ones included. */
    public long accepted() {
        return accepted.sum();
    }

    /** Messages that clients sent. */
    public long received() {
        return received.sum();
    }

    /** Market data messages that were written to clients: each counts as often as it has receivers. */
    public long delivered() {
        return delivered.sum();
    }

    /** Bytes of market data that were written to clients, frame headers included. */
    public long marketDataBytes() {
        return marketDataBytes.sum();
    }

    /** Sessions that were closed because they read too slowly. */
    public long slowConsumers() {
        return slowConsumers.sum();
    }

    /** Sessions that were closed because nothing came from them any more. */
    public long silent() {
        return silent.sum();
    }

    /** Bytes that waited for clients when the shards looked the last time: at most a tenth of a second ago. */
    public long queuedBytes() {
        return budget.totalBytes();
    }

    /** Takes a place for one more connection; false when there are {@code limit} of them. */
    boolean connected(int limit) {
        if (connections.incrementAndGet() > limit) {
            connections.decrementAndGet();
            return false;
        }
        accepted.increment();
        return true;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void messageReceived() {
        received.increment();
    }

    void marketDataWritten(long messages, long bytes) {
        delivered.add(messages);
        marketDataBytes.add(bytes);
    }

    void silentClient() {
        silent.increment();
    }

    void slowConsumer() {
        slowConsumers.increment();
    }
}
