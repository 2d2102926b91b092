package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.V1;
import tickcast.protocol.V1Listener;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.ServerMessage.Listing;
import tickcast.protocol.json.ServerMessage.RejectedSymbol;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.TradingStatus;

/** What subscribers are sent, through real sockets and a real feed. */
@Timeout(60)
class SubscriptionTest extends ServedFeed {
    private static final long P100 = 100 * Decimal8.ONE;
    private static final long Q1 = Decimal8.ONE;

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL", "EUR/USD");
        gateway = new RunningGateway(data).ready();
    }

    @Test
    void welcomeComesFirst() {
        try (var client = TestClient.connect(gateway.port(), Subprotocol.SBE)) {
            var welcome = client.expect(ServerMessage.Welcome.class);
            assertEquals("tickcast.sbe.v1", welcome.subprotocol());
            assertEquals("tickcast.sbe.v1", client.subprotocol());
            assertEquals(feed.epoch(), welcome.epoch());
            assertEquals(feed.lastSeq(), welcome.seq());
            assertEquals("session-" + welcome.sessionId(), welcome.account());
            assertEquals(5_000, welcome.heartbeatMillis());
        }
    }

    @Test
    void subscribedTellsWhatWasGrantedAndWhatWasNot() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send(
                    "{\"type\":\"subscribe\",\"id\":7,\"symbols\":[\"AAPL\",\"NOPE\"],\"channels\":[\"price\",\"book\"],"
                            + "\"depth\":3}");
            var reply = client.expect(ServerMessage.Subscribed.class);
            assertEquals(7, reply.messageId().intValue());
            assertEquals(
                    List.of(new Listing("AAPL", 2, new BigDecimal("0.01"), new BigDecimal("0.1"), "open")),
                    reply.symbols());
            assertEquals(
                    List.of(new RejectedSymbol("NOPE", "UNKNOWN_SYMBOL", "The exchange lists no such symbol")),
                    reply.rejected());
            assertEquals(List.of("price", "book"), reply.channels());
            assertEquals(3, reply.depth());
            assertEquals(feed.epoch(), reply.epoch());
        }
    }

    @Test
    void noneOfTheSymbolsIsKnown() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send("{\"type\":\"subscribe\",\"id\":\"x\",\"symbols\":[\"NO\",\"NEVER\"]}");
            var error = client.expect(ServerMessage.Error.class);
            assertEquals("UNKNOWN_SYMBOL", error.code());
            assertEquals("The exchange lists none of these: NO, NEVER", error.message());
            assertEquals("x", error.messageId().textValue());
            assertEquals(
                    List.of("NO", "NEVER"),
                    error.rejected().stream().map(RejectedSymbol::symbol).toList());
        }
    }

    @Test
    void sbeAndJsonGrantTheWholeBookAndAllThatKeepsTheChain() {
        try (var sbe = gateway.connect(Subprotocol.SBE);
                var json = gateway.connect(Subprotocol.JSON)) {
            String ask = "{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"price\"],\"depth\":5}";
            sbe.send(ask);
            json.send(ask);
            var granted = sbe.expect(ServerMessage.Subscribed.class);
            assertEquals(List.of("price", "book", "trades"), granted.channels());
            assertNull(granted.depth());
            granted = json.expect(ServerMessage.Subscribed.class);
            assertEquals(List.of("price", "trades"), granted.channels());
            assertNull(granted.depth());
        }
    }

    @Test
    void v1LateJoinerGetsSnapshotThenUpdates() {
        feed.bid("BTC/USD", P100 - TestFeed.TICK, Q1);
        feed.ask("BTC/USD", P100, 2 * Q1);
        feed.trade("BTC/USD", P100, Q1);
        RunningGateway.awaitThat("read", () -> welcomeSeq() == feed.lastSeq());
        try (var client = TestClient.connect(gateway.port(), "/ws", null).welcomed()) {
            client.subscribe("BTC/USD");
            assertEquals("price 1 100.0", text(client.takeBinary()));
            assertEquals("book 1 BUY [99.99 x 1.0]", text(client.takeBinary()));
            assertEquals("book 1 SELL [100.0 x 2.0]", text(client.takeBinary()));
            feed.trade("BTC/USD", P100 - TestFeed.TICK, Q1 / 10);
            assertEquals("price 1 99.99", text(client.takeBinary()));
            assertEquals("trade 1 BUY 99.99 x 0.1 #2", text(client.takeBinary()));
            feed.delta(
                    "BTC/USD",
                    new TestFeed.Level(Side.BUY, P100 - TestFeed.TICK, 0),
                    new TestFeed.Level(Side.SELL, P100, Q1));
            assertEquals("book 1 BUY []", text(client.takeBinary()));
            assertEquals("book 1 SELL [100.0 x 1.0]", text(client.takeBinary()));
            feed.ask("AAPL", P100, Q1);
            feed.checkpoint();
            feed.status("BTC/USD", TradingStatus.HALTED);
            feed.trade("BTC/USD", P100, Q1);
            assertEquals("price 1 100.0", text(client.takeBinary()));
        }
    }

    @Test
    void v1SendsOnlyTheSidesWhoseSubscribedLevelsChanged() {
        for (int i = 1; i <= 4; i++) {
            feed.bid("AAPL", P100 - i * TestFeed.TICK, Q1);
        }
        RunningGateway.awaitThat("read", () -> welcomeSeq() == feed.lastSeq());
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"book\"],\"depth\":2}");
            client.expect(ServerMessage.Subscribed.class);
            assertEquals("book 2 BUY [99.99 x 1.0, 99.98 x 1.0]", text(client.takeBinary()));
            assertEquals("book 2 SELL []", text(client.takeBinary()));
            feed.bid("AAPL", P100 - 3 * TestFeed.TICK, 5 * Q1);
            feed.trade("AAPL", P100, Q1);
            feed.bid("AAPL", P100 - TestFeed.TICK, 0);
            assertEquals("book 2 BUY [99.98 x 1.0, 99.97 x 5.0]", text(client.takeBinary()));
            feed.ask("AAPL", P100, Q1);
            assertEquals("book 2 SELL [100.0 x 1.0]", text(client.takeBinary()));
        }
    }

    @Test
    void sbeBooksEqualTheExchangesAfterARandomRun() {
        var random = new Random(1);
        feed.randomly(random, 300);
        try (var early = gateway.connect(Subprotocol.SBE);
                var json = gateway.connect(Subprotocol.JSON)) {
            early.subscribe("*");
            json.subscribe("BTC/USD", "AAPL");
            feed.randomly(random, 1_500);
            try (var late = gateway.connect(Subprotocol.SBE)) {
                late.subscribe("EUR/USD", "BTC/USD");
                feed.randomly(random, 500);
                feed.checkpoint();
                feed.list("NEW");
                feed.randomly(random, 1_000);
                assertBooks(sbeBooks(early, 4), "BTC/USD", "AAPL", "EUR/USD", "NEW");
                assertBooks(sbeBooks(late, 2), "EUR/USD", "BTC/USD");
                assertBooks(jsonBooks(json, 2), "BTC/USD", "AAPL");
            }
        }
    }

    @Test
    void reconnectingIsJoiningAgain() {
        feed.bid("AAPL", P100, Q1);
        var first = gateway.connect(Subprotocol.SBE);
        first.subscribe("AAPL");
        first.takeBinary();
        first.close();
        feed.bid("AAPL", P100, 2 * Q1);
        try (var second = gateway.connect(Subprotocol.SBE)) {
            second.subscribe("AAPL");
            feed.bid("AAPL", P100, 3 * Q1);
            assertBooks(sbeBooks(second, 1), "AAPL");
        }
        RunningGateway.awaitThat(
                "disconnected", () -> gateway.gateway().counters().connections() == 0);
    }

    @Test
    void subscribingAgainSendsASnapshotWithTheNewOptions() {
        feed.bid("AAPL", P100, Q1);
        feed.bid("AAPL", P100 - TestFeed.TICK, Q1);
        RunningGateway.awaitThat("read", () -> welcomeSeq() == feed.lastSeq());
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.subscribe("AAPL");
            assertEquals("book 2 BUY [100.0 x 1.0, 99.99 x 1.0]", text(client.takeBinary()));
            client.takeBinary();
            client.send("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"depth\":1}");
            assertEquals(1, client.expect(ServerMessage.Subscribed.class).depth());
            assertEquals("book 2 BUY [100.0 x 1.0]", text(client.takeBinary()));
            client.takeBinary();
            feed.bid("AAPL", P100, 2 * Q1);
            assertEquals("book 2 BUY [100.0 x 2.0]", text(client.takeBinary()));
            client.roundTrip();
            client.assertNothingReceived();
        }
    }

    @Test
    void unsubscribeEndsItAtOnce() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.subscribe("AAPL", "BTC/USD");
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\",\"EUR/USD\",\"NOPE\"]}");
            var reply = client.expect(ServerMessage.Unsubscribed.class);
            assertEquals(List.of("AAPL"), reply.symbols());
            assertEquals(
                    List.of("EUR/USD NOT_SUBSCRIBED", "NOPE UNKNOWN_SYMBOL"),
                    reply.rejected().stream()
                            .map(r -> r.symbol() + " " + r.code())
                            .toList());
            for (int i = 0; i < 4; i++) {
                client.takeBinary();
            }
            feed.bid("AAPL", P100, Q1);
            feed.bid("BTC/USD", P100, Q1);
            assertEquals("book 1 BUY [100.0 x 1.0]", text(client.takeBinary()));
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"*\"]}");
            assertEquals(
                    List.of("BTC/USD"),
                    client.expect(ServerMessage.Unsubscribed.class).symbols());
        }
    }

    @Test
    void allMeetsSymbolsThatAreListedLater() {
        try (var all = gateway.connect(Subprotocol.V1);
                var named = gateway.connect(Subprotocol.V1)) {
            all.send("{\"type\":\"subscribe\",\"id\":1,\"symbols\":[\"*\"],\"channels\":[\"book\"],\"depth\":1}");
            assertEquals(3, all.expect(ServerMessage.Subscribed.class).symbols().size());
            takeBinary(all, 6);
            named.subscribe("AAPL");
            takeBinary(named, 2);
            feed.list("NEW");
            var told = all.expect(ServerMessage.Subscribed.class);
            assertNull(told.messageId());
            assertEquals(
                    List.of(new Listing("NEW", 4, new BigDecimal("0.01"), new BigDecimal("0.1"), "open")),
                    told.symbols());
            assertEquals(List.of("book"), told.channels());
            assertEquals(1, told.depth());
            assertEquals(feed.epoch(), told.epoch());
            assertEquals("book 4 BUY []", text(all.takeBinary()));
            assertEquals("book 4 SELL []", text(all.takeBinary()));
            feed.bid("NEW", P100, Q1);
            feed.bid("NEW", P100 - TestFeed.TICK, Q1);
            feed.trade("NEW", P100, Q1);
            feed.ask("NEW", 2 * P100, Q1);
            assertEquals("book 4 BUY [100.0 x 1.0]", text(all.takeBinary()));
            assertEquals("book 4 SELL [200.0 x 1.0]", text(all.takeBinary()));
            named.roundTrip();
            named.assertNothingReceived();
        }
    }

    @Test
    void unsubscribingAllEndsThatNewSymbolsCome() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.subscribe("*");
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}");
            client.expect(ServerMessage.Unsubscribed.class);
            feed.list("NEW");
            assertEquals(
                    "NEW",
                    client.expect(ServerMessage.Subscribed.class)
                            .symbols()
                            .get(0)
                            .symbol());
            takeBinary(client, 8);
            client.send("{\"type\":\"unsubscribe\",\"symbols\":[\"*\"]}");
            assertEquals(
                    Set.of("BTC/USD", "EUR/USD", "NEW"),
                    Set.copyOf(client.expect(ServerMessage.Unsubscribed.class).symbols()));
            feed.list("NEWER");
            RunningGateway.awaitThat("read", () -> welcomeSeq() == feed.lastSeq());
            client.roundTrip();
            client.assertNothingReceived();
        }
    }

    @Test
    void newTermsOfASymbolReachEveryone() {
        try (var sbe = gateway.connect(Subprotocol.SBE);
                var json = gateway.connect(Subprotocol.JSON)) {
            sbe.subscribe("*");
            takeBinary(sbe, 3);
            json.subscribe("AAPL");
            json.takeJson();
            feed.redefine("AAPL", TestFeed.TICK / 100);
            feed.bid("AAPL", P100, Q1);
            var definition = json.takeJson();
            assertTrue(definition.startsWith("{\"type\":\"symbolDefinition\",\"symbol\":\"AAPL\""), definition);
            assertTrue(definition.contains("\"tickSize\":0.0001,"), definition);
            assertTrue(json.takeJson().startsWith("{\"type\":\"bookDelta\""));
            var packet = new Packet();
            var templates = new ArrayList<Integer>();
            while (templates.size() < 2) {
                var bytes = sbe.takeBinary();
                packet.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
                while (packet.next()) {
                    templates.add(FeedHeader.templateId(new UnsafeBuffer(bytes), packet.messageOffset()));
                }
            }
            assertEquals(List.of(SymbolDefinitionDecoder.TEMPLATE_ID, BookDeltaDecoder.TEMPLATE_ID), templates);
            json.send("{\"type\":\"symbols\"}");
            assertEquals(
                    new BigDecimal("0.0001"),
                    json.expect(ServerMessage.SymbolList.class).symbols().get(1).tickSize());
        }
    }

    @Test
    void symbolsIsTheDirectory() {
        feed.status("AAPL", TradingStatus.HALTED);
        RunningGateway.awaitThat("read", () -> welcomeSeq() == feed.lastSeq());
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send("{\"type\":\"symbols\",\"id\":1}");
            var reply = client.expect(ServerMessage.SymbolList.class);
            assertEquals(
                    List.of("1 BTC/USD open", "2 AAPL halted", "3 EUR/USD open"),
                    reply.symbols().stream()
                            .map(l -> l.symbolId() + " " + l.symbol() + " " + l.status())
                            .toList());
            assertEquals(
                    reply.symbols(),
                    ((ServerMessage.SymbolList) ServerMessage.parse(TestClient.get(gateway.port(), "/api/symbols")
                                    .body()))
                            .symbols());
        }
    }

    @Test
    void aBrokenFeedIsMendedFromTheCheckpoint() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("AAPL", "BTC/USD");
            feed.bid("BTC/USD", P100, Q1);
            feed.breakNextChecksum();
            feed.bid("AAPL", P100, Q1);
            feed.bid("BTC/USD", P100, 2 * Q1);
            feed.checkpoint();
            feed.bid("AAPL", P100, 3 * Q1);
            feed.bid("BTC/USD", P100, 3 * Q1);
            assertBooks(sbeBooks(client, 2), "AAPL", "BTC/USD");
        }
    }

    @Test
    void latencyOfWhatSubscribersWereSentIsMeasured() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.subscribe("AAPL");
            feed.bid("AAPL", P100, Q1);
            feed.bid("BTC/USD", P100, Q1);
            RunningGateway.awaitThat("read", () -> count("feed.published-read") == 2);
            assertEquals(1, count("feed.published-flushed"));
            assertEquals(1, count("feed.read-flushed"));
        }
    }

    private static void takeBinary(TestClient client, int count) {
        for (int i = 0; i < count; i++) {
            client.takeBinary();
        }
    }

    private long count(String tag) {
        var histogram = gateway.latency().totals().get(tag);
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    private long welcomeSeq() {
        try (var client = TestClient.connect(gateway.port(), Subprotocol.V1)) {
            return client.expect(ServerMessage.Welcome.class).seq();
        }
    }

    private void assertBooks(Map<Integer, DepthBook> books, String... symbols) {
        assertEquals(symbols.length, books.size());
        for (String text : symbols) {
            var expected = feed.symbol(text);
            var book = books.get(expected.id());
            assertEquals(levels(expected.book()), levels(book), text);
            assertEquals(expected.book().lastPrice(), book.lastPrice(), text);
        }
    }

    /** Follows packets until {@code count} books are as new as the exchange's; every link of every chain is checked. */
    private Map<Integer, DepthBook> sbeBooks(TestClient client, int count) {
        var books = new HashMap<Integer, DepthBook>();
        var packet = new Packet();
        while (books.size() < count || !current(books)) {
            var bytes = client.takeBinary();
            packet.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            assertEquals(feed.epoch(), packet.epoch());
            while (packet.next()) {
                apply(books, new UnsafeBuffer(bytes), packet.messageOffset());
            }
        }
        return books;
    }

    private Map<Integer, DepthBook> jsonBooks(TestClient client, int count) {
        var books = new HashMap<Integer, DepthBook>();
        var reader = new FeedJsonReader();
        var buffer = new ExpandableArrayBuffer();
        while (books.size() < count || !current(books)) {
            reader.read(client.takeJson(), buffer);
            apply(books, new UnsafeBuffer(buffer), 0);
        }
        return books;
    }

    private static void apply(Map<Integer, DepthBook> books, UnsafeBuffer message, int offset) {
        var book = books.computeIfAbsent(FeedHeader.symbolId(message, offset), id -> new DepthBook());
        if (book.lastSeq() == 0) {
            assertEquals(BookSnapshotDecoder.TEMPLATE_ID, FeedHeader.templateId(message, offset));
            assertEquals(0, FeedHeader.prevSeq(message, offset));
        }
        assertEquals(DepthBook.Update.APPLIED, book.apply(message, offset));
    }

    private boolean current(Map<Integer, DepthBook> books) {
        return books.entrySet().stream()
                .allMatch(entry ->
                        feed.lastSeqOf(entry.getKey()) == entry.getValue().lastSeq());
    }

    private static List<String> levels(DepthBook book) {
        var levels = new ArrayList<String>();
        for (var side : List.of(Side.BUY, Side.SELL)) {
            for (int rank = 0; rank < book.depth(side); rank++) {
                levels.add(side + " " + book.price(side, rank) + " " + book.quantity(side, rank));
            }
        }
        return levels;
    }

    private static String text(byte[] message) {
        var lines = new ArrayList<String>();
        V1.decode(new UnsafeBuffer(message), 0, message.length, new V1Listener() {
            @Override
            public void onPrice(int symbolId, double price, long timeMillis) {
                assertTrue(Math.abs(System.currentTimeMillis() - timeMillis) < TestClient.DEADLINE_MILLIS);
                lines.add("price " + symbolId + " " + price);
            }

            @Override
            public void onBook(int symbolId, Side side, double[] prices, double[] quantities) {
                var levels = new ArrayList<String>();
                for (int i = 0; i < prices.length; i++) {
                    levels.add(prices[i] + " x " + quantities[i]);
                }
                lines.add("book " + symbolId + " " + side + " " + levels);
            }

            @Override
            public void onTrade(
                    int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis) {
                lines.add("trade " + symbolId + " " + aggressor + " " + price + " x " + quantity + " #" + tradeId);
            }
        });
        return lines.get(0);
    }
}
