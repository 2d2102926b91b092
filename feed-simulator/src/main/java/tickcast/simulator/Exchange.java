package tickcast.simulator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.SystemEpochNanoClock;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.TradingStatus;

/**
 * The simulated exchange: takes clients' orders from their journal, makes the background's own, matches them, and writes
 * the executions and the feed. Stepped by {@link #doWork}, by one thread; {@link ExchangeThread} is that thread.
 *
 * <p>A start goes on where the run before ended: each request is taken exactly once, both sequences have no hole, and
 * what was still open is cancelled. All books begin empty and all symbols open. While the disk is nearly full a call
 * does not return. After an exception, which means that a journal is broken or has another writer, all that can be done
 * is to close it and to start again.
 */
public final class Exchange implements AutoCloseable {
    private static final int ORDERS_PER_TURN = 64;
    private static final int EVENTS_PER_TURN = 256;
    private static final long DISK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Listings listings;
    private final LongSupplier epochNanos;
    private final DocumentSink feedSink;
    private final DocumentSink executionsSink;
    private final FeedPublisher feed;
    private final ExecutionPublisher executions;
    private final MatchingEngine engine;
    private final TransactionRouter router;
    private final DayTurn dayTurn;
    private final OrderReader orders;
    private final Background background;
    private final ReplayProgress replayProgress;
    private final ReplayControl replayControl = new ReplayControl();
    private final long startSeq;
    private final ExchangeCounters counters = new ExchangeCounters();
    private final Queue<StatusChange> statusChanges = new ConcurrentLinkedQueue<>();
    /** What the reports of a transaction of the background tell of its cause: only how far the orders are read. */
    private ClientRequest cause;

    private Exchange(
            ExchangeSettings settings, LongSupplier epochNanos, DocumentSink feedSink, DocumentSink executionsSink) {
        this.epochNanos = epochNanos;
        this.feedSink = feedSink;
        this.executionsSink = executionsSink;
        startSeq = feedSink.lastSeq();
        TradingDays days = settings.tradingDays();
        FeedHistory history = FeedHistory.read(settings.feed().directory());
        listings = new Listings(history.instruments());
        feed = new FeedPublisher(listings, feedSink, settings.checkpointInterval());
        executions = new ExecutionPublisher(executionsSink, epochNanos);
        long now = epochNanos.getAsLong();
        ExecutionHistory before = ExecutionHistory.read(settings.executions().directory());
        requireWholePast(settings, before, now);
        ClientOrders clients = before.clients();
        router = new TransactionRouter(clients, feed, executions);
        ReplaySettings replay = settings.replay();
        engine = new MatchingEngine(router, replay == null ? OrderBook.MAX_LEVELS : Integer.MAX_VALUE);
        for (Instrument instrument : listings.all()) {
            list(instrument, TradingStatus.CLOSED);
        }
        List<Instrument> simulated =
                replay == null ? listings.listAll(settings.instruments().all()) : List.of();
        for (Instrument instrument : simulated) {
            list(instrument, TradingStatus.OPEN);
        }

        history.complete(feed, before, now);
        OrderSweep sweep = new OrderSweep(engine, router, epochNanos);
        var executionCheckpoint = new ExecutionCheckpoint(clients, engine, executions);
        dayTurn = new DayTurn(days, clients, router, feed, executions, sweep, executionCheckpoint);
        dayTurn.begin(before, now);
        feed.checkpoint(now);

        cause = ClientRequest.none(before.orderSeq());
        if (replay == null) {
            replayProgress = null;
            background = new SimulatedBackground(
                    new OrderFlow(settings.seed(), engine, simulated),
                    new Pacer(settings.seed(), settings.eventsPerSecond(), now),
                    settings.eventsPerSecond(),
                    router);
        } else {
            replayProgress = new ReplayProgress(replay.speed());
            background = replay(replay);
        }
        counters.symbols(listings.size());
        var requests = new ClientRequests(days, clients, engine, executions, router, sweep);
        orders = new OrderReader(settings.orders(), before.orderSeq(), requests, epochNanos);
    }

