package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.client.Backoff;
import tickcast.client.ClientListener;
import tickcast.client.TickcastClient;
import tickcast.gateway.Gateway;
import tickcast.gateway.GatewaySettings;
import tickcast.gateway.SessionLimits;
import tickcast.journal.JournalReader;
import tickcast.latency.LatencyLog;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;
import tickcast.simulator.Instruments;

/** Clients whose connections break again and again under load see every message of the exchange, once and in order. */
@Timeout(120)
final class ReconnectTest {
    private static final int SYMBOLS = 5;
    private static final int RATE = 3_000;
    private static final int BREAKS = 15;

    @TempDir
    private Path data;

    /** The messages that continued a client's chains, by symbol; the first one of each is its snapshot. */
    private static final class Seen implements ClientListener {
        private final Queue<long[]> messages = new ConcurrentLinkedQueue<>();
        private final Queue<PastOutcome> outcomes = new ConcurrentLinkedQueue<>();

        @Override
        public void onFeedMessage(
                String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
            if (update == DepthBook.Update.APPLIED) {
                messages.add(new long[] {FeedHeader.symbolId(message, offset), FeedHeader.seq(message, offset)});
            }
        }

        @Override
        public void onResumed(ServerMessage.Resumed resumed) {
            outcomes.add(resumed.outcome());
        }

        Map<Long, List<Long>> bySymbol() {
            var seqs = new TreeMap<Long, List<Long>>();
            messages.forEach(message ->
                    seqs.computeIfAbsent(message[0], any -> new ArrayList<>()).add(message[1]));
            return seqs;
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenConnectionsBreak() throws Exception {
        var settings = ExchangeSettings.of(data)
                .withSeed(5)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withEventsPerSecond(RATE);
        var exchange = ExchangeThread.start(settings, failure -> {});
        // The JDK does not always tell a client that its connection broke: then silence does.
        var limits = SessionLimits.DEFAULT.withHeartbeatMillis(200);
        var gatewaySettings =
                GatewaySettings.of(data).withAddress("127.0.0.1", 0).withSessionLimits(limits);
        var gateway = Gateway.start(gatewaySettings, LatencyLog.discarding()).await(30, TimeUnit.SECONDS);
        var sbe = new Seen();
        var json = new Seen();
        try (var line = new BreakingLine(gateway.port());
                var sbeClient = client(line, Subprotocol.SBE, sbe);
                var jsonClient = client(line, Subprotocol.JSON, json)) {
            sbeClient.connect().get();
            jsonClient.connect().get();
            sbeClient.subscribe("*").get();
            jsonClient.subscribe("S0", "S1", "S2", "S3", "S4").get();
            Await.until(Duration.ofSeconds(30), () -> "all snapshots", () -> all(sbe) && all(json));
            var random = new SplittableRandom(1);
            for (int i = 0; i < BREAKS; i++) {
                long before = exchange.counters().messages() + random.nextInt(RATE / 3);
                Await.until(
                        Duration.ofSeconds(30),
                        () -> "the feed goes on",
                        () -> exchange.counters().messages() > before);
                int sbeBefore = sbe.outcomes.size();
                int jsonBefore = json.outcomes.size();
                line.breakAll();
                if (i % 3 != 0) { // else the next break may come in the middle of the history
                    Await.until(
                            Duration.ofSeconds(30),
                            () -> "both have resumed",
                            () -> sbe.outcomes.size() > sbeBefore && json.outcomes.size() > jsonBefore);
                }
            }
            exchange.close();
            var journal = journal();
            Await.until(
                    Duration.ofSeconds(30),
                    () -> "the newest of all",
                    () -> isWhole(sbe, journal) && isWhole(json, journal));
            for (var seen : List.of(sbe, json)) {
                seen.bySymbol()
                        .forEach((id, seqs) -> assertEquals(
                                journal.get(id).stream()
                                        .filter(seq -> seq >= seqs.get(0))
                                        .toList(),
                                seqs));
                assertTrue(seen.outcomes.stream().allMatch(PastOutcome.RESUMED::equals), seen.outcomes::toString);
                assertTrue(seen.outcomes.size() >= BREAKS / 3, seen.outcomes::toString);
            }
            for (var client : List.of(sbeClient, jsonClient)) {
                assertEquals(0, client.counters().gaps() + client.counters().checksumMismatches());
                assertEquals(0, client.counters().resyncs());
            }
        } finally {
            gateway.stop(Duration.ofSeconds(5)).await(30, TimeUnit.SECONDS);
            exchange.close();
        }
    }

    private static TickcastClient client(BreakingLine line, Subprotocol form, Seen seen) {
        return TickcastClient.builder(URI.create("ws://127.0.0.1:" + line.port() + "/ws"))
                .subprotocol(form)
                .listener(seen)
                .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)))
                .build();
    }

    private static boolean all(Seen seen) {
        return seen.bySymbol().size() == SYMBOLS;
    }

    private static boolean isWhole(Seen seen, Map<Long, List<Long>> journal) {
        return seen.bySymbol().entrySet().stream().allMatch(entry -> {
            var all = journal.get(entry.getKey());
            return entry.getValue().contains(all.get(all.size() - 1));
        });
    }

    private Map<Long, List<Long>> journal() {
        var seqs = new TreeMap<Long, List<Long>>();
        try (var reader = JournalReader.open(data.resolve("feed"))) {
            while (reader.poll(
                            (message, offset, length) -> seqs.computeIfAbsent(
                                            (long) FeedHeader.symbolId(message, offset), any -> new ArrayList<>())
                                    .add(FeedHeader.seq(message, offset)),
                            1_000)
                    > 0) {}
        }
        return seqs;
    }
}
