package tickcast.gateway;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.IdleMode;
import tickcast.orderentry.OrderDesk;
import tickcast.orderentry.risk.MarketBoard;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CloseCode;

/**
 * An event loop with its own view of the feed and its own sessions. It works in turns while there is something to read,
 * and sleeps until a journal's writer, or the watcher, wakes it.
 */
final class Shard extends VerticleBase implements FeedWatcher.Sleeper {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final int ORDERS_IN_A_TURN = 64;
    /** After so many requests the answers to others get their turn: else what is read off the sockets would take all. */
    private static final int REQUESTS_IN_A_ROW = 32;

    /** Of all shards together; few, so that they leave the cores to the event loops. */
    private static final int LONG_WORK_THREADS =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 4);

    private static final long TICK_MILLIS = 100;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String LOOPBACK = "127.0.0.1";
    /** Vert.x binds one free port for all servers that ask for this one. */
    private static final int ANY_PORT_FOR_ALL = -1;

    private final GatewayParts parts;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final Runnable runTurn = this::turn;
    private final FeedLatency latency;
    private final Turn turn;
    private final Market market;
    private final FeedReader feed;
    private final OutboundShare outboundShare;
    private final SessionRound round = new SessionRound(this::afterOthers, System::nanoTime);
    private EventLoop eventLoop;
    private FlushQueue flushes;
    private PlainConnections plain;
    private ConflationTimer conflationTimer;
    private OrderDesk orderDesk;
    private WorkerExecutor longWork;
    private HttpServer server;
    private Promise<Void> drained;
    private boolean stopped;
    private boolean ordersFailed;
    private long ordersFailedNanos;
    private int requestsInARow;
    private HistorySource history;
    private volatile boolean ready;
    private volatile long rings;
    private volatile long readSeq;
    /** Above all there are while they cannot be read. */
    private volatile long executionsReadSeq = Long.MAX_VALUE;

    /** @param board what it is to tell of the symbols */
    Shard(GatewayParts parts, MarketBoard board) {
        this.parts = parts;
        latency = new FeedLatency(parts.latency());
        turn = new Turn(latency);
        market = new Market(turn, board);
        outboundShare = new OutboundShare(parts.budget());
        feed = new FeedReader(parts.settings().feedDirectory(), market, parts.watcher()::feedEpoch);
    }

    @Override
    public Future<?> start() {
        eventLoop = ((ContextInternal) context).nettyEventLoop();
        flushes = new FlushQueue(eventLoop);
        history = new HistorySource(
                parts.history(),
                market,
                feed,
                new HistoryBatch(),
                () -> readSeq,
                eventLoop,
                this::later,
                parts.epochNanos(),
                parts.counters());
        longWork = vertx.createSharedWorkerExecutor("tickcast-long-work", LONG_WORK_THREADS);
        var settings = parts.settings();
        conflationTimer = new ConflationTimer(eventLoop, turn.conflation(), this::wake);
        plain = new PlainConnections(settings.sessionLimits().patience().idleMillis());
        orderDesk = new OrderDesk(
                settings.executionsDirectory(),
                parts.orderWriter(),
                market.instruments(),
                parts.watcher()::exchangeUp,
                parts.orderTiming(),
                parts.epochNanos(),
                settings.orderLimits(),
                parts.orderArchive(),
                market::markPrice);
        orderDesk.whenAnswered(this::wake);
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_PORT_FOR_ALL : settings.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(settings.sessionLimits().messageBytes())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false));
        server.requestHandler(new Endpoint(this).handler(vertx))
                .connectionHandler(connection -> plain.heard(connection, System.nanoTime()))
                .exceptionHandler(e -> LOG.debug("A connection failed", e));
        vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        turn();
        return openBell().compose(opened -> server.listen());
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        List.copyOf(sessions).forEach(Session::cut);
        outboundShare.tell(0, List.of());
        orderDesk.close();
        feed.close();
        latency.close();
        return Future.succeededFuture();
    }

    /** Takes no new connections, closes all sessions and completes when they are gone, by force at the end of {@code limit}. */
    Future<Void> drain(long limitMillis) {
        var promise = Promise.<Void>promise();
        context.runOnContext(v -> {
            drained = promise;
            List.copyOf(sessions)
                    .forEach(session -> session.close(CloseCode.GOING_AWAY, CloseCode.GOING_AWAY.description()));
            server.shutdown(limitMillis, TimeUnit.MILLISECONDS);
            later(limitMillis, () -> {
                List.copyOf(sessions).forEach(Session::cut);
                promise.tryComplete();
            });
            completeWhenDrained();
        });
        return promise.future();
    }

    /** Begins a session on a WebSocket, or closes it with the reason why there can be none. */
    void open(ClientConnection connection, String account, AccountAccess access, Subprotocol form, String refusal) {
        var limits = parts.settings().sessionLimits();
        if (!parts.counters().connected(limits.connections())) {
            connection.close(
                    CloseCode.TOO_MANY_CONNECTIONS.code(),
                    "The gateway has " + limits.connections() + " connections and takes no more");
            connection.resume();
            later(limits.closeMillis(), connection::cut);
            return;
        }
        long id = parts.sessionIds().incrementAndGet();
        var session = new Session(this, connection, id, account, access, form == null ? Subprotocol.V1 : form);
        sessions.add(session);
        if (form == null) {
            session.close(CloseCode.UNKNOWN_SUBPROTOCOL, refusal);
        } else {
            session.start();
        }
        connection.start(session);
    }

    /** The connection of a session is gone. */
    void closed(Session session) {
        sessions.remove(session);
        parts.counters().disconnected();
        completeWhenDrained();
    }

    /** Runs {@code action} on this event loop after sockets and other sessions had their turn. */
    void afterOthers(Runnable action) {
        eventLoop.schedule(action, 0, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code action} on this event loop after {@code millis}. */
    void later(long millis, Runnable action) {
        eventLoop.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs {@code work} on a thread for what takes longer; completes on this event loop. */
    <T> Future<T> elsewhere(Callable<T> work) {
        var own = (ContextInternal) context;
        var before = own.beginDispatch(); // else it would complete on whichever event loop Vert.x has next
        try {
            return longWork.executeBlocking(work, false);
        } finally {
            own.endDispatch(before);
        }
    }

    @Override
    public boolean sleepsBefore(long feedSeq, long executionsSeq) {
        return sleeping.get() && (ready && readSeq < feedSeq || executionsReadSeq < executionsSeq);
    }

    @Override
    public void wake() {
        if (sleeping.compareAndSet(true, false)) {
            eventLoop.execute(runTurn);
        }
    }

    @Override
    public long rings() {
        return rings;
    }

    /** A session has taken a request about orders. */
    void requestTaken() {
        if (++requestsInARow >= REQUESTS_IN_A_ROW) {
            requestsInARow = 0;
            pollOrders();
            flushes.flush();
            orderDesk.sent();
        }
    }

    GatewayParts parts() {
        return parts;
    }

    Market market() {
        return market;
    }

    OrderDesk orderDesk() {
        return orderDesk;
    }

    FlushQueue flushes() {
        return flushes;
    }

    SessionRound round() {
        return round;
    }

    PlainConnections plain() {
        return plain;
    }

    HistorySource history() {
        return history;
    }

    /** Whether no new connections are taken. */
    boolean stopping() {
        return drained != null;
    }

    /** Whether the feed was read up to its end. Any thread. */
    boolean ready() {
        return ready;
    }

    /** Where it listens. */
    int listeningPort() {
        return server.actualPort();
    }

    private void turn() {
        if (stopped) {
            return;
        }
        boolean more = false;
        try {
            more = work();
        } catch (RuntimeException | Error e) {
            // A shard that stopped turning would look alive and serve nothing.
            LOG.error(
                    "A turn failed after sequence {} of the feed; all subscribers get snapshots", market.lastSeq(), e);
            market.expelAll();
        } finally {
            turn.clear();
        }
        if (more) {
            afterOthers(runTurn);
        } else {
            sleep();
        }
    }

    /** The journals' writers wake it, or the watcher, unless something came while it was falling asleep. */
    private void sleep() {
        sleeping.set(true);
        boolean more = feed.awaits();
        more |= !ordersFailed && orderDesk.awaits();
        if (more && sleeping.compareAndSet(true, false)) {
            afterOthers(runTurn);
        }
    }

    /** Opens what the journals' writers wake it by. Without it, the watcher does. */
    private Future<Void> openBell() {
        if (parts.settings().watcherIdle() != IdleMode.PARK) {
            return Future.succeededFuture();
        }
        return vertx.createDatagramSocket()
                .handler(datagram -> {
                    rings++;
                    if (sleeping.compareAndSet(true, false)) {
                        turn();
                    }
                })
                .listen(0, LOOPBACK)
                .<Void>map(socket -> {
                    feed.wakeAt(socket.localAddress().port());
                    orderDesk.wakeAt(socket.localAddress().port());
                    return null;
                })
                .otherwise(failure -> {
                    LOG.warn("No UDP port on {}: the watcher has to look for what is new", LOOPBACK, failure);
                    return null;
                });
    }

    /** One turn; true when there may be more to read. */
    private boolean work() {
        boolean wasCurrent = market.current();
        int read = feed.poll();
        while (read > 0 && turn.hasRoom()) {
            read = feed.poll();
        }
        long readNanos = parts.epochNanos().getAsLong();
        if (market.current()) {
            turn.conflation().renewDue(readNanos, turn);
        }
        if (turn.hasBatches()) {
            turn.distribute(market.epoch(), readNanos, parts.counters());
        }
        readSeq = market.lastSeq();
        int orders = pollOrders();
        executionsReadSeq = orderDesk.ready() ? orderDesk.readSeq() : Long.MAX_VALUE;
        if (market.takeJoinsPossible()) {
            List.copyOf(sessions).forEach(Session::feedReady);
        }
        flushes.flush();
        orderDesk.sent();
        if (wasCurrent && market.current()) {
            latency.record(readNanos, parts.epochNanos().getAsLong());
        }
        ready = market.ready();
        if (market.current()) {
            conflationTimer.setForNext();
        }
        return read > 0 || orders == ORDERS_IN_A_TURN;
    }

    private int pollOrders() {
        if (ordersFailed && System.nanoTime() - ordersFailedNanos < RETRY_NANOS) {
            return 0;
        }
        try {
            ordersFailed = false;
            return orderDesk.poll(ORDERS_IN_A_TURN);
        } catch (RuntimeException | Error e) {
            // Whatever Chronicle meets in damaged files: market data goes on.
            LOG.error("Cannot take the executions; reading them anew every second, and no orders until then", e);
            ordersFailed = true;
            ordersFailedNanos = System.nanoTime();
            return 0;
        }
    }

    private void tick() {
        round.begin(this::tellQueued);
        plain.closeIdle(System.nanoTime());
        wake();
    }

    private void tellQueued(long bytes) {
        if (!stopped) {
            outboundShare.tell(bytes, sessions);
        }
    }

    private void completeWhenDrained() {
        if (drained != null && sessions.isEmpty()) {
            drained.tryComplete();
        }
    }
}
