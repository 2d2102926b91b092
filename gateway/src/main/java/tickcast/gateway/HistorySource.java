package tickcast.gateway;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Where a shard's sessions get history from, and what they need to make live data of it.
 *
 * @param pool reads it off the event loop
 * @param market live data
 * @param feed reads the last stretch on the event loop
 * @param stretch what the last stretch is made into
 * @param readSeq the newest that the shard has read, and sent to those who are live; any thread
 * @param eventLoop the shard's
 * @param later runs a task on the event loop after so many ms
 */
record HistorySource(
        HistoryPool pool,
        Market market,
        FeedReader feed,
        HistoryBatch stretch,
        LongSupplier readSeq,
        Executor eventLoop,
        Later later,
        LongSupplier epochNanos,
        GatewayCounters counters) {

    /** Runs a task after a while. */
    interface Later {
        void run(long millis, Runnable task);
    }
}
