package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;

/** What becomes of sessions when the gateway itself fails: its clock throws on demand. */
@Timeout(60)
class FailureTest extends ServedFeed {
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL");
        gateway = new RunningGateway(data, settings -> settings, this::clock).ready();
    }

    @AfterEach
    void stop() {
        failures.set(0);
    }

    @Test
    void afterATurnThatFailedAllSubscribersGetSnapshots() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("BTC/USD", "AAPL");
            client.takeBinary();
            client.takeBinary();
            failures.set(1);
            feed.bid("BTC/USD", Decimal8.ONE, TestFeed.LOT);
            RunningGateway.awaitThat("the turn failed", () -> failures.get() == 0);
            var book = new DepthBook();
            while (book.lastSeq() < feed.symbol("BTC/USD").lastSeq()) {
                take(client, book);
            }
            feed.bid("BTC/USD", 2 * Decimal8.ONE, TestFeed.LOT);
            while (book.lastSeq() < feed.symbol("BTC/USD").lastSeq()) {
                take(client, book);
            }
            assertEquals(feed.symbol("BTC/USD").book().checksum(), book.checksum());
        }
    }

    @Test
    void aSessionThatFailedIsClosedAndOthersLive() {
        try (var client = gateway.connect(Subprotocol.V1);
                var other = gateway.connect(Subprotocol.V1)) {
            failures.set(1_000_000);
            client.send("{\"type\":\"ping\"}");
            client.expectClosed(1011, "The gateway failed; it says so in its log");
            failures.set(0);
            other.roundTrip();
        }
    }

    @Test
    void damagedExecutionsDoNotStopMarketData() throws IOException {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("BTC/USD");
            var book = new DepthBook();
            take(client, book);
            var executions = Files.createDirectories(data.resolve("executions"));
            Files.writeString(executions.resolve("epoch"), "damaged");
            Files.copy(data.resolve("feed/positions"), executions.resolve("positions"));
            for (int i = 1; i <= 3; i++) {
                feed.bid("BTC/USD", Decimal8.ONE * i, TestFeed.LOT);
                take(client, book);
                assertEquals(feed.lastSeq(), book.lastSeq());
            }
        }
    }

    @Test
    void theWatcherOutlivesADamagedJournal() throws IOException {
        var journal = Files.createDirectories(data.resolve("other"));
        Files.writeString(journal.resolve("epoch"), "1 DAILY");
        var executions = data.resolve("executions");
        try (var watcher = new FeedWatcher(journal, executions, IdleMode.PARK)) {
            watcher.start();
            assertEquals(1, watcher.feedEpoch());
            Files.writeString(journal.resolve("epoch"), "damaged");
            Files.copy(data.resolve("feed/positions"), journal.resolve("positions"));
            try (var exchange = JournalWriter.open(JournalSettings.of(executions))) {
                RunningGateway.awaitThat("exchange seen", watcher::exchangeUp);
                assertEquals(0, exchange.lastSeq());
            }
        }
    }

    private void take(TestClient client, DepthBook book) {
        byte[] frame = client.takeBinary();
        var buffer = new UnsafeBuffer(frame);
        var packet = new Packet().wrap(buffer, 0, frame.length);
        while (packet.next()) {
            if (FeedHeader.symbolId(buffer, packet.messageOffset()) == 1) {
                assertEquals(DepthBook.Update.APPLIED, book.apply(buffer, packet.messageOffset()));
            }
        }
    }

    private long clock() {
        if (failures.get() > 0 && failures.getAndDecrement() > 0) {
            throw new IllegalStateException("as the test wants it");
        }
        return SystemEpochNanoClock.INSTANCE.nanoTime();
    }
}
