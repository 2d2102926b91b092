package tickcast.gateway;

import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyRecorder;
import tickcast.latency.Stage;

/**
 * Times the way of the feed's messages through a shard. The clock is read once after the reading of a turn and once after
 * its flushes, so that each message is told to have taken a little longer than it did, never less. Confined to the shard.
 */
final class FeedLatency implements AutoCloseable {
    private final LatencyRecorder publishedRead;
    private final LatencyRecorder readFlushed;
    private final LatencyRecorder publishedFlushed;
    private final long[] publishNanos = new long[Turn.MAX_MESSAGES + FeedReader.POLL_LIMIT];
    private final boolean[] used = new boolean[publishNanos.length];
    private int count;

    FeedLatency(LatencyLog log) {
        publishedRead = log.recorder(Stage.FEED_PUBLISHED_READ);
        readFlushed = log.recorder(Stage.FEED_READ_FLUSHED);
        publishedFlushed = log.recorder(Stage.FEED_PUBLISHED_FLUSHED);
    }

    void published(long publishTimeNanos) {
        publishNanos[count] = publishTimeNanos;
        used[count] = false;
        count++;
    }

    /** The message published last goes to subscribers. */
    void used() {
        used[count - 1] = true;
    }

    /** Records the turn's messages. */
    void record(long readNanos, long flushedNanos) {
        int flushed = 0;
        for (int i = 0; i < count; i++) {
            publishedRead.record(readNanos - publishNanos[i]);
            if (used[i]) {
                publishedFlushed.record(flushedNanos - publishNanos[i]);
                flushed++;
            }
        }
        if (flushed > 0) {
            readFlushed.record(flushedNanos - readNanos, flushed);
        }
    }

    /** Forgets the turn's messages. */
    void discard() {
        count = 0;
    }

    @Override
    public void close() {
        publishedRead.close();
        readFlushed.close();
        publishedFlushed.close();
    }
}
