package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.OnSlow;
import tickcast.protocol.json.ServerMessage;

/** Clients that read slowly, or not at all, or say nothing; over real sockets. */
@Timeout(90)
class SlowClientTest extends ServedFeed {
    private static final String DISCONNECT = ",\"onSlow\":\"disconnect\"";

    private final Random random = new Random(3);

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "A");
    }

    @ParameterizedTest
    @CsvSource({"SBE, conflate", "JSON, conflate", "SBE, skip", "JSON, skip"})
    void everyMessageIsSentOrCountedAndEveryBookIsProved(Subprotocol form, String onSlow) throws IOException {
        run(patience -> patience);
        try (var slow = new SlowReader(gateway.port(), form, ",\"onSlow\":\"" + onSlow + "\"");
                var other = gateway.connect(Subprotocol.SBE)) {
            other.subscribe("A");
            fallBehind();
            catchUp(slow);
            assertEquals(slow.all(), slow.sent() + slow.merged());
            assertEquals(feed.trades(), slow.trades() + slow.mergedTrades());
            var first = slow.warnings().get(0);
            assertEquals("SLOW_CONSUMER", first.code());
            assertEquals(onSlow, first.action());
            assertTrue(first.lagBytes() > 1 << 18, first.toString());
            assertEquals(
                    slow.merged(), caughtUp(slow).stream().mapToLong(w -> w).sum());
            assertEquals(feed.symbol("A").book().checksum(), slow.book().checksum());
            assertTrue(slow.merged() > 0);

            var received = new ReceivedFeed();
            RunningGateway.awaitThat("the other has everything", () -> {
                received.takeAll(other);
                return received.newestSeq() == feed.lastSeq();
            });
            received.assertProved();
            received.assertBooks(feed);
            assertEquals(0, gateway.gateway().counters().slowConsumers());
        }
    }

    @Test
    void aSlowClientOfV1IsToldHowManyTradesItWasNotSent() throws IOException {
        run(patience -> patience);
        try (var slow = new SlowReader(gateway.port(), Subprotocol.V1, "")) {
            fallBehind();
            while (!slow.lastWarning().code().equals("CAUGHT_UP")) {
                slow.read();
            }
            assertEquals(feed.trades(), slow.trades() + slow.lastWarning().trades());
            assertTrue(slow.lastWarning().trades() > 0);
        }
    }

    @Test
    void aClientThatStopsReadingIsGoneInTimeAndItsMemoryIsBack() throws IOException {
        run(patience -> patience.withLagMillis(1_000));
        try (var stopped = new SlowReader(gateway.port(), Subprotocol.SBE, "");
                var other = gateway.connect(Subprotocol.SBE)) {
            fallBehind();
            long sinceNanos = System.nanoTime();
            RunningGateway.awaitThat(
                    "closed", () -> gateway.gateway().counters().slowConsumers() == 1);
            RunningGateway.awaitThat("gone", () -> gateway.gateway().counters().connections() == 1);
            RunningGateway.awaitThat("back", () -> gateway.gateway().counters().queuedBytes() == 0);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
            assertTrue(millis < 5_000, "after " + millis + " ms");
            assertTrue(stopped.warnings().isEmpty());
            other.roundTrip();
        }
    }

    @Test
    void aClientThatWantsEverythingIsClosedAtTheLimitAndToldWhy() throws IOException {
        run(patience -> patience);
        try (var slow = new SlowReader(gateway.port(), Subprotocol.SBE, DISCONNECT)) {
            pump(() -> gateway.gateway().counters().slowConsumers() == 1);
            RunningGateway.awaitThat("back", () -> gateway.gateway().counters().queuedBytes() < 256 << 10);
            var close = slow.client().readClose();
            assertEquals(4001, close.closeCode());
            assertTrue(
                    close.closeReason()
                            .matches(
                                    "\\d{6,7} bytes waited for you, the oldest for \\d+ ms; read faster or subscribe less"),
                    close.closeReason());
        }
    }

    @Test
    void thoseWithMostAreClosedWhenAllTogetherLeaveTooMuch() throws IOException {
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withSessionLimits(SessionLimits.DEFAULT
                                .withOutboundBytes(64 << 20)
                                .withCloseMillis(200)
                                .withPatience(Patience.DEFAULT.withQueuedBytes(2 << 20))))
                .ready();
        try (var most = new SlowReader(gateway.port(), Subprotocol.JSON, DISCONNECT);
                var less = new SlowReader(gateway.port(), Subprotocol.SBE, DISCONNECT);
                var other = gateway.connect(Subprotocol.SBE)) {
            other.subscribe("A");
            pump(20, () -> gateway.gateway().counters().slowConsumers() == 1);
            RunningGateway.awaitThat("gone", () -> gateway.gateway().counters().connections() == 2);
            RunningGateway.awaitThat("back", () -> gateway.gateway().counters().queuedBytes() <= 2 << 20);
            other.roundTrip();
            while (less.book().lastSeq() < feed.lastSeq()) {
                less.read();
            }
            assertEquals(0, less.merged());
            assertEquals(0, most.merged());
        }
    }

    @Test
    void pingAndPongPassWhileAClientIsBehind() throws IOException {
        run(patience -> patience);
        try (var slow = new SlowReader(gateway.port(), Subprotocol.SBE, "")) {
            fallBehind();
            slow.client().send(RawClient.PING, new byte[] {7});
            var frame = slow.client().read();
            while (frame.opcode() != RawClient.PONG) {
                frame = slow.client().read();
            }
            assertEquals(7, frame.payload()[0]);
        }
    }

    @Test
    void aClientThatSaysNothingIsPingedAndThenClosed() throws IOException {
        run(patience -> patience.withPing(300, 400));
        try (var mute = new RawClient(gateway.port(), 64 << 10)) {
            var frame = mute.read();
            while (frame.opcode() != RawClient.PING) {
                frame = mute.read();
            }
            var close = mute.readClose();
            assertEquals(4005, close.closeCode());
            assertTrue(close.closeReason().startsWith("Nothing came from you for "), close.closeReason());
            assertEquals(1, gateway.gateway().counters().silent());
        }
    }

    @Test
    void aClientThatAnswersPingsLives() throws IOException {
        run(patience -> patience.withPing(200, 300));
        try (var quiet = new RawClient(gateway.port(), 64 << 10)) {
            for (int pings = 0; pings < 4; ) {
                var frame = quiet.read();
                assertTrue(frame.opcode() != RawClient.CLOSE);
                if (frame.opcode() == RawClient.PING) {
                    pings++;
                    quiet.send(RawClient.PONG, frame.payload());
                }
            }
        }
    }

    @Test
    void aConnectionThatAsksForNothingIsClosed() throws IOException {
        run(patience -> patience.withIdleMillis(300));
        try (var idle = new Socket("127.0.0.1", gateway.port());
                var upgraded = gateway.connect(Subprotocol.V1)) {
            idle.setSoTimeout((int) TestClient.DEADLINE_MILLIS);
            assertEquals(-1, idle.getInputStream().read());
            upgraded.roundTrip();
        }
    }

    @Test
    void whatIsGrantedIsTold() throws IOException {
        run(patience -> patience.withGentlest(OnSlow.SKIP));
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var plain = client.subscribe("A");
            assertNull(plain.maxRate());
            assertNull(plain.depth());
            assertEquals("skip", plain.onSlow());
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"A\"],\"maxRate\":2.5,\"depth\":5,"
                    + "\"channels\":[\"book\"],\"onSlow\":\"disconnect\"}");
            var conflated = client.skipTo(ServerMessage.Subscribed.class);
            assertEquals(2.5, conflated.maxRate());
            assertEquals(5, conflated.depth());
            assertEquals(List.of("price", "book"), conflated.channels());
            assertEquals("disconnect", conflated.onSlow());
        }
    }

    /** Once by each rate; the last update comes although nothing else happens. */
    @Test
    void theRateIsChangedBySubscribingAgain() throws IOException {
        run(patience -> patience);
        try (var client = new SlowReader(gateway.port(), Subprotocol.SBE, "")) {
            for (String options : new String[] {",\"maxRate\":50,\"depth\":255", "", ",\"maxRate\":5,\"depth\":255"}) {
                client.client().send("{\"type\":\"subscribe\",\"symbols\":[\"A\"]" + options + "}");
                for (int i = 0; i < 50; i++) {
                    feed.randomly(random, 10);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                }
                while (client.book().levelsSeq() < feed.lastSeq()) {
                    client.read();
                }
            }
            assertEquals(client.all(), client.sent() + client.merged());
            assertEquals(feed.trades(), client.trades());
            assertEquals(feed.symbol("A").book().checksum(), client.book().checksum());
            assertTrue(client.merged() > 0);
            assertTrue(client.warnings().isEmpty());
        }
    }

    private void run(UnaryOperator<Patience> change) {
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withSessionLimits(SessionLimits.DEFAULT
                                .withCloseMillis(300)
                                .withHeartbeatMillis(200)
                                .withPatience(change.apply(Patience.DEFAULT))))
                .ready();
    }

    /** Publishes until more waits than a client may leave without something being done. */
    private void fallBehind() {
        pump(() -> gateway.gateway().counters().queuedBytes() > 1 << 18);
        feed.randomly(random, 2_000);
        feed.trade("A", Decimal8.ONE, TestFeed.LOT);
    }

    private void pump(BooleanSupplier done) {
        pump(200, done);
    }

    /** @param messages published in a millisecond; what waits is looked at ten times a second */
    private void pump(int messages, BooleanSupplier done) {
        RunningGateway.awaitThat("enough waits", () -> {
            feed.randomly(random, messages);
            return done.getAsBoolean();
        });
    }

    /** Reads, while a little is published, until the gateway says that the client keeps up; then to the end. */
    private void catchUp(SlowReader slow) throws IOException {
        for (int frames = 0; !slow.lastWarning().code().equals("CAUGHT_UP"); frames++) {
            slow.read();
            if (frames % 16 == 0) {
                feed.randomly(random, 5);
            }
        }
        feed.bid("A", 50 * Decimal8.ONE, Decimal8.ONE + feed.lastSeq() % 7 * TestFeed.LOT);
        while (slow.book().lastSeq() < feed.lastSeq()) {
            slow.read();
        }
    }

    private static List<Long> caughtUp(SlowReader slow) {
        return slow.warnings().stream()
                .filter(warning -> warning.code().equals("CAUGHT_UP"))
                .map(warning -> warning.merged())
                .toList();
    }
}
