package tickcast.simulator;

import java.util.concurrent.TimeUnit;

/** The simulated order flow, at its pace. */
final class SimulatedBackground implements Background {
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int HEARTBEAT_MEAN_GAPS = 30;

    private final OrderFlow flow;
    private final Pacer pacer;
    private final TransactionRouter router;
    private final long heartbeatNanos;

    SimulatedBackground(OrderFlow flow, Pacer pacer, long eventsPerSecond, TransactionRouter router) {
        this.flow = flow;
        this.pacer = pacer;
        this.router = router;
        long meanGapNanos = HEARTBEAT_NANOS / Math.max(1, eventsPerSecond);
        heartbeatNanos =
                eventsPerSecond == 0 ? HEARTBEAT_NANOS : Math.max(HEARTBEAT_NANOS, HEARTBEAT_MEAN_GAPS * meanGapNanos);
    }

    @Override
    public long plannedNanos(long nowNanos) {
        return pacer.plannedNanos(nowNanos);
    }

    @Override
    public void happen(long plannedNanos, ClientRequest cause) {
        pacer.advance();
        router.begin(cause);
        flow.next();
        router.publish(plannedNanos);
    }

    @Override
    public long heartbeatNanos() {
        return heartbeatNanos;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
