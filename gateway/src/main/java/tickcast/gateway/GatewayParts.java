package tickcast.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import tickcast.latency.LatencyLog;
import tickcast.orderentry.OrderTiming;
import tickcast.orderentry.OrderWriter;
import tickcast.orderentry.RiskControl;
import tickcast.orderentry.archive.OrderArchive;

/**
 * What the shards of a gateway have in common: all of it unchanging or safe from any thread.
 *
 * @param epochNanos nanoseconds since the Unix epoch
 * @param sessionIds the newest that was given
 */
record GatewayParts(
        GatewaySettings settings,
        GatewayCounters counters,
        OutboundBudget budget,
        LatencyLog latency,
        OrderTiming orderTiming,
        LongSupplier epochNanos,
        FeedWatcher watcher,
        OrderWriter orderWriter,
        OrderArchive orderArchive,
        RiskControl risk,
        AccountRates accountRates,
        AtomicLong sessionIds,
        Readiness readiness,
        HistoryPool history,
        String version) {}
