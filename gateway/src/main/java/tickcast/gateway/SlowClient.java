package tickcast.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.OnSlow;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.SlowWarning;

/**
 * Deals with a client that does not keep up: parks its subscriptions, renews them as fast as it reads or not at all, and brings them
 * back. Does nothing for one that keeps up. Confined to a shard.
 */
final class SlowClient {
    /** A slow client's symbol is renewed at most so often. */
    static final long RENEWAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long MEASURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int RENEWAL_DIVISOR = 16;

    /** The client's session. */
    interface Client {
        void warn(ServerMessage.Warning warning);

        /** It has come to the end of the ladder. */
        void tooSlow(long lagMillis, long lagBytes);
    }

    private final Market market;
    private final Subscriber subscriber;
    private final Outbound outbound;
    private final Client client;
    private final Ladder ladder;
    private final Lag lag = new Lag();
    private final List<Subscription> parked = new ArrayList<>(0);
    private int next;
    private long measuredNanos;
    private boolean told;
    private boolean parkedSome;
    private boolean waiting;
    private boolean calm = true;

    SlowClient(Market market, Subscriber subscriber, Outbound outbound, long limitNanos, Client client) {
        this.market = market;
        this.subscriber = subscriber;
        this.outbound = outbound;
        this.client = client;
        ladder = new Ladder(outbound.limitBytes(), limitNanos);
        measuredNanos = System.nanoTime();
    }

    /** More waits for the client than may before something is done. */
    void behind() {
        long now = System.nanoTime();
        if (ladder.rung() == Ladder.Rung.LIVE || now - measuredNanos >= MEASURE_NANOS) {
            measure(now);
        }
    }

    /** More was to be written than may wait. */
    void overflow() {
        long pending = outbound.pendingBytes();
        long age = lag.nanos(outbound.writtenBytes(), pending, System.nanoTime());
        client.tooSlow(TimeUnit.NANOSECONDS.toMillis(age), pending);
    }

    /** Whether nothing was to be done at the last measure: while nothing waits for the client, nothing is. */
    boolean calm() {
        return calm;
    }

    /** To be called every now and then. */
    void tick(long nowNanos) {
        measure(nowNanos);
        if (!parked.isEmpty()) {
            renew(nowNanos);
        }
        boolean over = ladder.rung() == Ladder.Rung.LIVE || parkedSome && !ladder.behind();
        if (told && parked.isEmpty() && over) {
            told = false;
            parkedSome = false;
            client.warn(new ServerMessage.Warning(
                    SlowWarning.CAUGHT_UP.name(),
                    "You keep up again; " + subscriber.missedMessages() + " messages were not sent, "
                            + subscriber.missedTrades() + " of them trades",
                    null,
                    null,
                    null,
                    subscriber.missedMessages(),
                    subscriber.missedTrades()));
            subscriber.forgetMissed();
        }
    }

    private void measure(long nowNanos) {
        measuredNanos = nowNanos;
        long pending = outbound.pendingBytes();
        long age = lag.nanos(outbound.writtenBytes(), pending, nowNanos);
        var before = ladder.rung();
        var rung = ladder.measure(pending, age, nowNanos);
        if (rung == Ladder.Rung.DISCONNECT) {
            client.tooSlow(TimeUnit.NANOSECONDS.toMillis(age), pending);
        } else if (ladder.behind() && (park(nowNanos) || rung.compareTo(before) > 0)) {
            told = true;
            warn(TimeUnit.NANOSECONDS.toMillis(age), pending);
        }
        calm = rung == Ladder.Rung.LIVE && !told;
    }

    /** Parks what may be; true when there was something. */
    private boolean park(long nowNanos) {
        int before = parked.size();
        for (var subscription : subscriber.live()) {
            if (!subscription.parked() && subscription.view().onSlow() != OnSlow.DISCONNECT) {
                subscription.park(nowNanos);
                parked.add(subscription);
            }
        }
        parkedSome |= parked.size() > before;
        return parked.size() > before;
    }

    private void warn(long lagMillis, long lagBytes) {
        var action = OnSlow.DISCONNECT;
        for (var subscription : parked) {
            boolean gentle =
                    ladder.rung() == Ladder.Rung.CONFLATE && subscription.view().onSlow() == OnSlow.CONFLATE;
            action = gentle ? OnSlow.CONFLATE : action == OnSlow.CONFLATE ? action : OnSlow.SKIP;
        }
        client.warn(new ServerMessage.Warning(
                SlowWarning.SLOW_CONSUMER.name(),
                lagBytes + " bytes wait for you, the oldest for " + lagMillis + " ms",
                lagMillis,
                lagBytes,
                JsonNames.of(action),
                null,
                null));
    }

    /** Goes on with those that are parked, each in turn, as far as the client has read what it was sent before. */
    private void renew(long nowNanos) {
        parked.removeIf(Subscription::ended);
        if (!market.current()) {
            return;
        }
        boolean drained = ladder.drained(outbound.pendingBytes());
        boolean restored = false;
        for (int looks = parked.size(); looks > 0; looks--) {
            if (outbound.pendingBytes() > outbound.limitBytes() / RENEWAL_DIVISOR) {
                goOnWhenRead(restored);
                return;
            }
            next = next < parked.size() ? next : 0;
            var subscription = parked.get(next);
            boolean gentle = subscription.view().onSlow() == OnSlow.CONFLATE;
            if (!subscription.channel().book().valid()) {
                next++;
            } else if (gentle ? ladder.rung() == Ladder.Rung.LIVE : drained) {
                parked.set(next, parked.get(parked.size() - 1));
                parked.remove(parked.size() - 1);
                restored = true;
                subscriber.restore(subscription, nowNanos);
            } else {
                next++;
                if (gentle && ladder.rung() == Ladder.Rung.CONFLATE && due(subscription, nowNanos)) {
                    subscriber.renew(subscription, nowNanos);
                }
            }
        }
    }

    private static boolean due(Subscription subscription, long nowNanos) {
        var view = subscription.view();
        long interval = view.conflated() ? Math.max(RENEWAL_NANOS, view.intervalNanos()) : RENEWAL_NANOS;
        return subscription.behind() && nowNanos - subscription.updatedNanos() >= interval;
    }

    private void goOnWhenRead(boolean restored) {
        if (restored && !waiting) {
            waiting = true;
            outbound.whenWritten(() -> {
                waiting = false;
                renew(System.nanoTime());
            });
        }
    }
}
