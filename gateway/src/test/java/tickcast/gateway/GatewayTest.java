package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalLockedException;
import tickcast.latency.LatencyLog;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

/** A gateway's life: starts, feeds that come, go and are replaced, shards, and stops. */
@Timeout(60)
class GatewayTest {
    private static final long P = 100 * Decimal8.ONE;

    @TempDir
    Path data;

    @Test
    void theFeedMayComeLater() {
        try (var gateway = new RunningGateway(data);
                var client = gateway.connect(Subprotocol.SBE)) {
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"]}");
            assertEquals(
                    "FEED_NOT_READY", client.expect(ServerMessage.Error.class).code());
            gateway.assertReadiness(
                    503,
                    "{\"ready\":false,\"missing\":[\"There is no feed yet\",\"No exchange is running\","
                            + "\"1 of 1 shards have not read the feed up to its end\"]}");
            try (var feed = new TestFeed(data.resolve("feed"), "AAPL")) {
                gateway.ready();
                client.subscribe("AAPL");
                feed.bid("AAPL", P, Decimal8.ONE);
                assertEquals(feed.lastSeq(), lastSeq(client, feed.epoch(), feed.lastSeq()));
            }
            RunningGateway.awaitThat(
                    "not ready",
                    () -> TestClient.get(gateway.port(), "/health/ready").statusCode() == 503);
            gateway.assertReadiness(503, "{\"ready\":false,\"missing\":[\"No exchange is running\"]}");
        }
    }

    @Test
    void anExchangeThatStartsAgainGoesOn() {
        try (var gateway = new RunningGateway(data)) {
            try (var feed = new TestFeed(data.resolve("feed"), "AAPL")) {
                feed.bid("AAPL", P, Decimal8.ONE);
            }
            try (var client = gateway.connect(Subprotocol.V1)) {
                RunningGateway.awaitThat(
                        "read",
                        () -> TestClient.get(gateway.port(), "/api/symbols")
                                .body()
                                .contains("AAPL"));
                subscribeWhenReady(client);
                assertEquals(7 + 16, client.takeBinary().length);
                assertEquals(7, client.takeBinary().length);
                try (var feed = new TestFeed(data.resolve("feed"), "AAPL")) {
                    assertEquals(7, client.takeBinary().length);
                    assertEquals(7, client.takeBinary().length);
                    feed.bid("AAPL", P, Decimal8.ONE);
                    assertEquals(7 + 16, client.takeBinary().length);
                }
            }
        }
    }

    @Test
    void aReplacedFeedIsServedFromItsBeginning() throws IOException {
        try (var gateway = new RunningGateway(data);
                var client = gateway.connect(Subprotocol.SBE)) {
            long oldEpoch;
            try (var feed = new TestFeed(data.resolve("feed"), "AAPL", "BTC/USD")) {
                gateway.ready();
                client.subscribe("AAPL", "BTC/USD");
                feed.bid("AAPL", P, Decimal8.ONE);
                lastSeq(client, feed.epoch(), feed.lastSeq());
                oldEpoch = feed.epoch();
            }
            deleteFeed();
            try (var feed = new TestFeed(data.resolve("feed"), "EUR/USD", "AAPL")) {
                assertTrue(feed.epoch() > oldEpoch);
                var again = client.expect(ServerMessage.Subscribed.class);
                assertEquals(feed.epoch(), again.epoch());
                assertEquals("AAPL", again.symbols().get(0).symbol());
                assertEquals(2, again.symbols().get(0).symbolId());
                assertEquals("BTC/USD", again.rejected().get(0).symbol());
                feed.bid("AAPL", P, Decimal8.ONE);
                lastSeq(client, feed.epoch(), feed.lastSeq());
            }
        }
    }

    @Test
    void aFeedWithoutSymbolsIsServed() {
        try (var feed = new TestFeed(data.resolve("feed"));
                var gateway = new RunningGateway(data, settings -> settings.withShards(2)).ready();
                var client = gateway.connect(Subprotocol.SBE)) {
            client.send("{\"type\":\"symbols\"}");
            assertEquals(
                    List.of(), client.expect(ServerMessage.SymbolList.class).symbols());
            assertEquals(List.of(), client.subscribe("*").symbols());
            feed.list("AAPL");
            feed.list("BTC/USD");
            var told = new ArrayList<String>();
            while (told.size() < 2) {
                var subscribed = client.expect(ServerMessage.Subscribed.class);
                assertEquals(feed.epoch(), subscribed.epoch());
                subscribed.symbols().forEach(listing -> told.add(listing.symbol()));
            }
            assertEquals(List.of("AAPL", "BTC/USD"), told);
            feed.bid("AAPL", P, Decimal8.ONE);
            lastSeq(client, feed.epoch(), feed.lastSeq());
        }
    }

    @Test
    void allOfAReplacedFeedIsAllThatItLists() throws IOException {
        try (var gateway = new RunningGateway(data);
                var client = gateway.connect(Subprotocol.SBE)) {
            try (var feed = new TestFeed(data.resolve("feed"), "AAPL", "BTC/USD", "EUR/USD")) {
                gateway.ready();
                assertEquals(feed.epoch(), client.subscribe("*").epoch());
                for (int i = 0; i < 3; i++) {
                    client.takeBinary();
                }
                client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"EUR/USD\"]}");
                client.expect(ServerMessage.Unsubscribed.class);
            }
            deleteFeed();
            try (var feed = new TestFeed(data.resolve("feed"), "EUR/USD", "NEW", "AAPL")) {
                var again = client.expect(ServerMessage.Subscribed.class);
                assertEquals(
                        Set.of("NEW 2", "AAPL 3"),
                        again.symbols().stream()
                                .map(listing -> listing.symbol() + " " + listing.symbolId())
                                .collect(Collectors.toSet()));
                assertEquals("BTC/USD", again.rejected().get(0).symbol());
                feed.list("NEWER");
                var later = client.expect(ServerMessage.Subscribed.class);
                assertEquals("NEWER", later.symbols().get(0).symbol());
                feed.bid("NEWER", P, Decimal8.ONE);
                lastSeq(client, feed.epoch(), feed.lastSeq());
            }
        }
    }

    @Test
    void allOfAFeedThatIsReplacedBeforeItListsAnything() throws IOException {
        try (var gateway = new RunningGateway(data);
                var client = gateway.connect(Subprotocol.SBE)) {
            try (var feed = new TestFeed(data.resolve("feed"))) {
                gateway.ready();
                assertEquals(feed.epoch(), client.subscribe("*").epoch());
            }
            deleteFeed();
            try (var feed = new TestFeed(data.resolve("feed"), "AAPL")) {
                var told = client.expect(ServerMessage.Subscribed.class);
                assertEquals(feed.epoch(), told.epoch());
                assertEquals("AAPL", told.symbols().get(0).symbol());
                feed.bid("AAPL", P, Decimal8.ONE);
                lastSeq(client, feed.epoch(), feed.lastSeq());
            }
        }
    }

    @Test
    void severalShardsServeTheSamePort() {
        try (var feed = new TestFeed(data.resolve("feed"), "AAPL");
                var gateway = new RunningGateway(data, settings -> settings.withShards(3)).ready()) {
            var clients = new ArrayList<TestClient>();
            for (int i = 0; i < 9; i++) {
                var client = gateway.connect(i % 2 == 0 ? Subprotocol.SBE : Subprotocol.V1);
                client.subscribe("AAPL");
                client.takeBinary();
                clients.add(client);
            }
            for (int i = 1; i < 9; i += 2) {
                clients.get(i).takeBinary();
            }
            feed.bid("AAPL", P, Decimal8.ONE);
            for (int i = 0; i < 9; i++) {
                if (i % 2 == 0) {
                    assertEquals(feed.lastSeq(), lastSeq(clients.get(i), feed.epoch(), feed.lastSeq()));
                } else {
                    assertEquals(7 + 16, clients.get(i).takeBinary().length);
                }
            }
            assertEquals(9, gateway.gateway().counters().connections());
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void stoppingTellsEveryoneAndEnds() {
        try (var feed = new TestFeed(data.resolve("feed"), "AAPL")) {
            var gateway = new RunningGateway(data, settings -> settings.withShards(2)).ready();
            int port = gateway.port();
            var a = gateway.connect(Subprotocol.V1);
            var b = gateway.connect(Subprotocol.JSON);
            gateway.close();
            a.expectClosed(1001, "The gateway is stopping; connect again");
            b.expectClosed(1001, "The gateway is stopping; connect again");
            assertThrows(CompletionException.class, () -> TestClient.connect(port, Subprotocol.V1));
            try (var next = new RunningGateway(data, settings -> settings.withAddress("127.0.0.1", port)).ready()) {
                assertEquals(port, next.port());
                feed.bid("AAPL", P, Decimal8.ONE);
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerCannotHoldUpTheStop() throws IOException {
        var gateway = new RunningGateway(data);
        try (var mute = new RawClient(gateway.port(), 4 << 10)) {
            RunningGateway.awaitThat("open", () -> gateway.gateway().counters().connections() == 1);
            RunningGateway.await(gateway.gateway().stop(Duration.ofMillis(100)));
            assertEquals(1001, mute.readClose().closeCode());
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var settings = GatewaySettings.of(data).withAddress("127.0.0.1", taken.getLocalPort());
            var failure = failureOf(settings);
            assertInstanceOf(IOException.class, failure);
            assertTrue(
                    failure.getMessage().startsWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort()),
                    failure.getMessage());
        }
        new RunningGateway(data).close();
    }

    @Test
    void aSecondGatewayOnTheSameOrders() {
        try (var first = new RunningGateway(data)) {
            assertInstanceOf(
                    JournalLockedException.class,
                    failureOf(GatewaySettings.of(data).withAddress("127.0.0.1", 0)));
            assertEquals(200, TestClient.get(first.port(), "/health/live").statusCode());
        }
    }

    private void deleteFeed() throws IOException {
        TestFeed.delete(data.resolve("feed"));
    }

    private static Throwable failureOf(GatewaySettings settings) {
        return assertThrows(
                        ExecutionException.class,
                        () -> Gateway.start(settings, LatencyLog.discarding())
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(TestClient.DEADLINE_MILLIS, TimeUnit.MILLISECONDS))
                .getCause();
    }

    private static void subscribeWhenReady(TestClient client) {
        RunningGateway.awaitThat("subscribed", () -> {
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"]}");
            return client.expect(ServerMessage.class) instanceof ServerMessage.Subscribed;
        });
    }

    /** Reads packets of {@code epoch} up to the message {@code seq}. */
    private static long lastSeq(TestClient client, long epoch, long seq) {
        var packet = new Packet();
        long last = 0;
        while (last < seq) {
            var bytes = client.takeBinary();
            var buffer = new UnsafeBuffer(bytes);
            packet.wrap(buffer, 0, bytes.length);
            assertEquals(epoch, packet.epoch());
            while (packet.next()) {
                last = FeedHeader.seq(buffer, packet.messageOffset());
            }
        }
        return last;
    }
}
