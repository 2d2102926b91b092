package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.ClientListener;
import tickcast.client.SubscriptionTerms;
import tickcast.client.TickcastClient;
import tickcast.gateway.Gateway;
import tickcast.gateway.GatewaySettings;
import tickcast.latency.LatencyLog;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;
import tickcast.simulator.Instruments;

/** Clients with a rate: at the end their books are the exchange's, each proved, and every message was sent or counted. */
final class ConflationOracleTest {
    private static final String SYMBOL = "S0";
    private static final int DEPTH = 255;

    /** Counts what comes of the symbol since its first snapshot, and what is told as not sent. */
    private static final class Tally implements ClientListener {
        private final AtomicLong startSeq = new AtomicLong();
        private final AtomicLong newestSeq = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong trades = new AtomicLong();
        private final AtomicLong merged = new AtomicLong();
        private final AtomicLong mergedTrades = new AtomicLong();
        private final AtomicLong notApplied = new AtomicLong();

        @Override
        public void onFeedMessage(
                String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
            int template = FeedHeader.templateId(message, offset);
            long seq = FeedHeader.seq(message, offset);
            boolean snapshot = template == BookSnapshotDecoder.TEMPLATE_ID;
            startSeq.compareAndSet(0, seq);
            notApplied.addAndGet(update == DepthBook.Update.APPLIED && seq >= newestSeq.get() ? 0 : 1);
            newestSeq.set(seq);
            sent.addAndGet(snapshot || template == ConflatedDecoder.TEMPLATE_ID ? 0 : 1);
        }

        @Override
        public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
            trades.incrementAndGet();
        }

        @Override
        public void onConflated(String symbol, long count, long tradeCount) {
            merged.addAndGet(count);
            mergedTrades.addAndGet(tradeCount);
        }
    }

    @TempDir
    private Path data;

    private final List<TickcastClient> clients = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private URI uri;

    @Test
    void conflatedBooksEqualTheExchanges() throws Exception {
        var settings = ExchangeSettings.of(data)
                .withSeed(5)
                .withInstruments(Instruments.numbered(1))
                .withEventsPerSecond(3_000);
        var exchange = ExchangeThread.start(settings, failure -> {});
        var gateway = Gateway.start(GatewaySettings.of(data).withAddress("127.0.0.1", 0), LatencyLog.discarding())
                .await(30, TimeUnit.SECONDS);
        uri = URI.create("ws://127.0.0.1:" + gateway.port() + "/ws");
        try {
            var terms = SubscriptionTerms.DEFAULT.withDepth(DEPTH).withMaxRate(20);
            subscribe(Subprotocol.SBE, terms);
            subscribe(Subprotocol.JSON, terms);
            subscribe(Subprotocol.V1, terms.withDepth(10));
            subscribe(Subprotocol.SBE, terms.withChannels(EnumSet.of(Channel.BOOK)));
            long before = exchange.counters().messages();
            Await.until(
                    Duration.ofSeconds(30),
                    () -> "the feed goes on",
                    () -> exchange.counters().messages() >= before + 6_000);
            exchange.close();
            check();
        } finally {
            clients.forEach(TickcastClient::close);
            gateway.stop(Duration.ofSeconds(5)).await(30, TimeUnit.SECONDS);
            exchange.close();
        }
    }

    private void subscribe(Subprotocol form, SubscriptionTerms terms) throws Exception {
        var tally = new Tally();
        var client =
                TickcastClient.builder(uri).subprotocol(form).listener(tally).build();
        client.connect().get();
        var granted = client.subscribe(List.of(SYMBOL), terms).get();
        assertEquals(20.0, granted.maxRate());
        clients.add(client);
        tallies.add(tally);
    }

    private void check() {
        var audit = JournalAudit.of(data);
        var expected = audit.books.get(SYMBOL);
        var oracle = new BookOracle(audit);
        for (int i : new int[] {0, 1, 3}) {
            oracle.assertWhole(clients.get(i), SYMBOL);
            var tally = tallies.get(i);
            assertEquals(expected.lastSeq(), tally.newestSeq.get());
            assertEquals(0, tally.notApplied.get());
            assertTrue(tally.merged.get() > tally.sent.get(), "client " + i + " was hardly conflated");
            assertEquals(0, clients.get(i).counters().gaps());
            assertEquals(0, clients.get(i).counters().checksumMismatches());
        }
        assertEquals(0, tallies.get(0).mergedTrades.get());
        assertEquals(0, tallies.get(1).mergedTrades.get());
        assertEquals(0, tallies.get(3).trades.get());
        assertTrue(tallies.get(3).mergedTrades.get() > 0);
        oracle.assertBest(clients.get(2), SYMBOL);
    }
}