    /** Nothing may be carried out a second time. */
    private void requireWholePast(ExchangeSettings settings, ExecutionHistory before, long now) {
        var directory = settings.executions().directory();
        if (executionsSink.lastSeq() == 0 && startSeq > 0) {
            try (var reader = JournalReader.open(settings.orders())) {
                if (reader.lastSeq() > 0) {
                    throw new LostExecutionsException("The executions in " + directory
                            + " are gone, and the feed and the orders that they tell of are not: put them back, or delete"
                            + " all three");
                }
            }
        }
        DayTurn.requireWhole(settings.tradingDays(), before, directory, now);
    }

    /** Trading in a symbol is as it says when the exchange begins. */
    private void list(Instrument instrument, TradingStatus status) {
        int symbolId = instrument.symbolId();
        engine.addSymbol(symbolId, instrument.tickSize(), instrument.lotSize());
        engine.status(symbolId, status);
        feed.list(symbolId, status);
    }

    private Background replay(ReplaySettings settings) {
        feed.show(new DisplayedDepth(engine));
        PublishedReplay output = new PublishedReplay(listings, engine, router, feed);
        OrderIndex orderIndex = new OrderIndex();
        OrderPool pool = new OrderPool();
        UserFills fills = new UserFills();
        ReplayBooks books = new ReplayBooks(
                output,
                book -> settings.interactive()
                        ? new InteractiveOrders(engine, book, orderIndex, pool, router)
                        : new RecordedBook(book, orderIndex, pool, fills, router),
                replayProgress);
        Replay replay = new Replay(settings, output, books, replayProgress, replayControl, epochNanos, cause);
        replay.takeOpening();
        return replay;
    }

    /**
     * Opens the journals and recovers.
     *
     * @throws tickcast.journal.JournalLockedException when another exchange has them
     * @throws LostExecutionsException when what is left of them is not enough to go on
     * @throws IllegalArgumentException when what shall be replayed is no recording
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public static Exchange open(ExchangeSettings settings) {
        return open(settings, SystemEpochNanoClock.INSTANCE::nanoTime);
    }

    /** With a clock of its own, in nanoseconds since the Unix epoch. */
    public static Exchange open(ExchangeSettings settings, LongSupplier epochNanos) {
        return open(settings, epochNanos, () -> LockSupport.parkNanos(DISK_PAUSE_NANOS), UnaryOperator.identity());
    }

    /**
     * @param pause what to do before another try to write to a full disk; may throw to give up
     * @param around puts something between the exchange and a journal
     */
    static Exchange open(
            ExchangeSettings settings, LongSupplier epochNanos, Runnable pause, UnaryOperator<DocumentSink> around) {
        DocumentSink feed = null;
        DocumentSink executions = null;
        Exchange exchange = null;
        try {
            feed = around.apply(sink(settings.feed(), epochNanos, pause));
            executions = around.apply(sink(settings.executions(), epochNanos, pause));
            exchange = new Exchange(settings, epochNanos, feed, executions);
            return exchange;
        } finally {
            if (exchange == null) {
                closeIfOpen(feed);
                closeIfOpen(executions);
            }
        }
    }

    private static DocumentSink sink(JournalSettings settings, LongSupplier epochNanos, Runnable pause) {
        var writer = JournalWriter.open(settings, () -> TimeUnit.NANOSECONDS.toMillis(epochNanos.getAsLong()));
        return new JournalSink(writer, settings.directory(), pause);
    }

    private static void closeIfOpen(DocumentSink sink) {
        if (sink != null) {
            sink.close();
        }
    }

