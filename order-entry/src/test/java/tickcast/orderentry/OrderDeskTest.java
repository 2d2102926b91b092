package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.orderentry.GatewayRig.buy;
import static tickcast.orderentry.GatewayRig.cancel;
import static tickcast.orderentry.GatewayRig.cancelAll;
import static tickcast.orderentry.GatewayRig.id;
import static tickcast.orderentry.GatewayRig.place;
import static tickcast.orderentry.GatewayRig.replace;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.latency.Stage;
import tickcast.orderentry.TestExchange.VenueRequest;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

class OrderDeskTest extends SteppedDesk {
    @BeforeEach
    void open() {
        rig = new GatewayRig(data, clock);
        exchange = openExchange(1);
        session = rig.desk.open(101, "alice", inbox);
    }

    @Test
    void acknowledgedOnlyOnceTheExchangeHasAnswered() {
        session.on(buy("c1", 7, 100), clock.get(), id("c1"));
        rig.write();
        rig.read();
        assertEquals(List.of(), inbox.take());

        exchange.publish(exchange.accept(exchange.takeOne()));
        assertEquals(1, rig.read());
        assertEquals(List.of("ack \"c1\" order 1 new", "report 1 order 1 new new 0/7 @100"), inbox.take());
    }

    @Test
    void whatIsWrittenIsWhatWasAsked() {
        clock.addAndGet(50);
        session.on(
                new ClientMessage.PlaceOrder(
                        null, "c1", "COIN", Side.SELL, OrderType.MARKET, TimeInForce.IOC, false, 0, Decimal8.ONE, 5),
                START_NANOS,
                id(1));
        rig.write();
        assertEquals(
                new VenueRequest(
                        "new",
                        1,
                        START_NANOS,
                        START_NANOS + 50,
                        101,
                        1,
                        0,
                        2,
                        Side.SELL,
                        OrderType.MARKET,
                        TimeInForce.IOC,
                        0,
                        Decimal8.ONE,
                        5_000_000,
                        "alice",
                        "c1"),
                exchange.takeOne());
    }

