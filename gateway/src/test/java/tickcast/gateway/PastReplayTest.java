package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;

/** The past over the socket: a snapshot of then, what followed at a pace, and live data behind it. */
@Timeout(60)
class PastReplayTest extends ServedFeed {
    private static final String ALL = "[\"BTC/USD\",\"AAPL\",\"EUR/USD\"]";
    private static final Integer[] IDS = {1, 2, 3};
    private static final long PAUSE_MILLIS = 300;

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(data).ready();
    }

    @ParameterizedTest
    @EnumSource(names = {"SBE", "JSON"})
    void fromEveryPointASnapshotOfThenAndTheRest(Subprotocol form) {
        feed.randomly(new Random(1), 20);
        feed.checkpoint();
        feed.randomly(new Random(2), 10);
        gateway.awaitRead(feed);
        try (var client = gateway.connect(form)) {
            for (long from = 7; from <= feed.lastSeq(); from++) {
                var received = new ReceivedFeed();
                var replayed = replay(client, ALL, Long.toString(from), Long.toString(feed.lastSeq()), "\"max\"");
                received.takeAll(client);
                var rest = ReceivedFeed.journal(data.resolve("feed"), from, feed.lastSeq(), IDS);
                var before = ReceivedFeed.journal(data.resolve("feed"), 1, from - 1, IDS);
                var expected = new TreeMap<Integer, List<Long>>();
                before.forEach((id, seqs) -> {
                    var all = new ArrayList<>(List.of(seqs.get(seqs.size() - 1)));
                    all.addAll(rest.getOrDefault(id, List.of()));
                    expected.put(id, all);
                });
                assertEquals(expected, received.seqs(), "from " + from);
                received.assertProved();
                received.assertBooks(feed);
                assertEquals(PastOutcome.FINISHED, replayed.outcome());
                assertEquals(feed.lastSeq(), replayed.seq());
                assertEquals(expected.values().stream().mapToInt(List::size).sum(), replayed.count());
            }
        }
    }

    @Test
    void whatIsFinishedIsSubscribedNoMore() {
        feed.randomly(new Random(3), 20);
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("AAPL");
            client.takeBinary();
            replay(client, ALL, "1", "10", "\"max\"");
            new ReceivedFeed().takeAll(client);
            feed.randomly(new Random(4), 20);
            gateway.awaitRead(feed);
            client.roundTrip();
            client.assertNothingReceived();
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}");
            assertEquals(
                    "NOT_SUBSCRIBED",
                    client.expect(ServerMessage.Unsubscribed.class)
                            .rejected()
                            .get(0)
                            .code());
        }
    }

    @Test
    void intoLiveDataWithoutAGap() {
        var random = new Random(5);
        feed.randomly(random, 3_000);
        gateway.awaitRead(feed);
        var received = new ReceivedFeed();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.send(request(ALL, "2000", null, "1000"));
            var subscribed = client.expect(ServerMessage.Subscribed.class);
            assertEquals(
                    "{\"from\":2000,\"to\":\"live\",\"speed\":1000.0}",
                    subscribed.replay().toString());
            feed.randomly(random, 3_000);
            var replayed = client.expect(ServerMessage.Replayed.class);
            assertEquals(PastOutcome.LIVE, replayed.outcome());
            feed.randomly(random, 100);
            await(client, received, () -> received.newestSeq() == feed.lastSeq());
            received.assertProved();
            received.assertBooks(feed);
            received.seqs().values().forEach(seqs -> seqs.remove(0));
            assertEquals(ReceivedFeed.journal(data.resolve("feed"), 2_000, feed.lastSeq(), IDS), received.seqs());
        }
    }

    @Test
    void atTheSpeedAskedFor() {
        feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
        long from = feed.lastSeq();
        for (int i = 2; i <= 4; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            feed.bid("AAPL", i * Decimal8.ONE, TestFeed.LOT);
        }
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            long wholeNanos = duration(client, from, "1");
            assertTrue(wholeNanos >= TimeUnit.MILLISECONDS.toNanos(3 * PAUSE_MILLIS), "at once: " + wholeNanos);
            long halfNanos = duration(client, from, "2");
            assertTrue(halfNanos >= TimeUnit.MILLISECONDS.toNanos(3 * PAUSE_MILLIS / 2), "at once: " + halfNanos);
            assertTrue(halfNanos < wholeNanos, halfNanos + " of " + wholeNanos);
        }
    }

    private long duration(TestClient client, long from, String speed) {
        long start = System.nanoTime();
        assertEquals(
                5,
                replay(client, "[\"AAPL\"]", Long.toString(from), Long.toString(feed.lastSeq()), speed)
                        .count());
        return System.nanoTime() - start;
    }

    @Test
    void betweenTwoTimes() {
        feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        String from = quoted(SystemEpochNanoClock.INSTANCE.nanoTime());
        feed.bid("AAPL", 2 * Decimal8.ONE, TestFeed.LOT);
        feed.bid("BTC/USD", 2 * Decimal8.ONE, TestFeed.LOT);
        feed.bid("AAPL", 3 * Decimal8.ONE, TestFeed.LOT);
        long last = feed.lastSeq();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        String to = quoted(SystemEpochNanoClock.INSTANCE.nanoTime());
        feed.bid("AAPL", 4 * Decimal8.ONE, TestFeed.LOT);
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var received = new ReceivedFeed();
            var replayed = replay(client, "[\"AAPL\"]", from, to, "\"max\"");
            assertEquals(last, replayed.seq());
            received.takeAll(client);
            assertEquals(Map.of(2, List.of(last - 3, last - 2, last)), received.seqs());
        }
    }

    @Test
    void beforeTheFeedBegan() {
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var received = new ReceivedFeed();
            replay(client, ALL, "\"2001-01-01T00:00:00Z\"", Long.toString(feed.lastSeq()), "\"max\"");
            received.takeAll(client);
            assertEquals(ReceivedFeed.journal(data.resolve("feed"), 1, feed.lastSeq(), IDS), received.seqs());
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000,", "1,1000000", "\"2100-01-01T00:00:00Z\",", "1,\"2100-01-01T00:00:00Z\""})
    void whatHasNotHappenedYet(String from, String to) {
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var received = new ReceivedFeed();
            assertEquals(
                    PastOutcome.TOO_FAR,
                    replay(client, ALL, from, to, "\"max\"").outcome());
            if (to == null) {
                await(client, received, () -> received.seqs().size() == 3);
                received.assertBooks(feed);
            } else {
                client.roundTrip();
                client.assertNothingReceived();
            }
        }
    }

    @Test
    void cancelledInTheMiddle() {
        feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
        long from = feed.lastSeq();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        feed.bid("AAPL", Decimal8.ONE, 0);
        gateway.awaitRead(feed);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.send(request("[\"AAPL\",\"BTC/USD\"]", Long.toString(from), Long.toString(from + 1), "0.001"));
            client.expect(ServerMessage.Subscribed.class);
            var received = new ReceivedFeed();
            await(client, received, () -> received.newestSeq() == from);
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"BTC/USD\"]}");
            client.expect(ServerMessage.Unsubscribed.class);
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}");
            var replayed = client.expect(ServerMessage.Replayed.class);
            assertEquals(PastOutcome.CANCELLED, replayed.outcome());
            assertEquals(from, replayed.seq());
            client.expect(ServerMessage.Unsubscribed.class);
            assertEquals(0, gateway.gateway().histories());
        }
    }

    @Test
    void whatCannotBeReplayedIsRefused() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            for (int i = 0; i < 100; i++) {
                feed.list("X" + i);
            }
            gateway.awaitRead(feed);
            client.send(request("[\"*\"]", "1", null, "\"max\""));
            assertEquals(
                    "TOO_MANY_SYMBOLS", client.expect(ServerMessage.Error.class).code());
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"maxRate\":5,\"replay\":{\"from\":1}}");
            assertEquals("maxRate", client.expect(ServerMessage.Error.class).field());
        }
    }

    private static String quoted(long epochNanos) {
        return "\"" + Instant.ofEpochSecond(0, epochNanos) + "\"";
    }

    private static String request(String symbols, String from, String to, String speed) {
        return "{\"type\":\"subscribe\",\"symbols\":" + symbols + ",\"replay\":{\"from\":" + from
                + (to == null ? "" : ",\"to\":" + to) + ",\"speed\":" + speed + "}}";
    }

    private static ServerMessage.Replayed replay(
            TestClient client, String symbols, String from, String to, String speed) {
        client.send(request(symbols, from, to, speed));
        client.expect(ServerMessage.Subscribed.class);
        return client.expect(ServerMessage.Replayed.class);
    }

    private static void await(TestClient client, ReceivedFeed received, BooleanSupplier condition) {
        RunningGateway.awaitThat(() -> "messages; received " + received.seqs(), () -> {
            received.takeAll(client);
            return condition.getAsBoolean();
        });
    }
}
