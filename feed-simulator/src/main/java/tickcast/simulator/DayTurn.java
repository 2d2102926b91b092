package tickcast.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TimeInForce;

/** Lets trading days begin and end. Of the one that it is, no execution is deleted. Confined to a thread. */
final class DayTurn {
    private final TradingDays days;
    private final ClientOrders clients;
    private final TransactionRouter router;
    private final FeedPublisher feed;
    private final ExecutionPublisher executions;
    private final OrderSweep sweep;
    private final ExecutionCheckpoint checkpoint;

    private OpenDay day;

    DayTurn(
            TradingDays days,
            ClientOrders clients,
            TransactionRouter router,
            FeedPublisher feed,
            ExecutionPublisher executions,
            OrderSweep sweep,
            ExecutionCheckpoint checkpoint) {
        this.days = days;
        this.clients = clients;
        this.router = router;
        this.feed = feed;
        this.executions = executions;
        this.sweep = sweep;
        this.checkpoint = checkpoint;
    }

    /**
     * Looks whether the trading day of the run before can be gone on with, if it is not over.
     *
     * @throws LostExecutionsException when it cannot: a clientOrderId that repeats would not be known
     */
    static void requireWhole(TradingDays days, ExecutionHistory before, Path executions, long now) {
        if (!before.dayIsWhole() && goesOn(days, before.day(), now)) {
            OpenDay day = before.day();
            throw new LostExecutionsException("Of the executions in " + executions + " some of the trading day "
                    + LocalDate.ofEpochDay(day.day()) + ", which began with sequence " + day.firstSeq()
                    + ", are missing: an order that is sent again could be executed twice. Put them back, or start when the"
                    + " day is over, at "
                    + Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(days.endNanos(day.day()))));
        }
    }

    /** Ends what the run before left open, and goes on with its trading day or begins the next one. */
    void begin(ExecutionHistory before, long now) {
        OpenDay last = before.day();
        boolean goesOn = goesOn(days, last, now);
        if (goesOn) {
            executions.keepFrom(last.firstSeq());
        }
        for (ClientOrder open : List.copyOf(clients.open())) {
            boolean expires = !goesOn && open.state().timeInForce() == TimeInForce.DAY;
            OrderState ended = expires
                    ? open.state().ended(OrderStatus.EXPIRED, Reason.DAY_ENDED)
                    : open.state().ended(OrderStatus.CANCELED, Reason.EXCHANGE_RESTART);
            router.begin(ClientRequest.none(before.orderSeq()));
            executions.report(open, ended, expires ? ExecType.EXPIRED : ExecType.CANCELED);
            executions.publish();
            clients.closed(open, ended);
        }
        if (goesOn) {
            day = new OpenDay(last.day(), days.endNanos(last.day()), last.firstSeq());
        } else {
            clients.dayBegins();
            day = next(days.dayAt(now));
        }
        checkpoint(before.orderSeq());
    }

    /** Whether the trading day is over. */
    boolean isDue(long now) {
        return now >= day.endNanos();
    }

    /** Ends the trading day and begins the next one; returns how much there was to do. */
    int end(ClientRequest cause, long now) {
        int expired = sweep.cancel(
                clients.open(),
                (client, order) -> order.timeInForce() == TimeInForce.DAY,
                Reason.DAY_ENDED,
                cause,
                cause);
        router.publish(now);
        clients.dayBegins();
        day = next(days.dayAt(now));
        checkpoint(cause.orderSeq());
        return 1 + expired;
    }

    /** Repeats all that is, for readers that start there. */
    void checkpoint(long orderSeq) {
        checkpoint.write(day, orderSeq, feed.lastSeq());
    }

    private OpenDay next(int date) {
        return new OpenDay(date, days.endNanos(date), executions.seq());
    }

    /** A clock that goes back, or another end of the day, does not begin a day that is over. */
    private static boolean goesOn(TradingDays days, OpenDay last, long now) {
        return last != null && last.day() >= days.dayAt(now);
    }
}
