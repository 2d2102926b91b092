package tickcast.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** What waits for the clients of all shards together, and its limit. Any thread. */
final class OutboundBudget {
    private final long limitBytes;
    private final AtomicLong totalBytes = new AtomicLong();

    OutboundBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    long limitBytes() {
        return limitBytes;
    }

    long totalBytes() {
        return totalBytes.get();
    }

    /**
     * A shard's clients now have so much waiting for them.
     *
     * @param before what it told the last time
     * @return how much of it is too much: the shard's share of what is above the limit
     */
    long tell(long bytes, long before) {
        long total = totalBytes.addAndGet(bytes - before);
        long excess = total - limitBytes;
        return excess <= 0 ? 0 : (long) Math.ceil((double) excess * bytes / total);
    }
}
