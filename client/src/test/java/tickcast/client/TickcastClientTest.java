package tickcast.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.V1;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.OnSlow;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;

@Timeout(60)
class TickcastClientTest {
    private static final long QUIET = 60_000;
    private static final OrderRequest ORDER = OrderRequest.limit(FeedScript.SYMBOL, Side.BUY, 100, 200);

    private final RecordingListener calls = new RecordingListener();
    private final FeedScript feed = new FeedScript();
    private ScriptedGateway gateway;
    private TickcastClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = new ScriptedGateway();
    }

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        gateway.close();
    }

    @Test
    void snapshotAndDeltasMakeAVerifiedBook() throws Exception {
        var session = connected(builder());
        feed.book.set(Side.BUY, 10, 5);
        var subscribed = client.subscribe(FeedScript.SYMBOL);
        session.grant(feed);
        session.sendBinary(feed.packet(feed.delta(Side.SELL, 12, 3), feed.delta(Side.BUY, 10, 0)));
        assertEquals(FeedScript.SYMBOL, get(subscribed).symbols().get(0).symbol());
        calls.expect("book 5@10/");
        calls.expect("book 5@10/3@12");
        calls.expect("book /3@12");
        var view = get(client.book(FeedScript.SYMBOL));
        assertTrue(view.verified());
        assertEquals(BookView.of(FeedScript.SYMBOL, feed.book).asks(), view.asks());
        assertNull(get(client.book("AAPL")));
        assertEquals(3, client.counters().messages());
    }

    @Test
    void aPacketIsTheSameWhereverTheGatewaySplitsIt() throws Exception {
        var session = connected(builder());
        client.subscribe(FeedScript.SYMBOL);
        session.grant(feed);
        calls.expect("book /");
        for (int i = 1; i <= 60; i++) {
            byte[] packet = feed.packet(feed.trade(Side.BUY, 1, i));
            int split = i * packet.length / 60;
            session.frame(false, ScriptedSession.BINARY, Arrays.copyOf(packet, split));
            session.ping();
            session.frame(true, ScriptedSession.CONTINUATION, Arrays.copyOfRange(packet, split, packet.length));
            calls.expect("trade BTC/USD 77 BUY " + i + "@1");
        }
        assertEquals(7, session.pongs.poll(10, SECONDS));
    }

    @Test
    void aLargeSnapshotArrivesWhole() throws Exception {
        var session = connected(builder());
        for (int i = 0; i < 1_000; i++) {
            feed.book.set(Side.BUY, 1_000 + i, 1 + i);
            feed.book.set(Side.SELL, 3_000 + i, 1 + i);
        }
        client.subscribe(FeedScript.SYMBOL);
        session.grant(feed);
        calls.expectStart("book 1000@1999,");
        assertEquals(1_000, get(client.book(FeedScript.SYMBOL)).asks().size());
    }

    @Test
    void jsonSessionVerifiesToo() throws Exception {
        var session = connected(builder().subprotocol(Subprotocol.JSON));
        assertEquals("tickcast.json.v1", session.subprotocol);
        var subscribed = client.subscribe(List.of(FeedScript.SYMBOL), Set.of(Channel.values()), 5);
        var request = session.request(ClientMessage.Subscribe.class);
        assertEquals(5, request.depth());
        session.granted(request.id());
        session.sendText(FeedScript.json(feed.snapshot()));
        session.sendText(FeedScript.json(feed.delta(Side.BUY, 7, 1)));
        get(subscribed);
        calls.expect("book /");
        calls.expect("book 1@7/");
        assertTrue(get(client.book(FeedScript.SYMBOL)).verified());
    }

    @Test
    void termsAreAskedFor() throws Exception {
        var session = connected(builder());
        var terms = SubscriptionTerms.DEFAULT.withMaxRate(2.5).withOnSlow(OnSlow.SKIP);
        client.subscribe(List.of(FeedScript.SYMBOL), terms);
        var request = session.request(ClientMessage.Subscribe.class);
        assertEquals(2.5, request.maxRate());
        assertEquals(OnSlow.SKIP, request.onSlow());
    }

    @Test
    void aGapAsksForAFreshSnapshot() throws Exception {
        var session = subscribed(builder());
        feed.delta(Side.BUY, 9, 1);
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 10, 1)));
        calls.expect("resync Gap before sequence 3");
        session.grant(feed);
        calls.expect("book 1@10,1@9/");
        assertEquals(1, client.counters().gaps());
        assertEquals(1, client.counters().resyncs());
    }

    @Test
    void aChecksumMismatchAsksForAFreshSnapshot() throws Exception {
        var session = subscribed(builder());
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1, 4711)));
        calls.expectStart("resync Checksum mismatch");
        session.grant(feed);
        calls.expect("book /");
        assertEquals(1, client.counters().checksumMismatches());
    }

    @Test
    void aRefusedResyncIsTriedAgain() throws Exception {
        var session = subscribed(builder());
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1, 4711)));
        calls.expectStart("resync Checksum mismatch");
        var request = session.request(ClientMessage.Subscribe.class);
        session.send(new ServerMessage.Error(request.id(), "RATE_LIMITED", "slowly", null, null));
        calls.expect("resync No fresh snapshot: RATE_LIMITED: slowly");
        session.grant(feed);
        calls.expect("book /");
    }

    @Test
    void aGatewayThatDiesAndComesBackFindsTheSubscriptionsRenewed() throws Exception {
        subscribed(builder());
        int port = gateway.port();
        gateway.close();
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        assertInstanceOf(NotConnectedException.class, failure(client.placeOrder(ORDER)));
        assertNull(get(client.book(FeedScript.SYMBOL)));
        gateway = new ScriptedGateway(port);
        var session = gateway.welcomed(QUIET);
        var request = session.request(ClientMessage.Subscribe.class);
        assertEquals(new ClientMessage.Resume(FeedScript.EPOCH, 1), request.past());
        session.grantPast(request);
        session.sendBinary(feed.packet(feed.delta(Side.SELL, 20, 2)));
        session.send(new ServerMessage.Resumed(request.id(), PastOutcome.RESUMED, 1, 7));
        assertEquals(Set.of(Channel.values()), request.channels());
        String call = calls.next();
        while (call.startsWith("reconnecting")) {
            call = calls.next();
        }
        assertEquals("connected", call);
        calls.expect("book /2@20");
        calls.expect("resumed RESUMED");
        assertTrue(get(client.book(FeedScript.SYMBOL)).verified());
        assertEquals(2, client.counters().connections());
        session.kill();
        assertEquals(
                new ClientMessage.Resume(FeedScript.EPOCH, 7),
                gateway.welcomed(QUIET).request(ClientMessage.Subscribe.class).past());
    }

    @Test
    void whatCannotBeResumedBeginsWithASnapshot() throws Exception {
        subscribed(builder()).kill();
        var session = gateway.welcomed(QUIET);
        var request = session.request(ClientMessage.Subscribe.class);
        session.grantPast(request);
        session.send(new ServerMessage.Resumed(request.id(), PastOutcome.TOO_OLD, 0, 50));
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        calls.expect("resumed TOO_OLD");
        session.kill();
        session = gateway.welcomed(QUIET);
        assertNull(session.grant(feed).past(), "the book that it has is old");
        feed.book.set(Side.BUY, 10, 5);
        session.sendBinary(feed.packet(feed.snapshot()));
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 2");
        calls.expect("connected");
        calls.expect("book /");
        calls.expect("book 5@10/");
    }

    @Test
    void anOutcomeThatTheGatewayDoesNotKnowIsUnknown() throws Exception {
        var session = connected(builder());
        var order = client.placeOrder(ORDER);
        var request = session.request(ClientMessage.PlaceOrder.class);
        session.send(new ServerMessage.Error(request.id(), "OUTCOME_UNKNOWN", "The exchange is gone", null, null));
        assertInstanceOf(OutcomeUnknownException.class, failure(order));
    }

    @Test
    void nothingIsResumedInAnotherFeed() throws Exception {
        subscribed(builder()).kill();
        feed.newEpoch();
        var session = gateway.session();
        session.send(new ServerMessage.Welcome("test", "1", "me", "", FeedScript.EPOCH + 1, 0, QUIET, 0));
        assertNull(session.request(ClientMessage.Subscribe.class).past());
    }

    @Test
    void symbolsThatARestartedGatewayDoesNotKnowYetAreAskedForAgain() throws Exception {
        subscribed(builder()).close(CloseCode.GOING_AWAY.code(), "stopping");
        var session = gateway.welcomed(QUIET);
        var request = session.request(ClientMessage.Subscribe.class);
        session.send(new ServerMessage.Error(request.id(), "FEED_NOT_READY", "wait", null, null));
        calls.expect("disconnected 1001 stopping");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        calls.expect("error Cannot subscribe again to [BTC/USD]: FEED_NOT_READY: wait");
        session.grant(feed);
        calls.expect("book /");
    }

    @Test
    void whatWasUnsubscribedBeforeItWasGrantedIsNotRenewed() throws Exception {
        var session = connected(builder());
        client.subscribe(FeedScript.SYMBOL);
        var unsubscribed = client.unsubscribe(FeedScript.SYMBOL);
        session.granted(session.request(ClientMessage.Subscribe.class).id());
        var request = session.request(ClientMessage.Unsubscribe.class);
        session.send(new ServerMessage.Unsubscribed(request.id(), List.of(FeedScript.SYMBOL), null));
        get(unsubscribed);
        session.close(CloseCode.GOING_AWAY.code(), "stopping");
        var next = gateway.welcomed(QUIET);
        calls.expect("disconnected 1001 stopping");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        client.symbols();
        next.request(ClientMessage.Symbols.class);
    }

    @Test
    void aMessageOfANewerGatewayIsLeftOut() throws Exception {
        var session = subscribed(builder());
        session.sendText("{\"type\":\"auction\",\"symbol\":\"BTC/USD\"}");
        calls.expect("error The gateway sent a message of the unknown type auction; it is left out");
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1)));
        calls.expect("book 1@9/");
        assertEquals(0, client.counters().malformed());
    }

    @Test
    void aRecorderThatFailsCostsAMessageAndNotTheConnection() throws Exception {
        var failures = new AtomicInteger(1);
        var session = subscribed(builder().feedLatency(nanos -> {
            if (client.counters().messages() == 2 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("as the test wants it");
            }
        }));
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1)));
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 10, 1)));
        calls.expectStart("resync Gap");
        session.grant(feed);
        calls.expect("book 1@10,1@9/");
    }

    @Test
    void aFeedThatBeginsAnewWithOtherIdsIsFollowed() throws Exception {
        var session = connected(builder().subprotocol(Subprotocol.V1));
        client.subscribe(FeedScript.SYMBOL);
        session.granted(session.request(ClientMessage.Subscribe.class).id());
        var listing = listing(FeedScript.SYMBOL, FeedScript.SYMBOL_ID + 1);
        session.send(new ServerMessage.Subscribed(
                null, List.of(listing), null, List.of("price", "book", "trades"), 10, FeedScript.EPOCH + 1));
        var bytes = new byte[V1.PRICE_LENGTH];
        V1.encodePrice(new UnsafeBuffer(bytes), 0, FeedScript.SYMBOL_ID + 1, 7, 0);
        session.sendBinary(bytes);
        calls.expect("subscribed [BTC/USD]");
        calls.expect("price BTC/USD 7 0");
        assertFalse(session.hasRequest());
    }

    @Test
    void whatWasUnsubscribedIsNotRenewed() throws Exception {
        var session = subscribed(builder());
        var unsubscribed = client.unsubscribe(FeedScript.SYMBOL);
        var request = session.request(ClientMessage.Unsubscribe.class);
        session.send(new ServerMessage.Unsubscribed(request.id(), List.of(FeedScript.SYMBOL), null));
        assertEquals(List.of(FeedScript.SYMBOL), get(unsubscribed).symbols());
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1)));
        session.kill();
        var next = gateway.welcomed(QUIET);
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        var ping = client.ping();
        next.send(new ServerMessage.Pong(next.request(ClientMessage.Ping.class).id(), null, 0));
        assertFalse(get(ping).isNegative());
    }

    @Test
    void allSymbolsAreAskedForAsAllAgain() throws Exception {
        var session = connected(builder());
        var subscribed = client.subscribe("*");
        session.granted(session.request(ClientMessage.Subscribe.class).id());
        get(subscribed);
        session.kill();
        assertEquals(
                List.of("*"),
                gateway.welcomed(QUIET).request(ClientMessage.Subscribe.class).symbols());
    }

    @Test
    void symbolsThatAreListedLaterAreVerifiedAndAskedForAsAllAgain() throws Exception {
        var session = connected(builder());
        var subscribed = client.subscribe("*");
        session.send(new ServerMessage.Subscribed(
                session.request(ClientMessage.Subscribe.class).id(),
                List.of(listing("OLD", 9)),
                null,
                List.of("price", "book", "trades"),
                null,
                FeedScript.EPOCH));
        assertEquals("OLD", get(subscribed).symbols().get(0).symbol());
        session.granted(null);
        session.sendBinary(feed.packet(feed.snapshot(), feed.delta(Side.BUY, 9, 1)));
        calls.expect("subscribed [BTC/USD]");
        calls.expect("book /");
        calls.expect("book 1@9/");
        assertTrue(get(client.book(FeedScript.SYMBOL)).verified());
        assertFalse(get(client.book("OLD")).verified());

        feed.delta(Side.BUY, 10, 1);
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 11, 1)));
        calls.expect("resync Gap before sequence 4");
        session.grant(feed);
        calls.expect("book 1@11,1@10,1@9/");

        client.unsubscribe("OLD");
        session.request(ClientMessage.Unsubscribe.class);
        session.kill();
        var next = gateway.welcomed(QUIET);
        var again = next.request(ClientMessage.Subscribe.class);
        assertEquals(List.of("*"), again.symbols());
        assertEquals(
                List.of("OLD"), next.request(ClientMessage.Unsubscribe.class).symbols());
        next.send(new ServerMessage.Subscribed(
                again.id(),
                List.of(listing("OLD", 9), ScriptedSession.listing()),
                null,
                List.of("price", "book", "trades"),
                null,
                FeedScript.EPOCH));
        next.sendBinary(feed.packet(feed.snapshot()));
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        calls.expect("book 1@11,1@10,1@9/");
        assertNull(get(client.book("OLD")));
    }

    @Test
    void whatTheGatewayBeginsAnewInTheSameFeedIsFollowed() throws Exception {
        var session = subscribed(builder());
        session.sendBinary(feed.packet(feed.delta(Side.BUY, 9, 1)));
        calls.expect("book 1@9/");
        session.send(new ServerMessage.Subscribed(
                null,
                List.of(ScriptedSession.listing()),
                List.of(new ServerMessage.RejectedSymbol("GONE", "UNKNOWN_SYMBOL", "gone")),
                List.of("price", "book", "trades"),
                null,
                FeedScript.EPOCH));
        session.sendBinary(feed.packet(feed.snapshot(), feed.delta(Side.BUY, 10, 1)));
        calls.expect("subscribed [BTC/USD]");
        calls.expect("book 1@9/");
        calls.expect("book 1@10,1@9/");
        assertEquals(0, client.counters().gaps());
    }

    @Test
    void requestsThatWaitWhenTheConnectionIsLostHaveAnUnknownOutcomeAndAreNotSentAgain() throws Exception {
        var session = connected(builder());
        var order = client.placeOrder(ORDER);
        session.request(ClientMessage.PlaceOrder.class);
        session.kill();
        assertInstanceOf(OutcomeUnknownException.class, failure(order));
        var next = gateway.welcomed(QUIET);
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        client.symbols();
        next.request(ClientMessage.Symbols.class);
        assertFalse(next.hasRequest());
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsAnUnknownOutcome() throws Exception {
        connected(builder().requestTimeout(Duration.ofMillis(50)));
        assertInstanceOf(OutcomeUnknownException.class, failure(client.placeOrder(ORDER)));
    }

    @Test
    void answersFindTheirRequestsInAnyOrder() throws Exception {
        var latencies = Collections.synchronizedList(new ArrayList<Long>());
        var session = connected(builder().account("me").orderLatency(latencies::add));
        assertEquals("/ws?account=me", session.path);
        session.request(ClientMessage.ResumeExecutions.class);
        var first = client.placeOrder(ORDER.withClientOrderId("a"), System.nanoTime() - SECONDS.toNanos(5));
        var second = client.placeOrder(OrderRequest.market(FeedScript.SYMBOL, Side.SELL, 3));
        var third = client.cancelOrder("a");
        var orders = client.orders();
        var firstRequest = session.request(ClientMessage.PlaceOrder.class);
        assertEquals("a", firstRequest.clientOrderId());
        assertEquals(100, firstRequest.price());
        var secondId = session.request(ClientMessage.PlaceOrder.class).id();
        var thirdId = session.request(ClientMessage.CancelOrder.class).id();
        var ordersId = session.request(ClientMessage.Orders.class).id();
        session.send(new ServerMessage.OrderList(ordersId, List.of(), null));
        session.send(new ServerMessage.Nack(thirdId, "UNKNOWN_ORDER", "none", null, null, "a"));
        session.send(new ServerMessage.Nack(secondId, "SYMBOL_NOT_OPEN", "halted", null, null, null));
        session.send(new ServerMessage.Ack(firstRequest.id(), 42L, "a", "new", null));
        assertTrue(get(first).accepted());
        assertEquals(42L, get(first).ack().orderId());
        assertEquals("SYMBOL_NOT_OPEN: halted", get(second).text());
        assertFalse(get(third).accepted());
        assertEquals(List.of(), get(orders));
        assertEquals(1, latencies.size());
        assertTrue(latencies.get(0) >= SECONDS.toNanos(5));
    }

    @Test
    void openOrdersAreAskedForUntilTheLast() throws Exception {
        var session = connected(builder());
        var all = client.orders("AAPL");
        var first = session.request(ClientMessage.Orders.class);
        assertEquals("AAPL", first.symbol());
        session.send(new ServerMessage.OrderList(first.id(), List.of(openOrder(3), openOrder(5)), 5L));
        var second = session.request(ClientMessage.Orders.class);
        assertEquals(5, second.after());
        session.send(new ServerMessage.OrderList(second.id(), List.of(openOrder(7)), null));
        assertEquals(List.of(openOrder(3), openOrder(5), openOrder(7)), get(all));
    }

    @Test
    void questionsAboutAnAccountFindTheirAnswers() throws Exception {
        var session = connected(builder());
        var order = client.order(7);
        var unknown = client.order("mine");
        var positions = client.positions();
        var account = client.account();
        var dropCopy = client.dropCopy(false);
        var orderId = session.request(ClientMessage.FindOrder.class).id();
        var named = session.request(ClientMessage.FindOrder.class);
        assertEquals("mine", named.clientOrderId());
        session.send(new ServerMessage.OrderHistory(orderId, openOrder(7), List.of(), null));
        session.send(new ServerMessage.Nack(named.id(), "UNKNOWN_ORDER", "none", null, null, "mine"));
        session.send(new ServerMessage.PositionList(
                session.request(ClientMessage.ListPositions.class).id(), 9, List.of()));
        session.send(new ServerMessage.AccountState(
                session.request(ClientMessage.ShowAccount.class).id(),
                "me",
                9,
                1,
                List.of(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                null));
        session.send(new ServerMessage.Ack(
                session.request(ClientMessage.DropCopy.class).id(), null, null, null, null));
        assertEquals(openOrder(7), get(order).order());
        assertEquals(
                "UNKNOWN_ORDER",
                assertInstanceOf(RequestRefusedException.class, failure(unknown))
                        .code());
        assertEquals(9, get(positions).accountSeq());
        assertEquals(1, get(account).openOrders());
        assertTrue(get(dropCopy).accepted());
    }

    @Test
    void aClientOfAnAccountResumesItsExecutions() throws Exception {
        var session = connected(builder().account("me").executionsSeq(5));
        var resume = session.request(ClientMessage.ResumeExecutions.class);
        assertEquals(5, resume.seq());
        session.send(new ServerMessage.ExecutionsResumed(resume.id(), ExecutionsOutcome.RESUMED, 0, 5));
        calls.expect("executions RESUMED 0 up to 5");
    }

    @Test
    void dropCopyIsLeftOffAfterAReconnect() throws Exception {
        var session = connected(builder());
        var off = client.dropCopy(false);
        session.send(new ServerMessage.Ack(
                session.request(ClientMessage.DropCopy.class).id(), null, null, null, null));
        get(off);
        session.close(CloseCode.GOING_AWAY.code(), "later");
        assertFalse(
                gateway.welcomed(QUIET).request(ClientMessage.DropCopy.class).enabled());
    }

    private static ServerMessage.OpenOrder openOrder(long orderId) {
        return new ServerMessage.OpenOrder(
                orderId,
                null,
                "AAPL",
                "buy",
                "limit",
                "GTC",
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                "new");
    }

    @Test
    void everyOrderMessageIsSentAsMeant() throws Exception {
        var session = connected(builder());
        client.cancelOrder(7);
        client.replaceOrder(8, 1, 2);
        client.replaceOrder("b", 3, 4);
        client.cancelAll();
        client.cancelAll("AAPL");
        client.cancelAll("", Side.SELL);
        client.cancelAllAfter(Duration.ofSeconds(30));
        client.validateOrder(
                ORDER.withRecvWindow(Duration.ofMillis(250)).withSelfTradePrevention(SelfTradePrevention.CANCEL_BOTH));
        assertEquals(7, session.request(ClientMessage.CancelOrder.class).orderId());
        assertEquals(8, session.request(ClientMessage.ReplaceOrder.class).orderId());
        assertEquals("b", session.request(ClientMessage.ReplaceOrder.class).clientOrderId());
        assertEquals("", session.request(ClientMessage.CancelAll.class).symbol());
        assertEquals("AAPL", session.request(ClientMessage.CancelAll.class).symbol());
        assertEquals(Side.SELL, session.request(ClientMessage.CancelAll.class).side());
        assertEquals(30_000, session.request(ClientMessage.CancelAllAfter.class).timeoutMillis());
        var checked = session.request(ClientMessage.PlaceOrder.class);
        assertTrue(checked.validateOnly());
        assertEquals(250, checked.validity().recvWindowMillis());
        assertEquals(SelfTradePrevention.CANCEL_BOTH, checked.selfTradePrevention());
    }

    @Test
    void whatIsCancelledOnADisconnectIsSaidAgainOnEachConnection() throws Exception {
        var session = connected(builder());
        var asked = client.cancelOnDisconnect(CancelScope.SESSION, Duration.ofSeconds(5), true);
        var request = session.request(ClientMessage.CancelOnDisconnect.class);
        assertEquals("", request.takesOver());
        session.send(new ServerMessage.DisconnectTerms(request.id(), "session", 5_000, true, 0, null));
        assertEquals(5_000, get(asked).graceMillis());

        session.kill();
        var next = gateway.welcomed(QUIET);
        calls.expectStart("disconnected 1006");
        calls.expect("reconnecting 1");
        calls.expect("connected");
        var again = next.request(ClientMessage.CancelOnDisconnect.class);
        assertEquals(new ClientMessage.CancelOnDisconnect(again.id(), CancelScope.SESSION, 5_000, true, "1"), again);
        next.send(new ServerMessage.Nack(again.id(), "ORDERS_BACKED_UP", "no", null, null, null));
        calls.expectStart("error What is cancelled on a disconnect could not be said again");
    }

    @Test
    void anUnknownSymbolIsNamedAndDoesNotSpoilTheOthers() throws Exception {
        var session = connected(builder());
        var subscribed = client.subscribe(FeedScript.SYMBOL, "NONE");
        var request = session.request(ClientMessage.Subscribe.class);
        var rejected = new ServerMessage.RejectedSymbol("NONE", "UNKNOWN_SYMBOL", "no such symbol");
        session.send(new ServerMessage.Subscribed(
                request.id(),
                List.of(ScriptedSession.listing()),
                List.of(rejected),
                List.of("price", "book", "trades"),
                null,
                FeedScript.EPOCH));
        assertEquals(List.of(rejected), get(subscribed).rejected());
        var alone = client.subscribe("NONE");
        session.send(new ServerMessage.Error(
                session.request(ClientMessage.Subscribe.class).id(),
                "UNKNOWN_SYMBOL",
                "none is known",
                null,
                List.of(rejected)));
        assertEquals(
                List.of(rejected),
                assertInstanceOf(RequestRefusedException.class, failure(alone)).rejected());
        session.kill();
        assertEquals(
                List.of(FeedScript.SYMBOL),
                gateway.welcomed(QUIET).request(ClientMessage.Subscribe.class).symbols());
    }

    @Test
    void silenceForThreeHeartbeatsIsALostConnection() throws Exception {
        client = builder().build();
        client.connect();
        var session = gateway.welcomed(100);
        calls.expect("connected");
        calls.expectStart("disconnected 1006 Nothing came for");
        gateway.welcomed(QUIET);
        calls.expect("reconnecting 1");
        calls.expect("connected");
        assertEquals("tickcast.sbe.v1", session.subprotocol);
    }

    @Test
    void heartbeatsKeepAConnection() throws Exception {
        client = builder().build();
        client.connect();
        var session = gateway.welcomed(200);
        calls.expect("connected");
        long until = System.nanoTime() + SECONDS.toNanos(2);
        while (System.nanoTime() < until) {
            session.send(new ServerMessage.Heartbeat(0, null, 0, 0));
            var ping = client.ping();
            session.send(new ServerMessage.Pong(
                    session.request(ClientMessage.Ping.class).id(), null, 0));
            get(ping);
        }
        assertEquals(List.of(), calls.all());
    }

    @Test
    void aWelcomeThatDoesNotComeIsAFailedConnect() throws Exception {
        client = builder()
                .connectTimeout(Duration.ofMillis(200))
                .retryFirstConnect(false)
                .build();
        var connect = client.connect();
        gateway.session();
        assertTrue(failure(connect).getMessage().contains("Nothing came for"));
    }

    @Test
    void malformedDataCostsTheConnectionAndAfterFiveTimesTheClient() throws Exception {
        client = builder().build();
        client.connect();
        for (int i = 1; i <= 5; i++) {
            gateway.welcomed(QUIET).sendText("{\"nonsense\":1}");
            calls.expect("connected");
            calls.expectStart("error Malformed data from the gateway: No message of the gateway");
            calls.expectStart("disconnected 1006 Malformed data");
            if (i < 5) {
                calls.expect("reconnecting " + i);
            }
        }
        assertTrue(failure(client.ended()).getMessage().startsWith("Malformed data on 5 connections in a row"));
        assertEquals(5, client.counters().malformed());
        assertInstanceOf(ClientEndedException.class, failure(client.ping()));
    }

    @Test
    void answersWithoutSenseDoNotBreakTheClient() throws Exception {
        var session = connected(builder());
        session.sendText("{\"type\":\"ack\",\"messageId\":99}");
        calls.expectStart("error An answer to no open request");
        session.send(new ServerMessage.Error(null, "MALFORMED_JSON", "what?", null, null));
        calls.expect("error MALFORMED_JSON: what?");
        var subscribed = client.subscribe(FeedScript.SYMBOL);
        session.sendText("{\"type\":\"subscribed\",\"messageId\":"
                + session.request(ClientMessage.Subscribe.class).id() + "}");
        assertEquals(List.of(), get(subscribed).symbols());
        session.sendText("null");
        calls.expectStart("error Malformed data");
    }

    @Test
    void aFinalCloseCodeEndsTheClient() throws Exception {
        var session = connected(builder());
        session.close(CloseCode.UNKNOWN_SUBPROTOCOL.code(), "no");
        var end = assertInstanceOf(ClientEndedException.class, failure(client.ended()));
        assertEquals(4003, end.code());
        assertEquals(4003, get(session.closedByClient));
        calls.expectStart("disconnected 4003");
    }

    @Test
    void aFirstConnectThatFailsEndsTheClientUnlessToldOtherwise() throws Exception {
        gateway.refuse(503);
        client = builder().retryFirstConnect(false).build();
        assertInstanceOf(ClientEndedException.class, failure(client.connect()));
        client = builder().build();
        var connect = client.connect();
        calls.expect("reconnecting 1");
        calls.expect("reconnecting 2");
        gateway.refuse(0);
        gateway.welcomed(QUIET);
        assertEquals("me", get(connect).account());
    }

    @Test
    void aRefusalThatWillBeTheSameAgainEndsTheClient() throws Exception {
        gateway.refuse(404);
        client = builder().build();
        assertEquals(
                "HTTP status 404 instead of a WebSocket",
                failure(client.connect()).getMessage());
    }

    @Test
    void closeSaysGoodbye() throws Exception {
        var session = connected(builder());
        var order = client.placeOrder(ORDER);
        session.request(ClientMessage.PlaceOrder.class);
        client.close();
        assertEquals(1000, get(session.closedByClient));
        get(client.ended());
        calls.expectStart("disconnected 1000");
        assertInstanceOf(OutcomeUnknownException.class, failure(order));
        assertInstanceOf(ClientEndedException.class, failure(client.ping()));
    }

    @Test
    void closeWhileReconnectingEndsIt() throws Exception {
        connected(builder());
        gateway.close();
        calls.expectStart("disconnected 1006");
        client.close();
        get(client.ended());
    }

    @Test
    void aClientThatWasClosedFirstDoesNotConnect() throws Exception {
        client = builder().build();
        client.close();
        assertInstanceOf(ClientEndedException.class, failure(client.connect()));
    }

    @Test
    void aListenerThatFailsIsNotTheEnd() throws Exception {
        var session = connected(builder().listener(new ClientListener() {
            @Override
            public void onWarning(ServerMessage.Warning warning) {
                throw new IllegalStateException("on purpose");
            }
        }));
        session.send(new ServerMessage.Warning("X", "x"));
        var ping = client.ping();
        session.send(
                new ServerMessage.Pong(session.request(ClientMessage.Ping.class).id(), null, 0));
        get(ping);
    }

    @Test
    void manyClientsShareOneThread() throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        var transport = ClientTransport.of(executor, scheduler);
        var threads = Collections.synchronizedSet(new HashSet<Thread>());
        var clients = new ArrayList<TickcastClient>();
        for (int i = 0; i < 50; i++) {
            var one = TickcastClient.builder(gateway.uri())
                    .transport(transport)
                    .listener(new ClientListener() {
                        @Override
                        public void onBook(String symbol, DepthBook book) {
                            threads.add(Thread.currentThread());
                        }
                    })
                    .build();
            clients.add(one);
            var connect = one.connect();
            var session = gateway.welcomed(QUIET);
            get(connect);
            var subscribed = one.subscribe(FeedScript.SYMBOL);
            session.grant(feed);
            get(subscribed);
        }
        for (var one : clients) {
            assertTrue(get(one.book(FeedScript.SYMBOL)).seq() >= 0);
            one.close();
            get(one.ended());
        }
        assertEquals(1, threads.size());
        executor.shutdown();
        scheduler.shutdown();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> TickcastClient.builder(URI.create("http://localhost")));
        assertThrows(IllegalArgumentException.class, () -> builder().missedHeartbeats(0));
    }

    private ClientBuilder builder() {
        return TickcastClient.builder(gateway.uri())
                .listener(calls)
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(500)))
                .retryFirstConnect(true);
    }

    private ScriptedSession connected(ClientBuilder builder) throws Exception {
        client = builder.build();
        var connect = client.connect();
        var session = gateway.welcomed(QUIET);
        get(connect);
        if (builder.listener == calls) {
            calls.expect("connected");
        }
        return session;
    }

    private ScriptedSession subscribed(ClientBuilder builder) throws Exception {
        var session = connected(builder);
        client.subscribe(FeedScript.SYMBOL);
        session.grant(feed);
        calls.expect("book /");
        return session;
    }

    private static ServerMessage.Listing listing(String symbol, int symbolId) {
        return new ServerMessage.Listing(symbol, symbolId, BigDecimal.ONE, BigDecimal.ONE, "open");
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, SECONDS);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(10, SECONDS))
                .getCause();
    }
}