    @Test
    void partialFillThenFill() {
        placed(buy("", 7, 100));

        exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, 3 * Decimal8.ONE, BooleanType.FALSE));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(2));
        exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, 4 * Decimal8.ONE, BooleanType.FALSE));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(3));
        assertEquals(
                List.of(
                        "report 2 order 1 trade partiallyFilled 3/7 @100 maker 3 @100",
                        "orders 2 [1 ACME 3/7 @100]",
                        "report 3 order 1 trade filled 7/7 @100 maker 4 @100",
                        "orders 3 []"),
                inbox.take());
    }

    @Test
    void severalReportsInOneTransaction() {
        var bobsInbox = new Inbox();
        var bob = rig.desk.open(102, "bob", bobsInbox);
        placed(buy("", 7, 100));
        bob.on(place("", "ACME", Side.SELL, 9 * Decimal8.ONE, 100 * Decimal8.ONE), clock.get(), id("s"));
        rig.write();
        var sell = exchange.takeOne();
        exchange.publish(
                exchange.accept(sell),
                exchange.trade(1, 100 * Decimal8.ONE, 7 * Decimal8.ONE, BooleanType.FALSE),
                exchange.trade(2, 100 * Decimal8.ONE, 7 * Decimal8.ONE, BooleanType.TRUE));
        assertEquals(1, rig.read());
        assertEquals(List.of("report 2 order 1 trade filled 7/7 @100 maker 7 @100"), inbox.take());
        assertEquals(
                List.of(
                        "ack \"s\" order 2 new",
                        "report 1 order 2 new new 0/9 @100",
                        "report 2 order 2 trade partiallyFilled 7/9 @100 taker 7 @100"),
                bobsInbox.take());
    }

    @Test
    void theAckComesFirstWhereverTheAnswerStands() {
        placed(buy("", 7, 100));
        session.on(replace(1, 5, 101), clock.get(), id(2));
        rig.write();
        var replaced = exchange.replace(exchange.takeOne(), 1);
        exchange.publish(exchange.trade(1, 101 * Decimal8.ONE, Decimal8.ONE, BooleanType.TRUE), replaced);
        rig.read();
        assertEquals("ack 2 order 1 new", inbox.take().get(0));
    }

    @Test
    void rejected() {
        session.on(buy("c1", 7, 100), clock.get(), id(1));
        rig.write();
        exchange.publish(exchange.reject(exchange.takeOne(), Reason.SYMBOL_NOT_OPEN));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(2));
        assertEquals(
                List.of(
                        "nack 1 SYMBOL_NOT_OPEN",
                        "report 1 order 1 rejected rejected 7/7 @100 symbolNotOpen",
                        "orders 2 []"),
                inbox.take());
    }

    @Test
    void canceled() {
        placed(buy("c1", 7, 100));
        session.on(new ClientMessage.CancelOrder(null, 0, "c1"), clock.get(), id(2));
        rig.write();
        var request = exchange.takeOne();
        assertEquals("c1", request.clientOrderId());
        assertEquals(0, request.orderId());
        exchange.publish(exchange.cancel(request, 1));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(3));
        assertEquals(
                List.of(
                        "ack 2 order 1 canceled",
                        "report 2 order 1 canceled canceled 7/7 @100 clientRequest",
                        "orders 3 []"),
                inbox.take());
    }

    @Test
    void theOrderOfAnotherAccountIsUnknown() {
        placed(buy("", 7, 100));
        var malloryInbox = new Inbox();
        var mallory = rig.desk.open(102, "mallory", malloryInbox);
        mallory.on(cancel(1), clock.get(), id(1));
        rig.write();
        var request = exchange.takeOne();
        assertEquals("mallory", request.account());
        exchange.publish(exchange.rejectCancel(request, Reason.UNKNOWN_ORDER));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(2));
        mallory.on(new ClientMessage.Orders(null), clock.get(), id(2));
        assertEquals(List.of("orders 2 [1 ACME 0/7 @100]"), inbox.take());
        assertEquals(List.of("nack 1 UNKNOWN_ORDER", "orders 2 []"), malloryInbox.take());
    }

    @Test
    void replaced() {
        placed(buy("", 7, 100));
        session.on(replace(1, 9, 99), clock.get(), id(2));
        rig.write();
        exchange.publish(exchange.replace(exchange.takeOne(), 1));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(3));
        assertEquals(
                List.of("ack 2 order 1 new", "report 2 order 1 replaced new 0/9 @99", "orders 3 [1 ACME 0/9 @99]"),
                inbox.take());
    }

    @Test
    void newTermsOffTickAreRefusedAtOnceAndTheOrderIsUnchanged() {
        placed(buy("c1", 7, 100));
        session.on(
                new ClientMessage.ReplaceOrder(null, 0, "c1", Decimal8.ONE / 1000, Decimal8.ONE), clock.get(), id(2));
        rig.write();
        assertEquals(List.of("nack 2 PRICE_NOT_ON_TICK"), inbox.take());
        assertEquals(List.of(), exchange.take());
    }

    @Test
    void theTermsOfAnOrderStillOnItsWayAreLeftToTheExchange() {
        session.on(replace(77, 7, 100), clock.get(), id(1));
        rig.write();
        assertEquals("replace", exchange.takeOne().kind());
    }

    @Test
    void refusedAtOnce() {
        session.on(place("c1", "NONE", Side.BUY, Decimal8.ONE, Decimal8.ONE), clock.get(), id(1));
        var nack = inbox.takeOne(ServerMessage.Nack.class);
        assertEquals(id(1), nack.messageId());
        assertEquals("UNKNOWN_SYMBOL", nack.code());
        assertEquals("symbol", nack.field());
        assertEquals("c1", nack.clientOrderId());

        session.on(place("", "ACME", Side.BUY, Decimal8.ONE, 1), clock.get(), id(2));
        session.on(place("", "COIN", Side.BUY, 1, Decimal8.ONE), clock.get(), id(3));
        session.on(cancelAll("NONE"), clock.get(), id(4));
        assertEquals(
                List.of("nack 2 PRICE_NOT_ON_TICK", "nack 3 QUANTITY_NOT_ON_LOT", "nack 4 UNKNOWN_SYMBOL"),
                inbox.take());
        rig.write();
        assertEquals(List.of(), exchange.take());
    }

    @Test
    void cancelAllIsAcknowledgedAfterItsReports() {
        placed(buy("", 1, 100));
        placed(buy("", 2, 100));

        session.on(new ClientMessage.CancelAll(null, "ACME", Side.BUY), clock.get(), id("all"));
        rig.write();
        var request = exchange.takeOne();
        assertEquals("massCancel CLIENT_REQUEST of 0", request.kind());
        assertEquals("alice", request.account());
        assertEquals(1, request.symbolId());
        assertEquals(Side.BUY, request.side());
        exchange.publishMassCancel(
                request,
                exchange.cancel(1, null, Reason.CLIENT_REQUEST),
                exchange.cancel(2, null, Reason.CLIENT_REQUEST));
        rig.read();
        assertEquals(
                List.of(
                        "report 3 order 1 canceled canceled 1/1 @100 clientRequest",
                        "report 4 order 2 canceled canceled 2/2 @100 clientRequest",
                        "ack \"all\" count 2"),
                inbox.take());

        session.on(cancelAll(""), clock.get(), id("none"));
        rig.write();
        request = exchange.takeOne();
        assertEquals(0, request.symbolId());
        assertEquals(Side.NULL_VAL, request.side());
        exchange.publishMassCancel(request);
        rig.read();
        assertEquals(List.of("ack \"none\" count 0"), inbox.take());
        assertEquals(0, session.pendingRequests());
    }

    @Test
    void aRepeatedOrderIsAnsweredWithWhatBecameOfTheFirst() {
        placed(buy("c1", 7, 100));
        session.on(buy("c1", 7, 100), clock.get(), id("again"));
        session.on(buy("c2", 7, 100), clock.get(), id("refused"));
        rig.write();
        var requests = exchange.take();
        exchange.publish(exchange.repeat(requests.get(0), 1, Reason.NONE));
        exchange.publish(exchange.reject(requests.get(1), Reason.LEVEL_LIMIT));
        rig.read();
        assertEquals(
                List.of(
                        "ack \"again\" order 1 new duplicate",
                        "nack \"refused\" LEVEL_LIMIT",
                        "report 2 order 3 rejected rejected 7/7 @100 levelLimit"),
                inbox.take());

        session.on(buy("c2", 7, 100), clock.get(), id("again"));
        rig.write();
        exchange.publish(exchange.repeat(exchange.takeOne(), 3, Reason.LEVEL_LIMIT));
        rig.read();
        assertEquals(List.of("nack \"again\" LEVEL_LIMIT duplicate"), inbox.take());
    }

    @Test
    void requestsThatComeTooLateAreRefused() {
        var late = new ClientMessage.Validity(START_NANOS - 5_000_001, 5);
        var inTime = new ClientMessage.Validity(START_NANOS - 5_000_000, 5);
        session.on(buy("", 1, 100).withValidity(late), START_NANOS, id(1));
        session.on(new ClientMessage.CancelOrder(null, 1, "", late), START_NANOS, id(2));
        session.on(new ClientMessage.ReplaceOrder(null, 1, "", 1, 1, late), START_NANOS, id(3));
        assertEquals(List.of("nack 1 TOO_LATE", "nack 2 TOO_LATE", "nack 3 TOO_LATE"), inbox.take());
        var ahead = new ClientMessage.Validity(START_NANOS + 1_000_000_001, 5);
        session.on(buy("", 1, 100).withValidity(ahead), START_NANOS, id(4));
        assertEquals(List.of("nack 4 INVALID_FIELD"), inbox.take());
        session.on(buy("", 1, 100).withValidity(inTime), START_NANOS, id(5));
        assertEquals(List.of(), inbox.take());
        rig.write();
        assertEquals(1, exchange.take().size());
    }

    @Test
    void anOrderThatIsOnlyToBeCheckedIsNotWritten() {
        session.on(toCheck(buy("c1", 1, 100)), clock.get(), id(1));
        session.on(toCheck(place("", "NONE", Side.BUY, Decimal8.ONE, Decimal8.ONE)), clock.get(), id(2));
        assertEquals(List.of("nack 2 UNKNOWN_SYMBOL"), inbox.take());
        rig.write();
        assertTrue(rig.desk.hasAnswers());
        rig.read();
        var ack = inbox.takeOne(ServerMessage.Ack.class);
        assertEquals(true, ack.validated());
        assertEquals("c1", ack.clientOrderId());
        assertEquals(List.of(), exchange.take());
        assertEquals(0, session.pendingRequests());
        assertFalse(rig.desk.hasAnswers());
    }

    @Test
    void allSessionsOfTheAccountGetReportsAndOnlyOneTheAck() {
        var other = new Inbox();
        var stranger = new Inbox();
        rig.desk.open(102, "alice", other);
        rig.desk.open(103, "bob", stranger);
        session.on(buy("", 7, 100), clock.get(), id(1));
        rig.write();
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        assertEquals(List.of("ack 1 order 1 new", "report 1 order 1 new new 0/7 @100"), inbox.take());
        assertEquals(List.of("report 1 order 1 new new 0/7 @100"), other.take());
        assertEquals(List.of(), stranger.take());
    }

    @Test
    void desksAnswerTheirOwnSessionsAndReportToAllOfTheAccount() {
        var other = new Inbox();
        try (var secondDesk = rig.newDesk()) {
            var otherSession = secondDesk.open(102, "alice", other);
            otherSession.on(buy("", 7, 100), clock.get(), id(1));
            rig.write();
            exchange.publish(exchange.accept(exchange.takeOne()));
            assertEquals(1, rig.read());
            assertEquals(1, secondDesk.poll(10));
            secondDesk.sent();
        }
        assertEquals(List.of("report 1 order 1 new new 0/7 @100"), inbox.take());
        assertEquals(List.of("ack 1 order 1 new", "report 1 order 1 new new 0/7 @100"), other.take());
        assertEquals(
                1, rig.latency.totals().get(Stage.ORDER_RECEIVED_SENT.tag()).getTotalCount());
    }

    @Test
    void aDeskLeftBehindTellsItsSessionsAndStartsAnew() {
        placed(buy("", 7, 100));
        placed(buy("", 8, 100));
        exchange.publish(exchange.cancel(1, null, Reason.EXCHANGE_RESTART));
        session.on(buy("c3", 9, 100), clock.get(), id(3));
        session.on(cancel(3), clock.get(), id(4));
        session.on(toCheck(buy("c4", 1, 100)), clock.get(), id(5));
        rig.write();
        var requests = exchange.take();
        exchange.publish(exchange.accept(requests.get(0)));
        exchange.publish(exchange.cancel(requests.get(1), 3));
        for (int cycle = 0; cycle < 4; cycle++) {
            clock.addAndGet(1_000_000_000);
            exchange.checkpointOfAll();
        }
        exchange.publish(exchange.trade(2, 100 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        rig.desk.poll(10);
        var lines = inbox.take();
        assertEquals("ack 5 order null null", lines.get(0));
        assertTrue(lines.get(1).contains("REPORTS_LOST"), lines.get(1));
        assertEquals(List.of("error 3 OUTCOME_UNKNOWN", "error 4 OUTCOME_UNKNOWN"), lines.subList(2, lines.size()));
        assertEquals(0, session.pendingRequests());
        session.on(new ClientMessage.Orders(null), clock.get(), id(6));
        assertEquals(List.of("nack 6 FEED_NOT_READY"), inbox.take());

        assertTrue(rig.read() > 0);
        session.on(new ClientMessage.Orders(null), clock.get(), id(7));
        session.on(new ClientMessage.ResumeExecutions(null, 5), clock.get(), id(8));
        rig.askArchive();
        assertEquals(
                List.of(
                        "orders 7 [2 ACME 1/8 @100]",
                        "resumed 8 RESUMED 1 up to 6",
                        "report 6 order 2 trade partiallyFilled 1/8 @100 maker 1 @100"),
                inbox.take());
    }

    @Test
    void aTransactionThatCouldNotBeToldIsReadAgainAndToldAsLost() {
        placed(buy("", 7, 100));
        placed(buy("", 8, 100));
        var broken = new boolean[1];
        rig.desk.open(102, "alice", message -> {
            if (broken[0]) {
                throw new IllegalStateException("as the test wants it");
            }
        });
        session.on(buy("", 9, 100), clock.get(), id(3));
        rig.write();
        broken[0] = true;
        exchange.publish(
                exchange.trade(1, 100 * Decimal8.ONE, 2 * Decimal8.ONE, BooleanType.FALSE),
                exchange.trade(2, 100 * Decimal8.ONE, 3 * Decimal8.ONE, BooleanType.FALSE));
        exchange.publish(exchange.accept(exchange.takeOne()));
        inbox.take();
        var failure = assertThrows(IllegalStateException.class, rig::read);
        assertTrue(failure.getSuppressed()[0].getMessage().startsWith("sequence 3 of the journal "));
        broken[0] = false;
        var lines = inbox.take();
        assertEquals("report 3 order 1 trade partiallyFilled 2/7 @100 maker 2 @100", lines.get(0));
        assertTrue(lines.get(1).contains("REPORTS_LOST"), lines.get(1));
        assertEquals(List.of("error 3 OUTCOME_UNKNOWN"), lines.subList(2, lines.size()));
        session.on(buy("", 1, 100), clock.get(), id(4));
        session.on(new ClientMessage.Orders(null), clock.get(), id(5));
        assertEquals(List.of("nack 4 FEED_NOT_READY", "nack 5 FEED_NOT_READY"), inbox.take());
        rig.read();
        assertEquals(List.of("report 5 order 3 new new 0/9 @100"), inbox.take());
        session.on(new ClientMessage.Orders(null), clock.get(), id(6));
        session.on(new ClientMessage.ListPositions(null), clock.get(), id(7));
        assertEquals(
                new BigDecimal("5"),
                inbox.takeLast(ServerMessage.PositionList.class)
                        .positions()
                        .get(0)
                        .quantity());
        session.on(new ClientMessage.ResumeExecutions(null, 2), clock.get(), id(8));
        rig.askArchive();
        assertEquals(
                List.of(
                        "resumed 8 RESUMED 2 up to 4",
                        "report 3 order 1 trade partiallyFilled 2/7 @100 maker 2 @100",
                        "report 4 order 2 trade partiallyFilled 3/8 @100 maker 3 @100"),
                inbox.take());
    }

    @Test
    void withATransactionThatNobodyCanTakeTheDeskWaitsForTheNextRestatement() {
        placed(buy("", 7, 100));
        placed(buy("", 8, 100));
        exchange.publishDamaged(exchange.trade(1, 100 * Decimal8.ONE, 2 * Decimal8.ONE, BooleanType.FALSE));
        exchange.publish(exchange.trade(2, 100 * Decimal8.ONE, 3 * Decimal8.ONE, BooleanType.FALSE));
        assertThrows(IndexOutOfBoundsException.class, rig::read);
        assertEquals("REPORTS_LOST", inbox.takeOne(ServerMessage.Warning.class).code());
        for (int retry = 0; retry < 3; retry++) {
            assertThrows(IndexOutOfBoundsException.class, rig::read);
            session.on(buy("", 1, 100), clock.get(), id(retry));
            assertEquals(List.of("nack " + retry + " FEED_NOT_READY"), inbox.take());
        }
        assertFalse(rig.desk.ready());
        exchange.checkpointOfAll();
        exchange.publish(exchange.trade(2, 100 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        rig.read();
        assertTrue(rig.desk.ready());
        var lines = inbox.take();
        assertTrue(lines.get(0).contains("REPORTS_LOST"), lines.get(0));
        assertEquals(
                List.of("report 5 order 2 trade partiallyFilled 4/8 @100 maker 1 @100"),
                lines.subList(1, lines.size()));
        session.on(new ClientMessage.Orders(null), clock.get(), id(9));
        assertEquals(List.of("orders 9 [1 ACME 2/7 @100, 2 ACME 4/8 @100]"), inbox.take());
    }

    @Test
    void aClosedSessionIsForgottenAndItsOrdersLiveOn() {
        session.on(buy("", 7, 100), clock.get(), id(1));
        rig.write();
        session.close();
        session.on(buy("", 8, 100), clock.get(), id(2));
        assertEquals(0, session.pendingRequests());
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        assertEquals(List.of(), inbox.take());

        var later = new Inbox();
        rig.desk.open(102, "alice", later).on(new ClientMessage.Orders(null), clock.get(), id(1));
        assertEquals(List.of("orders 1 [1 ACME 0/7 @100]"), later.take());
    }

    @Test
    void aSessionMayCloseWhileItIsSentTo() {
        var other = new Inbox();
        var self = new OrderEntrySession[1];
        self[0] = rig.desk.open(102, "alice", message -> self[0].close());
        rig.desk.open(103, "alice", other);
        placed(buy("", 7, 100));
        assertEquals(List.of("report 1 order 1 new new 0/7 @100"), other.take());
    }

    @Test
    void aNewDeskKnowsTheOpenOrdersAndTellsNobodyOfThePast() {
        placed(buy("c1", 7, 100));
        placed(buy("", 8, 100));
        session.on(cancel(2), clock.get(), id(3));
        rig.write();
        exchange.publish(exchange.cancel(exchange.takeOne(), 2));
        rig.close();

        rig = new GatewayRig(data, clock);
        session = rig.desk.open(201, "alice", inbox);
        inbox.take();
        assertFalse(rig.desk.ready());
        session.on(new ClientMessage.Orders(null), clock.get(), id(1));
        assertEquals(List.of("nack 1 FEED_NOT_READY"), inbox.take());

        assertEquals(2, rig.desk.poll(2));
        assertFalse(rig.desk.ready());
        assertEquals(1, rig.desk.poll(2));
        assertTrue(rig.desk.ready());
        session.on(new ClientMessage.Orders(null), clock.get(), id(3));
        assertEquals(List.of("orders 3 [1 ACME 0/7 @100]"), inbox.take());
        assertTrue(rig.latency.totals().isEmpty());

        session.on(buy("", 9, 100), clock.get(), id(4));
        rig.write();
        var order = exchange.takeOne();
        assertEquals(4, order.seq());
        exchange.publish(exchange.accept(order));
        rig.read();
        assertEquals(List.of("ack 4 order 4 new", "report 4 order 4 new new 0/9 @100"), inbox.take());
    }

    @Test
    void anAnswerThatCameWhileTheGatewayWasDownIsHistory() {
        session.on(buy("", 7, 100), clock.get(), id(1));
        rig.write();
        rig.close();
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig = new GatewayRig(data, clock);
        session = rig.desk.open(201, "alice", inbox);
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(1));
        assertEquals(List.of("orders 1 [1 ACME 0/7 @100]"), inbox.take());
    }

    @Test
    void restatedOrdersAreKnownAndSentToNobody() {
        placed(buy("", 7, 100));
        exchange.publish(exchange.restate(1));
        rig.read();
        session.on(new ClientMessage.Orders(null), clock.get(), id(2));
        assertEquals(List.of("orders 2 [1 ACME 0/7 @100]"), inbox.take());
    }

    @Test
    void aDeskBeginsWithTheNewestRestatement() {
        placed(buy("", 7, 100));
        placed(buy("", 8, 100));
        exchange.publish(exchange.cancel(1, null, Reason.EXCHANGE_RESTART));
        exchange.publish(exchange.restate(2));
        exchange.checkpoint();
        try (var late = rig.newDesk()) {
            assertEquals(1, late.poll(10));
            assertTrue(late.ready());
            var lateSession = late.open(300, "alice", inbox);
            lateSession.on(new ClientMessage.Orders(null), clock.get(), id(3));
            assertEquals(List.of("orders 3 [2 ACME 0/8 @100]"), inbox.take());
        }
    }

    @Test
    void exchangeDown() {
        rig.exchangeUp = false;
        session.on(buy("", 7, 100), clock.get(), id(1));
        session.on(cancel(1), clock.get(), id(2));
        session.on(replace(1, 1, 1), clock.get(), id(3));
        session.on(cancelAll(""), clock.get(), id(4));
        session.on(new ClientMessage.Orders(null), clock.get(), id(5));
        rig.write();
        assertEquals(
                List.of(
                        "nack 1 EXCHANGE_UNAVAILABLE",
                        "nack 2 EXCHANGE_UNAVAILABLE",
                        "nack 3 EXCHANGE_UNAVAILABLE",
                        "nack 4 EXCHANGE_UNAVAILABLE",
                        "orders 5 []"),
                inbox.take());
        assertEquals(List.of(), exchange.take());
    }

    @Test
    void theOutcomeOfWhatWasWrittenBeforeTheExchangeStoppedIsUnknownAndReportedWhenItRunsAgain() {
        placed(buy("c0", 1, 100));
        session.on(buy("c1", 7, 100), clock.get(), id(1));
        session.on(cancel(1), clock.get(), id(2));
        session.on(cancelAll(""), clock.get(), id(3));
        rig.write();
        rig.exchangeUp = false;
        exchange.close();
        rig.read();
        assertEquals(
                List.of("error 1 OUTCOME_UNKNOWN", "error 2 OUTCOME_UNKNOWN", "error 3 OUTCOME_UNKNOWN"), inbox.take());
        assertEquals(0, session.pendingRequests());

        exchange = openExchange(1);
        rig.exchangeUp = true;
        exchange.publish(exchange.accept(exchange.take().get(1)));
        rig.read();
        assertEquals(List.of("report 1 order 2 new new 0/7 @100"), inbox.take());
    }

    @Test
    void anAnswerThatTheExchangeGaveBeforeItStoppedIsToldAndKnown() {
        session.on(buy("", 7, 100), clock.get(), id(1));
        session.on(buy("", 8, 100), clock.get(), id(2));
        rig.write();
        var requests = exchange.take();
        exchange.publish(exchange.accept(requests.get(0)));
        exchange.close();
        rig.exchangeUp = false;
        rig.read();
        assertEquals(
                List.of("ack 1 order 1 new", "report 1 order 1 new new 0/7 @100", "error 2 OUTCOME_UNKNOWN"),
                inbox.take());
    }

    @Test
    void whatNeedsNoExchangeIsAnsweredWithoutOne() {
        session.on(toCheck(buy("c1", 1, 100)), clock.get(), id(1));
        rig.exchangeUp = false;
        rig.desk.poll(10);
        assertEquals(List.of(), inbox.take());
        rig.write();
        rig.read();
        assertEquals(true, inbox.takeOne(ServerMessage.Ack.class).validated());
    }

    @Test
    void aSessionMayHaveSoManyUnansweredRequests() {
        for (int i = 1; i <= 6; i++) {
            session.on(cancel(i), clock.get(), id(i));
        }
        assertEquals(List.of("nack 6 ORDERS_BACKED_UP"), inbox.take());
        rig.write();
        exchange.publish(exchange.rejectCancel(exchange.take().get(0), Reason.UNKNOWN_ORDER));
        rig.read();
        session.on(cancel(7), clock.get(), id(7));
        assertEquals(List.of("nack 1 UNKNOWN_ORDER"), inbox.take());
    }

    @Test
    void aFullRingIsAnsweredAtOnce() {
        rig.close();
        rig = new GatewayRig(data, clock, 1024, 0, new OrderLimits(100, 100));
        session = rig.desk.open(201, "alice", inbox);
        int offered = 0;
        while (inbox.take().isEmpty()) {
            session.on(buy("", 1, 100), clock.get(), id(++offered));
        }
        session.on(buy("", 1, 100), clock.get(), id("full"));
        assertEquals(List.of("nack \"full\" ORDERS_BACKED_UP"), inbox.take());
        assertEquals(offered - 1, session.pendingRequests());

        rig.write();
        session.on(buy("", 1, 100), clock.get(), id("room"));
        rig.write();
        assertEquals(List.of(), inbox.take());
        assertEquals(offered, exchange.take().size());
    }

    @Test
    void whatTheDiskDoesNotTakeIsRefusedAndNotKept() {
        placed(buy("", 1, 100));
        placed(buy("", 2, 100));
        rig.close();
        rig = new GatewayRig(data, clock, GatewayRig.RING_BYTES, Long.MAX_VALUE, GatewayRig.LIMITS);
        session = rig.desk.open(201, "alice", inbox);
        rig.read();
        session.on(buy("", 7, 100), clock.get(), id(1));
        session.on(cancelAll(""), clock.get(), id("all"));
        assertEquals(List.of(), inbox.take());
        rig.write();
        rig.read();
        assertEquals(List.of("nack 1 ORDERS_BACKED_UP", "nack \"all\" ORDERS_BACKED_UP"), inbox.take());
        assertEquals(0, session.pendingRequests());
        assertEquals(List.of(), exchange.take());
        assertTrue(rig.writer.acceptsOrders());
    }

    @Test
    void stagesOfAnAnsweredOrder() {
        long received = clock.getAndAdd(1_000);
        session.on(buy("", 7, 100), received, id(1));
        rig.write();
        clock.addAndGet(20_000);
        exchange.publish(exchange.accept(exchange.takeOne()));
        clock.addAndGet(300_000);
        rig.read();
        exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        rig.read();
        assertRecordedOnce(Stage.ORDER_RECEIVED_WRITTEN.tag(), 1_000);
        assertRecordedOnce(Stage.ORDER_WRITTEN_MATCHED.tag(), 20_000);
        assertRecordedOnce(Stage.ORDER_MATCHED_REPORTED.tag(), 0);
        assertRecordedOnce(Stage.ORDER_REPORTED_READ.tag(), 300_000);
        assertRecordedOnce(Stage.ORDER_READ_SENT.tag(), 0);
        assertRecordedOnce(Stage.ORDER_RECEIVED_SENT.tag(), 321_000);
        assertRecordedOnce("order.received-written@alice", 1_000);
        assertRecordedOnce("order.reported-read@alice", 300_000);
        assertRecordedOnce("order.received-sent@alice", 321_000);
    }

    @Test
    void wrongSessions() {
        assertThrows(IllegalArgumentException.class, () -> rig.desk.open(101, "bob", inbox));
        assertThrows(IllegalArgumentException.class, () -> rig.desk.open(0, "bob", inbox));
        assertThrows(IllegalArgumentException.class, () -> rig.desk.open(102, "", inbox));
        assertThrows(IllegalArgumentException.class, () -> rig.desk.open(102, "x".repeat(33), inbox));
    }

    /** Places an order that the exchange accepts. */
    private static ClientMessage.PlaceOrder toCheck(ClientMessage.PlaceOrder order) {
        return new ClientMessage.PlaceOrder(
                order.id(),
                order.clientOrderId(),
                order.symbol(),
                order.side(),
                order.orderType(),
                order.timeInForce(),
                order.postOnly(),
                order.price(),
                order.quantity(),
                order.validity(),
                null,
                true);
    }

    private void placed(ClientMessage.PlaceOrder order) {
        session.on(order, clock.get(), id(1));
        rig.write();
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        inbox.take();
    }

    private void assertRecordedOnce(String tag, long nanos) {
        var histogram = rig.latency.totals().get(tag);
        assertEquals(1, histogram.getTotalCount(), tag);
        assertTrue(histogram.valuesAreEquivalent(nanos, histogram.getMaxValue()), tag);
    }
}
