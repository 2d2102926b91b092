package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.RollInterval;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;

/** Clients that come back get exactly what they missed, through real sockets and from a real journal. */
@Timeout(120)
class ResumeTest extends ServedFeed {
    private static final String ALL = "[\"BTC/USD\",\"AAPL\",\"EUR/USD\"]";
    private static final Integer[] IDS = {1, 2, 3};

    private record End(PastOutcome outcome, long count) {}

    private void start() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(data).ready();
    }

    /** With a feed that begins a cycle each second. */
    private void startRolling(int retainCycles) {
        var settings = JournalSettings.of(data.resolve("feed"))
                .withRoll(RollInterval.SECONDLY)
                .withRetainCycles(retainCycles);
        feed = new TestFeed(settings, "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(data).ready();
    }

    @ParameterizedTest
    @EnumSource(names = {"SBE", "JSON"})
    void fromEveryPointExactlyTheRest(Subprotocol form) {
        start();
        feed.randomly(new Random(1), 30);
        feed.checkpoint();
        feed.randomly(new Random(2), 10);
        awaitRead();
        try (var client = gateway.connect(form)) {
            for (long seq = 0; seq <= feed.lastSeq(); seq++) {
                var received = new ReceivedFeed();
                var expected = journal(seq + 1, IDS);
                var resumed = resume(client, ALL, seq);
                received.takeAll(client);
                assertEquals(expected, received.seqs(), "after " + seq);
                assertEquals(expected.values().stream().mapToInt(List::size).sum(), resumed.count());
                assertEquals(PastOutcome.RESUMED, resumed.outcome());
                assertEquals(feed.lastSeq(), resumed.seq());
                assertEquals(seq, resumed.messageId().longValue());
            }
        }
    }

    @Test
    void onlyTheSymbolsThatAreResumedAndTheOthersGoOn() {
        start();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var received = new ReceivedFeed();
            client.subscribe("AAPL", "BTC/USD");
            long seq = feed.lastSeq();
            feed.randomly(new Random(3), 50);
            awaitRead();
            assertTrue(resume(client, "[\"BTC/USD\"]", seq).count() > 0);
            feed.bid("BTC/USD", Decimal8.ONE, TestFeed.LOT);
            feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
            await(client, received, () -> received.newestSeq(2) == feed.lastSeq());
            assertFalse(received.seqs().containsKey(3));
        }
    }

    @Test
    void aSymbolThatWasListedSince() {
        start();
        var received = new ReceivedFeed();
        long seq;
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("*");
            await(client, received, () -> received.seqs().size() == 3);
            seq = feed.lastSeq();
        }
        feed.list("MSFT");
        feed.randomly(new Random(4), 50);
        awaitRead();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            assertEquals(52, resume(client, "[\"*\"]", seq).count());
            feed.list("NVDA");
            feed.randomly(new Random(5), 50);
            var listed = client.expect(ServerMessage.Subscribed.class);
            assertEquals("NVDA", listed.symbols().get(0).symbol());
            var nvda = feed.symbol("NVDA");
            await(
                    client,
                    received,
                    () -> received.newestSeq() == feed.lastSeq() && received.newestSeq(nvda.id()) == nvda.lastSeq());
            received.assertProved();
            received.assertBooks(feed);
        }
    }

    /** Clients are cut off again and again, wherever they are; each sees every message once. */
    @ParameterizedTest
    @EnumSource(names = {"SBE", "JSON"})
    void nothingIsLostOrDoubledWhenConnectionsBreakUnderLoad(Subprotocol form) throws InterruptedException {
        start();
        var random = new Random(form.ordinal());
        var over = new AtomicBoolean();
        var writing = new Thread(() -> {
            var flow = new Random(6);
            while (!over.get()) {
                feed.randomly(flow, 1 + flow.nextInt(40));
                if (flow.nextInt(200) == 0) {
                    feed.checkpoint();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(flow.nextInt(3)));
            }
        });
        writing.start();
        var received = new ReceivedFeed();
        long position = 0;
        try {
            for (int connection = 0; connection < 40; connection++) {
                try (var client = gateway.connect(form)) {
                    position = follow(client, form, received, position, random.nextInt(2_000));
                }
            }
        } finally {
            over.set(true);
            writing.join();
        }
        try (var client = gateway.connect(form)) {
            follow(client, form, received, position, 0);
            await(client, received, () -> received.newestSeq() == feed.lastSeq());
        }
        assertEquals(journal(1, IDS), received.seqs());
        assertTrue(form == Subprotocol.JSON || received.repeats() == 0);
    }

    /** Takes at least so many messages after a resume; returns the position. */
    private long follow(TestClient client, Subprotocol form, ReceivedFeed received, long position, int messages) {
        var resumed = resume(client, ALL, position);
        assertEquals(PastOutcome.RESUMED, resumed.outcome());
        int[] taken = {0};
        await("messages", () -> (taken[0] += received.takeAll(client)) >= messages);
        if (form == Subprotocol.SBE) {
            return Math.max(resumed.seq(), received.newestSeq());
        }
        // A turn's frames of JSON may have come in part, so only the oldest symbol's position is sure.
        return Math.max(
                resumed.seq(),
                IntStream.rangeClosed(1, 3).mapToLong(received::newestSeq).min().orElseThrow());
    }

    @Test
    void tooOld() {
        startRolling(1);
        try (var reader = JournalReader.open(data.resolve("feed"));
                var client = gateway.connect(Subprotocol.SBE)) {
            writeUntil("the first cycle is deleted", () -> reader.firstSeq() > 10);
            awaitRead();
            assertEquals(new End(PastOutcome.TOO_OLD, 0), end(resume(client, ALL, 5)));
            assertSnapshots(client);
            assertEquals(
                    PastOutcome.RESUMED,
                    resume(client, ALL, reader.firstSeq() - 1).outcome());
        }
    }

    @Test
    void throughARollOfTheJournal() {
        startRolling(1_000);
        var received = new ReceivedFeed();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            long firstCycle = feed.cycles();
            writeUntil("two rolls", () -> feed.cycles() == firstCycle + 2);
            awaitRead();
            assertEquals(feed.lastSeq() - 1, resume(client, ALL, 1).count());
            received.takeAll(client);
            assertEquals(journal(2, IDS), received.seqs());
        }
    }

    private void writeUntil(String what, BooleanSupplier condition) {
        var random = new Random(7);
        await(what, () -> {
            feed.checkpointWhenDue();
            feed.randomly(random, 5);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            return condition.getAsBoolean();
        });
    }

    @Test
    void tooFarAndAnotherEpoch() {
        start();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            assertEquals(new End(PastOutcome.TOO_FAR, 0), end(resume(client, ALL, feed.lastSeq() + 1)));
            assertSnapshots(client);
            assertEquals(new End(PastOutcome.EPOCH_CHANGED, 0), end(resume(client, ALL, feed.epoch() - 1, 1)));
            assertSnapshots(client);
        }
    }

    @Test
    void theFeedIsMadeAnewWhileHistoryIsSent() throws IOException {
        start();
        feed.randomly(new Random(9), 100_000);
        awaitRead();
        try (var client = new RawClient(gateway.port(), "tickcast.sbe.v1", 4_096)) {
            client.send(request(ALL, feed.epoch(), 0));
            awaitHistories(1);
            feed.close();
            TestFeed.delete(data.resolve("feed"));
            feed = new TestFeed(data.resolve("feed"), "EUR/USD", "BTC/USD", "AAPL");
            ServerMessage.Resumed resumed = null;
            while (resumed == null) {
                var frame = client.read();
                if (frame.opcode() == RawClient.TEXT
                        && ServerMessage.parse(frame.text()) instanceof ServerMessage.Resumed found) {
                    resumed = found;
                }
            }
            // Deleted comes before made anew: whoever reads in between finds that it is gone, and not yet why.
            assertTrue(
                    Set.of(PastOutcome.EPOCH_CHANGED, PastOutcome.TOO_OLD).contains(resumed.outcome()),
                    resumed::toString);
            var received = new ReceivedFeed();
            while (received.seqs().size() < 3) {
                var frame = client.read();
                if (frame.opcode() == RawClient.BINARY && epochOf(frame) == feed.epoch()) {
                    received.packet(frame.payload());
                }
            }
            received.assertBooks(feed);
        }
    }

    private static long epochOf(RawClient.Frame packet) {
        return ByteBuffer.wrap(packet.payload()).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    /** A client that reads slowly gets all of a history that is many times what may wait for it. */
    @Test
    void aSlowReaderIsWaitedFor() throws IOException {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withSessionLimits(
                                settings.sessionLimits().withOutboundBytes(64 << 10)))
                .ready();
        feed.randomly(new Random(10), 200_000);
        awaitRead();
        try (var client = new RawClient(gateway.port(), "tickcast.sbe.v1", 4_096)) {
            client.send(request(ALL, feed.epoch(), 0));
            awaitHistories(1);
            for (int i = 0; i < 20; i++) {
                feed.randomly(new Random(i), 20);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertEquals(1, gateway.gateway().histories());
            var received = new ReceivedFeed();
            while (received.newestSeq() < feed.lastSeq()) {
                var frame = client.read();
                if (frame.opcode() == RawClient.BINARY) {
                    received.packet(frame.payload());
                }
            }
            received.assertProved();
            received.assertBooks(feed);
            assertEquals(journal(1, IDS), received.seqs());
        }
        awaitHistories(0);
    }

    @Test
    void aSymbolThatIsDroppedInTheMiddleIsSentNoMore() throws IOException {
        start();
        feed.randomly(new Random(11), 100_000);
        awaitRead();
        try (var client = new RawClient(gateway.port(), "tickcast.sbe.v1", 4_096)) {
            client.send(request(ALL, feed.epoch(), 0));
            awaitHistories(1);
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}");
            var all = new ReceivedFeed();
            int ofDropped = 0;
            boolean dropped = false;
            boolean resumed = false;
            while (!resumed) {
                var frame = client.read();
                if (frame.opcode() == RawClient.BINARY) {
                    all.packet(frame.payload());
                } else {
                    var text = ServerMessage.parse(frame.text());
                    dropped |= text instanceof ServerMessage.Unsubscribed;
                    resumed = text instanceof ServerMessage.Resumed;
                }
                int soFar = all.seqs().getOrDefault(2, List.of()).size();
                ofDropped = dropped ? ofDropped : soFar;
                assertEquals(ofDropped, soFar);
            }
            assertTrue(dropped);
            var expected = journal(1, IDS);
            expected.put(2, new ArrayList<>(expected.get(2).subList(0, ofDropped)));
            all.seqs().putIfAbsent(2, List.of());
            assertEquals(expected, all.seqs());
        }
        awaitHistories(0);
    }

    @Test
    void unsubscribingCancels() {
        start();
        feed.randomly(new Random(12), 100_000);
        awaitRead();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            for (int i = 0; i < 30; i++) {
                client.send(request(ALL, feed.epoch(), 0));
                client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"*\"]}");
                client.expect(ServerMessage.Subscribed.class);
                assertEquals(
                        PastOutcome.CANCELLED,
                        client.expect(ServerMessage.Resumed.class).outcome());
                assertEquals(
                        3,
                        client.expect(ServerMessage.Unsubscribed.class)
                                .symbols()
                                .size());
                new ReceivedFeed().takeAll(client);
                feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
                client.roundTrip();
                client.assertNothingReceived();
            }
        }
        awaitHistories(0);
    }

    /** Requests that overtake each other: the last one counts, and what it says is whole. */
    @Test
    void subscribingAgainAndAgain() {
        start();
        feed.randomly(new Random(13), 5_000);
        awaitRead();
        var random = new Random(14);
        try (var client = gateway.connect(Subprotocol.SBE)) {
            for (int i = 0; i < 100; i++) {
                String symbols = random.nextBoolean() ? ALL : "[\"AAPL\"]";
                switch (random.nextInt(3)) {
                    case 0 -> client.send("{\"type\":\"subscribe\",\"symbols\":" + symbols + "}");
                    case 1 -> client.send("{\"type\":\"unsubscribe\",\"symbols\":" + symbols + "}");
                    default -> client.send(request(symbols, feed.epoch(), random.nextInt(5_000)));
                }
                feed.randomly(random, 20);
            }
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"*\"]}");
            client.send("{\"type\":\"ping\"}");
            client.skipTo(ServerMessage.Pong.class);
            new ReceivedFeed().takeAll(client);
            var received = new ReceivedFeed();
            assertEquals(PastOutcome.RESUMED, resume(client, ALL, 0).outcome());
            await(client, received, () -> received.newestSeq() == feed.lastSeq());
            assertEquals(journal(1, IDS), received.seqs());
        }
        awaitHistories(0);
    }

    @Test
    void whatCannotBeResumedIsRefused() {
        start();
        try (var v1 = gateway.connect(Subprotocol.V1);
                var sbe = gateway.connect(Subprotocol.SBE)) {
            v1.send(request(ALL, feed.epoch(), 1));
            var error = v1.expect(ServerMessage.Error.class);
            assertEquals("INVALID_FIELD", error.code());
            assertEquals("resume", error.field());
            assertEquals(
                    "Field resume must be left out with tickcast.v1, which has no sequences; tickcast.sbe.v1 and"
                            + " tickcast.json.v1 have",
                    error.message());
            sbe.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"resume\":{\"epoch\":1}}");
            error = sbe.expect(ServerMessage.Error.class);
            assertEquals("MISSING_FIELD", error.code());
            assertEquals("resume.seq", error.field());
        }
    }

    @Test
    void noMoreHistoriesThanAllowed() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(data, settings -> settings.withMaxReplays(1)).ready();
        feed.bid("AAPL", Decimal8.ONE, TestFeed.LOT);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        feed.bid("AAPL", Decimal8.ONE, 0);
        awaitRead();
        try (var other = gateway.connect(Subprotocol.SBE)) {
            try (var client = gateway.connect(Subprotocol.SBE)) {
                client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"replay\":{\"from\":"
                        + (feed.lastSeq() - 1) + ",\"to\":" + feed.lastSeq() + ",\"speed\":0.001}}");
                client.expect(ServerMessage.Subscribed.class);
                other.send(request("[\"AAPL\"]", feed.epoch(), 1));
                assertEquals(
                        "TOO_MANY_REPLAYS",
                        other.expect(ServerMessage.Error.class).code());
            }
            awaitHistories(0);
            assertEquals(PastOutcome.RESUMED, resume(other, ALL, 1).outcome());
        }
    }

    @Test
    void theReplyTellsWhatIsResumed() {
        start();
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.send(request(ALL, feed.epoch(), 3));
            var subscribed = client.expect(ServerMessage.Subscribed.class);
            assertEquals(feed.epoch(), subscribed.resume().get("epoch").longValue());
            assertEquals(3, subscribed.resume().get("seq").longValue());
            assertNull(subscribed.replay());
            client.expect(ServerMessage.Resumed.class);
        }
    }

    private static End end(ServerMessage.Resumed resumed) {
        return new End(resumed.outcome(), resumed.count());
    }

    private static String request(String symbols, long epoch, long seq) {
        return "{\"type\":\"subscribe\",\"id\":" + seq + ",\"symbols\":" + symbols + ",\"resume\":{\"epoch\":" + epoch
                + ",\"seq\":" + seq + "}}";
    }

    private ServerMessage.Resumed resume(TestClient client, String symbols, long seq) {
        return resume(client, symbols, feed.epoch(), seq);
    }

    private static ServerMessage.Resumed resume(TestClient client, String symbols, long epoch, long seq) {
        client.send(request(symbols, epoch, seq));
        client.expect(ServerMessage.Subscribed.class);
        return client.expect(ServerMessage.Resumed.class);
    }

    private Map<Integer, List<Long>> journal(long fromSeq, Integer... symbolIds) {
        return ReceivedFeed.journal(data.resolve("feed"), fromSeq, feed.lastSeq(), symbolIds);
    }

    private void assertSnapshots(TestClient client) {
        var received = new ReceivedFeed();
        await(client, received, () -> received.seqs().size() == 3);
        assertEquals(
                Map.of(
                        1, List.of(feed.symbol("BTC/USD").lastSeq()),
                        2, List.of(feed.symbol("AAPL").lastSeq()),
                        3, List.of(feed.symbol("EUR/USD").lastSeq())),
                received.seqs());
        received.assertProved();
        received.assertBooks(feed);
    }

    private void awaitRead() {
        gateway.awaitRead(feed);
    }

    private void awaitHistories(int count) {
        await(count + " histories", () -> gateway.gateway().histories() == count);
    }

    private static void await(TestClient client, ReceivedFeed received, BooleanSupplier condition) {
        RunningGateway.awaitThat(() -> "messages; received " + received.seqs(), () -> {
            received.takeAll(client);
            return condition.getAsBoolean();
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        RunningGateway.awaitThat(what, condition);
    }
}