    /** Does what is due, within bounds; returns how much that was. */
    public int doWork() {
        long now = epochNanos.getAsLong();
        int work = changeStatuses(now) + endDay(now);
        beginCycles(now);
        work += takeOrders();
        work += runBackground(now);
        if (work > 0) {
            counters.output(feed.lastSeq() - startSeq, feed.tradeCount());
            counters.symbols(listings.size());
            counters.executionsOverBudget(executionsSink.overBudgetBytes());
        }
        return work;
    }

    /** When the next event or heartbeat is due, unless an order comes first; nanoseconds since the epoch. */
    public long nextDueNanos() {
        return Math.min(background.plannedNanos(epochNanos.getAsLong()), nextHeartbeatNanos());
    }

    /** Where the writer of the orders wakes the exchange's thread: a UDP port on 127.0.0.1. */
    void wakeAt(int port) {
        orders.wakeAt(port);
    }

    /** The exchange's thread is about to sleep, and the next order wakes it; true when there is one already. */
    boolean awaitsOrders() {
        return orders.awaits();
    }

    /** Whether there are orders to take. */
    boolean hasOrders() {
        return orders.hasMore();
    }

    /**
     * Opens, halts or closes trading in a symbol, soon. For any thread.
     *
     * @throws IllegalArgumentException when there is no such symbol
     */
    public void changeStatus(int symbolId, TradingStatus status) {
        if (symbolId < 1 || symbolId > counters.symbols()) {
            throw new IllegalArgumentException("symbolId: " + symbolId + " is not from 1 to " + counters.symbols());
        }
        statusChanges.add(new StatusChange(symbolId, status));
    }

    public ExchangeCounters counters() {
        return counters;
    }

    /** How far the replay is; null when there is none. For any thread. */
    public ReplayProgress replayProgress() {
        return replayProgress;
    }

    /** Steers the replay, if there is one. For any thread. */
    public ReplayControl replayControl() {
        return replayControl;
    }

    MatchingEngine engine() {
        return engine;
    }

    /** Gives the journals free. Open orders stay open in the executions, for the next start to cancel. */
    @Override
    public void close() {
        background.close();
        orders.close();
        executionsSink.close();
        feedSink.close();
    }

    private int changeStatuses(long now) {
        int work = 0;
        for (StatusChange change = statusChanges.poll(); change != null; change = statusChanges.poll()) {
            if (engine.book(change.symbolId()).status() != change.status()) {
                engine.status(change.symbolId(), change.status());
                feed.status(change.symbolId(), change.status(), now);
            }
            work++;
        }
        return work;
    }

    private int endDay(long now) {
        if (!dayTurn.isDue(now)) {
            return 0;
        }
        cause = ClientRequest.none(orders.orderSeq());
        return dayTurn.end(cause, now);
    }

    private void beginCycles(long now) {
        if (feed.cycleBegins()) {
            feed.checkpoint(now);
        }
        if (executions.cycleBegins()) {
            dayTurn.checkpoint(orders.orderSeq());
        }
    }

    private int takeOrders() {
        int taken = 0;
        while (taken < ORDERS_PER_TURN && orders.matchNext()) {
            router.publish(epochNanos.getAsLong());
            counters.clientRequestTaken();
            taken++;
        }
        if (taken > 0) {
            cause = ClientRequest.none(orders.orderSeq());
        }
        return taken;
    }

    private int runBackground(long now) {
        int done = 0;
        while (done < EVENTS_PER_TURN) {
            long planned = background.plannedNanos(now);
            long heartbeat = nextHeartbeatNanos();
            if (heartbeat <= now && heartbeat <= planned) {
                feed.heartbeat(heartbeat);
            } else if (planned <= now) {
                makeEvent(planned);
                counters.lag(now - planned);
            } else {
                break;
            }
            done++;
        }
        return done;
    }

    private void makeEvent(long plannedNanos) {
        if (feed.checkpointIsDue()) {
            feed.checkpoint(plannedNanos);
        }
        background.happen(plannedNanos, cause);
    }

    private long nextHeartbeatNanos() {
        return feed.lastTimeNanos() + background.heartbeatNanos();
    }
}
