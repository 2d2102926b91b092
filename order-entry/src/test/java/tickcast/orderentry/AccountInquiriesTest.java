package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.orderentry.GatewayRig.buy;
import static tickcast.orderentry.GatewayRig.id;
import static tickcast.orderentry.GatewayRig.place;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.orderentry.archive.ExecutionsReplay;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;

class AccountInquiriesTest extends SteppedDesk {
    private static final long FROM_NOW = ClientMessage.ResumeExecutions.FROM_NOW;
    private static final int MANY_CYCLES = 100;
    private static final int DAY = 20_000;

    @BeforeEach
    void open() {
        rig = new GatewayRig(data, clock, GatewayRig.RING_BYTES, 0, new OrderLimits(10_000, 20_000));
        exchange = openExchange(MANY_CYCLES);
        session = rig.desk.open(101, "alice", inbox);
    }

    @Test
    void openOrdersInPages() {
        for (int i = 1; i <= 5; i++) {
            placed(i % 2 == 0 ? coin() : buy("", i, 100));
        }
        inbox.take();
        ask(new ClientMessage.Orders(null, "", 2, 0));
        ask(new ClientMessage.Orders(null, "", 2, 2));
        ask(new ClientMessage.Orders(null, "", 2, 4));
        ask(new ClientMessage.Orders(null, "COIN", 2, 0));
        ask(new ClientMessage.Orders(null, "NONE", 2, 0));
        assertEquals(
                List.of(
                        "orders 9 [1 ACME 0/1 @100, 2 COIN 0/1 @1] after 2",
                        "orders 9 [3 ACME 0/3 @100, 4 COIN 0/1 @1] after 4",
                        "orders 9 [5 ACME 0/5 @100]",
                        "orders 9 [2 COIN 0/1 @1, 4 COIN 0/1 @1]",
                        "nack 9 UNKNOWN_SYMBOL"),
                inbox.take());
    }

    @Test
    void anOrderWithItsHistoryWhateverBecameOfIt() {
        placed(buy("mine", 7, 100));
        placed(buy("other", 1, 100));
        exchange.publish(
                exchange.trade(1, 100 * Decimal8.ONE, 2 * Decimal8.ONE, BooleanType.FALSE),
                exchange.trade(1, 99 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        exchange.publish(exchange.trade(2, 99 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        exchange.publish(exchange.cancel(1, null, Reason.EXCHANGE_RESTART));
        rig.read();
        inbox.take();
        ask(new ClientMessage.FindOrder(null, 1, ""));
        ask(new ClientMessage.FindOrder(null, 0, "mine"));
        ask(new ClientMessage.FindOrder(null, 0, "other"));
        assertEquals(
                List.of(
                        "order 9 1 canceled [1 new, 3 trade, 4 trade, 6 canceled]",
                        "order 9 1 canceled [1 new, 3 trade, 4 trade, 6 canceled]",
                        "order 9 2 filled [2 new, 5 trade]"),
                inbox.take());
        ask(new ClientMessage.FindOrder(null, 1, ""));
        var found = inbox.takeOne(ServerMessage.OrderHistory.class);
        assertEquals("mine", found.order().clientOrderId());
        assertEquals(new BigDecimal("3"), found.history().get(2).cumulativeQuantity());
        assertEquals("exchangeRestart", found.history().get(3).reason());
        assertEquals("101", found.history().get(0).placedBy());
    }

    @Test
    void theOrdersOfOthersAreUnknown() {
        exchange.beginDay(DAY);
        placed(buy("mine", 7, 100));
        inbox.take();
        var other = rig.desk.open(102, "bob", inbox);
        other.on(new ClientMessage.FindOrder(null, 1, ""), clock.get(), id(1));
        other.on(new ClientMessage.FindOrder(null, 0, "mine"), clock.get(), id(2));
        other.on(new ClientMessage.FindOrder(null, 7, ""), clock.get(), id(3));
        rig.askArchive();
        assertEquals(List.of("nack 1 UNKNOWN_ORDER", "nack 2 UNKNOWN_ORDER", "nack 3 UNKNOWN_ORDER"), inbox.take());
    }

    @Test
    void theOutcomeOfARequestThatIsOnItsWayIsWaitedFor() {
        session.on(buy("mine", 7, 100), clock.get(), id(1));
        session.close();
        session = rig.desk.open(102, "alice", inbox);
        ask(new ClientMessage.FindOrder(null, 0, "mine"));
        rig.write();
        rig.askArchive();
        assertEquals(List.of(), inbox.take());
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        rig.askArchive();
        assertEquals(List.of("report 1 order 1 new new 0/7 @100", "order 9 1 new [1 new]"), inbox.take());
    }

    @Test
    void theOutcomeOfARequestThatTheExchangeDoesNotTakeStaysOpen() {
        session.on(buy("mine", 7, 100), clock.get(), id(1));
        rig.write();
        ask(new ClientMessage.FindOrder(null, 0, "mine"));
        ask(new ClientMessage.FindOrder(null, 1, ""));
        ask(new ClientMessage.FindOrder(null, 2, ""));
        assertEquals(List.of("nack 9 UNKNOWN_ORDER"), inbox.take());
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
        rig.askArchive();
        assertEquals(List.of("nack 9 OUTCOME_PENDING", "nack 9 OUTCOME_PENDING"), inbox.take());
    }

    @Test
    void whatMayBeTooOldIsNotCalledUnknown() {
        exchange.beginDay(DAY);
        for (int i = 1; i <= GatewayRig.ARCHIVED_ORDERS + 2; i++) {
            session.on(buy("c" + i, 7, 100), clock.get(), id(i));
            rig.write();
            var request = exchange.takeOne();
            exchange.publish(exchange.accept(request));
            if (i > 1) {
                exchange.publish(exchange.cancel(i, null, Reason.CLIENT_REQUEST));
            }
        }
        rig.read();
        inbox.take();
        ask(new ClientMessage.FindOrder(null, 1, ""));
        ask(new ClientMessage.FindOrder(null, 2, ""));
        ask(new ClientMessage.FindOrder(null, 0, "c2"));
        ask(new ClientMessage.FindOrder(null, 0, "never"));
        ask(new ClientMessage.FindOrder(null, 0, "c4"));
        assertEquals(
                List.of(
                        "order 9 1 new [1 new]",
                        "nack 9 HISTORY_NOT_KEPT",
                        "nack 9 HISTORY_NOT_KEPT",
                        "nack 9 HISTORY_NOT_KEPT",
                        "order 9 4 canceled [6 new, 7 canceled]"),
                inbox.take());
    }

    @Test
    void everyClientOrderIdThatTheExchangeRemembersCanBeAskedFor() {
        exchange.beginDay(DAY);
        placed(buy("longOpen", 7, 100));
        int most = GatewayRig.ARCHIVED_ORDERS;
        for (int i = 1; i < most; i++) {
            placedAndCancelled(buy("yesterday" + i, 7, 100));
        }
        exchange.beginDay(DAY + 1);
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        for (int i = 1; i < most; i++) {
            placedAndCancelled(buy("c" + i, 7, 100));
            placedAndCancelled(buy("", 7, 100));
            placedAndCancelled(buy("", 7, 100));
            refused(buy("beyond" + i, 7, 100));
        }
        rig.read();
        inbox.take();
        for (String name : List.of("longOpen", "c1", "c" + (most - 1))) {
            session.on(new ClientMessage.FindOrder(null, 0, name), clock.get(), id(name));
        }
        ask(new ClientMessage.FindOrder(null, 0, "never"));
        ask(new ClientMessage.FindOrder(null, 0, "beyond1"));
        ask(new ClientMessage.FindOrder(null, most + 2, ""));
        var lines = inbox.take();
        assertTrue(lines.get(0).startsWith("order \"longOpen\" 1 canceled"), lines.get(0));
        assertTrue(lines.get(1).startsWith("order \"c1\" " + (most + 1) + " canceled"), lines.get(1));
        assertTrue(lines.get(2).startsWith("order \"c" + (most - 1) + "\" "), lines.get(2));
        assertEquals(
                List.of("nack 9 UNKNOWN_ORDER", "nack 9 UNKNOWN_ORDER", "nack 9 HISTORY_NOT_KEPT"),
                lines.subList(3, lines.size()));
    }

    @Test
    void aNameMeansAnOrderOfTheTradingDay() {
        exchange.beginDay(DAY);
        placedAndCancelled(buy("again", 7, 100));
        placed(buy("open", 7, 100));
        exchange.beginDay(DAY + 1);
        rig.read();
        inbox.take();
        ask(new ClientMessage.FindOrder(null, 0, "again"));
        ask(new ClientMessage.FindOrder(null, 0, "open"));
        ask(new ClientMessage.FindOrder(null, 1, ""));
        assertEquals(
                List.of("nack 9 UNKNOWN_ORDER", "order 9 2 new [3 new]", "order 9 1 canceled [1 new, 2 canceled]"),
                inbox.take());
        refused(buy("again", 7, 100));
        inbox.take();
        ask(new ClientMessage.FindOrder(null, 0, "again"));
        assertEquals(List.of("order 9 3 rejected [4 rejected]"), inbox.take());
    }

    private void placedAndCancelled(ClientMessage.PlaceOrder order) {
        exchange.publish(exchange.cancel(placed(order), null, Reason.CLIENT_REQUEST));
    }

    private void refused(ClientMessage.PlaceOrder order) {
        session.on(order, clock.get(), id(1));
        rig.write();
        exchange.publish(exchange.reject(exchange.takeOne(), Reason.CLIENT_ORDER_ID_LIMIT));
        rig.read();
    }

    @Test
    void whatWasForgottenOfAnAccountIsTooOldAndNotTooFar() {
        placed(buy("", 1, 100));
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        for (int i = 1; i <= GatewayRig.ARCHIVED_ACCOUNTS; i++) {
            rig.desk.open(1_000 + i, "other" + i, new Inbox()).on(buy("", 1, 100), clock.get(), id(1));
            rig.write();
            exchange.publish(exchange.accept(exchange.takeOne()));
        }
        rig.read();
        inbox.take();
        ask(new ClientMessage.ResumeExecutions(null, 1));
        ask(new ClientMessage.ResumeExecutions(null, 0));
        assertEquals(List.of("resumed 9 TOO_OLD 0 up to 0", "resumed 9 TOO_OLD 0 up to 0"), inbox.take());
        exchange.publish(exchange.trade(2, 100 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
        rig.read();
        var other = new Inbox();
        rig.desk.open(2_000, "other1", other).on(new ClientMessage.ResumeExecutions(null, 1), clock.get(), id(9));
        rig.askArchive();
        assertEquals(
                List.of("resumed 9 RESUMED 1 up to 2", "report 2 order 2 trade filled 1/1 @100 maker 1 @100"),
                other.take());
    }

    @Test
    void aGatewayThatStartsKnowsTheWholeDay() {
        placed(buy("yesterday", 1, 100));
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        exchange.beginDay(DAY);
        placed(buy("early", 2, 100));
        exchange.publish(exchange.cancel(2, null, Reason.CLIENT_REQUEST));
        placed(buy("open", 3, 100));
        exchange.checkpointOfAll();
        rig.close();
        rig = new GatewayRig(data, clock);
        session = rig.desk.open(201, "alice", inbox);
        rig.read();
        inbox.take();
        ask(new ClientMessage.FindOrder(null, 0, "early"));
        ask(new ClientMessage.FindOrder(null, 0, "open"));
        ask(new ClientMessage.FindOrder(null, 0, "never"));
        ask(new ClientMessage.FindOrder(null, 1, ""));
        ask(new ClientMessage.ResumeExecutions(null, 1));
        assertEquals(
                List.of(
                        "order 9 2 canceled [3 new, 4 canceled]",
                        "order 9 3 new [5 new]",
                        "nack 9 UNKNOWN_ORDER",
                        "nack 9 HISTORY_NOT_KEPT",
                        "resumed 9 RESUMED 4 up to 5",
                        "report 2 order 1 canceled canceled 1/1 @100 clientRequest",
                        "report 3 order 2 new new 0/2 @100",
                        "report 4 order 2 canceled canceled 2/2 @100 clientRequest",
                        "report 5 order 3 new new 0/3 @100"),
                inbox.take());
    }

    @Test
    void whatWasMissedComesOnceAndBeforeWhatIsLive() {
        placed(buy("", 1, 100));
        placed(buy("", 2, 100));
        inbox.take();
        session.close();
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        rig.read();
        session = rig.desk.open(102, "alice", inbox);
        session.on(new ClientMessage.ResumeExecutions(null, 1), clock.get(), id(1));
        exchange.publish(exchange.cancel(2, null, Reason.CLIENT_REQUEST));
        rig.read();
        assertEquals(List.of(), inbox.take());
        rig.askArchive();
        assertEquals(
                List.of(
                        "resumed 1 RESUMED 2 up to 3",
                        "report 2 order 2 new new 0/2 @100",
                        "report 3 order 1 canceled canceled 1/1 @100 clientRequest",
                        "report 4 order 2 canceled canceled 2/2 @100 clientRequest"),
                inbox.take());
    }

    @Test
    void whatWasSentLiveIsNotSentAgain() {
        placed(buy("", 1, 100));
        inbox.take();
        session = rig.desk.open(102, "alice", new Inbox());
        var late = new Inbox();
        session = rig.desk.open(103, "alice", late);
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        rig.read();
        session.on(new ClientMessage.ResumeExecutions(null, 0), clock.get(), id(1));
        rig.askArchive();
        session.on(new ClientMessage.ResumeExecutions(null, 2), clock.get(), id(2));
        rig.askArchive();
        assertEquals(
                List.of(
                        "report 2 order 1 canceled canceled 1/1 @100 clientRequest",
                        "resumed 1 RESUMED 1 up to 1",
                        "report 1 order 1 new new 0/1 @100",
                        "resumed 2 RESUMED 0 up to 2"),
                late.take());
    }

    @Test
    void whatADeskThatLagsHasNotReadIsNotSentToWhoHasIt() {
        var lagging = rig.newDesk();
        placed(buy("", 1, 100));
        placed(buy("", 2, 100));
        session.close();
        var there = new Inbox();
        session = lagging.open(102, "alice", there);
        ask(new ClientMessage.ResumeExecutions(null, 2));
        lagging.poll(0);
        assertEquals(List.of("resumed 9 RESUMED 0 up to 2"), there.take());
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        lagging.poll(10);
        lagging.close();
        assertEquals(List.of("report 3 order 1 canceled canceled 1/1 @100 clientRequest"), there.take());
    }

    @Test
    void anArchiveThatLagsDoesNotSayTooFar() {
        var lagging = rig.newDesk();
        int count = 2 * ExecutionsReplay.REPORTS_AT_ONCE;
        for (int i = 0; i < count; i++) {
            placed(buy("", 1, 100));
        }
        session.close();
        var there = new Inbox();
        session = lagging.open(102, "alice", there);
        ask(new ClientMessage.ResumeExecutions(null, count));
        lagging.poll(0);
        ask(new ClientMessage.ResumeExecutions(null, count + 1));
        lagging.poll(0);
        lagging.close();
        assertEquals(List.of("resumed 9 RESUMED 0 up to " + count, "resumed 9 TOO_FAR 0 up to 0"), there.take());
    }

    @Test
    void fromNowOnTellsTheNewestNumber() {
        placed(buy("", 1, 100));
        inbox.take();
        session = rig.desk.open(102, "alice", inbox);
        ask(new ClientMessage.ResumeExecutions(null, FROM_NOW));
        var other = rig.desk.open(103, "bob", inbox);
        other.on(new ClientMessage.ResumeExecutions(null, FROM_NOW), clock.get(), id(8));
        rig.askArchive();
        assertEquals(List.of("resumed 9 RESUMED 0 up to 1", "resumed 8 RESUMED 0 up to 0"), inbox.take());
    }

    @Test
    void aNumberThatTheAccountDoesNotHaveIsTooFar() {
        placed(buy("", 1, 100));
        session = rig.desk.open(102, "alice", inbox);
        inbox.take();
        ask(new ClientMessage.ResumeExecutions(null, 2));
        ask(new ClientMessage.ResumeExecutions(null, 1));
        assertEquals(List.of("resumed 9 TOO_FAR 0 up to 1", "resumed 9 RESUMED 0 up to 1"), inbox.take());
    }

    @Test
    void deletedReportsAreTooOld() {
        exchange.close();
        exchange = openExchange(1);
        placed(buy("", 1, 100));
        placed(buy("", 2, 100));
        rig.close();
        for (int cycle = 0; cycle < 4; cycle++) {
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            exchange.checkpointOfAll();
        }
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        rig = new GatewayRig(data, clock);
        rig.read();
        session = rig.desk.open(201, "alice", inbox);
        inbox.take();
        ask(new ClientMessage.ResumeExecutions(null, 1));
        ask(new ClientMessage.ResumeExecutions(null, 2));
        ask(new ClientMessage.FindOrder(null, 1, ""));
        ask(new ClientMessage.FindOrder(null, 2, ""));
        assertEquals(
                List.of(
                        "resumed 9 TOO_OLD 0 up to 3",
                        "resumed 9 RESUMED 1 up to 3",
                        "report 3 order 1 canceled canceled 1/1 @100 clientRequest",
                        "order 9 1 canceled [3 canceled] truncated",
                        "nack 9 HISTORY_NOT_KEPT"),
                inbox.take());
    }

    @Test
    void manyReportsComeInPieces() {
        int count = 3 * ExecutionsReplay.REPORTS_AT_ONCE + 10;
        for (int i = 0; i < count; i++) {
            placed(buy("", 1, 100));
        }
        var pieces = new ArrayList<Runnable>();
        var received = new ArrayList<Long>();
        session = rig.desk.open(102, "alice", new OrderReplies() {
            @Override
            public void send(ServerMessage message) {
                if (message instanceof ServerMessage.ExecutionReport report) {
                    received.add(report.accountSeq());
                }
            }

            @Override
            public void whenWritten(Runnable action) {
                pieces.add(action);
            }
        });
        ask(new ClientMessage.ResumeExecutions(null, 5));
        assertEquals(ExecutionsReplay.REPORTS_AT_ONCE, received.size());
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        rig.read();
        while (!pieces.isEmpty()) {
            pieces.remove(0).run();
            rig.askArchive();
        }
        assertEquals(LongStream.rangeClosed(6, count + 1).boxed().toList(), received);
    }

    @Test
    void moreLiveReportsThanCanWaitAreReadLater() {
        placed(buy("", 1, 100));
        var received = new Inbox();
        var late = rig.desk.open(102, "alice", received);
        late.on(new ClientMessage.ResumeExecutions(null, 0), clock.get(), id(1));
        for (int i = 0; i < 2_500; i++) {
            placed(buy("", 1, 100));
        }
        rig.askArchive();
        var lines = received.take();
        assertEquals("resumed 1 RESUMED 1 up to 1", lines.get(0));
        assertEquals(
                LongStream.rangeClosed(1, 2_501)
                        .mapToObj(seq -> "report " + seq + " order " + seq + " new new 0/1 @100")
                        .toList(),
                lines.subList(1, lines.size()));
    }

    @Test
    void oneResumeAtATimeAndFewQuestions() {
        session.on(new ClientMessage.ResumeExecutions(null, 0), clock.get(), id(1));
        session.on(new ClientMessage.ResumeExecutions(null, 0), clock.get(), id(2));
        for (int i = 3; i < 11; i++) {
            session.on(new ClientMessage.FindOrder(null, 5, ""), clock.get(), id(i));
        }
        assertEquals(List.of("nack 2 HISTORY_BUSY", "nack 10 HISTORY_BUSY"), inbox.take());
        rig.askArchive();
        assertEquals(8, inbox.take().size());
        ask(new ClientMessage.ResumeExecutions(null, 0));
        assertEquals(List.of("resumed 9 RESUMED 0 up to 0"), inbox.take());
    }

    @Test
    void withoutDropCopyASessionHearsOfItsOwnOrders() {
        var otherInbox = new Inbox();
        var other = rig.desk.open(102, "alice", otherInbox);
        other.on(new ClientMessage.DropCopy(null, false), clock.get(), id(1));
        placed(buy("", 1, 100));
        other.on(buy("", 2, 100), clock.get(), id(2));
        rig.write();
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        other.on(new ClientMessage.DropCopy(null, true), clock.get(), id(3));
        exchange.publish(exchange.cancel(1, null, Reason.CLIENT_REQUEST));
        rig.read();
        assertEquals(
                List.of(
                        "ack 1 order null null",
                        "ack 2 order 2 new",
                        "report 2 order 2 new new 0/2 @100",
                        "ack 3 order null null",
                        "report 3 order 1 canceled canceled 1/1 @100 clientRequest"),
                otherInbox.take());
    }

    @Test
    void positionsAndAccountContainEveryFill() {
        exchange.beginDay(DAY);
        placed(buy("", 7, 100));
        placed(place("", "ACME", Side.SELL, 3 * Decimal8.ONE, 110 * Decimal8.ONE));
        placed(coin());
        ask(new ClientMessage.ListPositions(null));
        assertEquals(List.of(), last(ServerMessage.PositionList.class).positions());
        exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, 4 * Decimal8.ONE, BooleanType.FALSE));
        exchange.publish(exchange.trade(2, 110 * Decimal8.ONE, Decimal8.ONE, BooleanType.TRUE));
        rig.read();
        ask(new ClientMessage.ListPositions(null));
        var unmarked = last(ServerMessage.PositionList.class).positions().get(0);
        assertNull(unmarked.markPrice());
        assertNull(unmarked.unrealisedProfit());
        rig.markPrice = Decimal8.parse("99.5");
        var held = new ServerMessage.HeldPosition(
                "ACME",
                new BigDecimal("3"),
                new BigDecimal("100"),
                new BigDecimal("10"),
                new BigDecimal("99.5"),
                new BigDecimal("-1.5"));
        ask(new ClientMessage.ListPositions(null));
        var positions = last(ServerMessage.PositionList.class);
        assertEquals(5, positions.accountSeq());
        assertEquals(List.of(held), positions.positions());
        ask(new ClientMessage.ShowAccount(null));
        var expected = new ServerMessage.AccountState(
                id(9),
                "alice",
                5,
                3,
                List.of(held),
                new BigDecimal("10"),
                new BigDecimal("-1.5"),
                LocalDate.ofEpochDay(DAY).toString(),
                TimeUnit.NANOSECONDS.toMillis((DAY + 1) * TestExchange.DAY_NANOS),
                null);
        assertEquals(expected, last(ServerMessage.AccountState.class));

        exchange.checkpointOfAll();
        rig.close();
        rig = new GatewayRig(data, clock);
        rig.markPrice = Decimal8.parse("99.5");
        session = rig.desk.open(201, "alice", inbox);
        ask(new ClientMessage.ShowAccount(null));
        assertEquals(List.of("nack 9 FEED_NOT_READY"), inbox.take());
        rig.read();
        ask(new ClientMessage.ShowAccount(null));
        assertEquals(expected, last(ServerMessage.AccountState.class));
    }

    @Test
    void anAccountThatNeverTraded() {
        rig.read();
        ask(new ClientMessage.ShowAccount(null));
        var state = last(ServerMessage.AccountState.class);
        assertEquals(0, state.accountSeq());
        assertEquals(BigDecimal.ZERO, state.realisedProfit());
        assertNull(state.tradingDay());
        assertTrue(state.positions().isEmpty());
    }

    private static ClientMessage.PlaceOrder coin() {
        return place("", "COIN", Side.BUY, Decimal8.ONE, Decimal8.ONE);
    }

    /** Asks with the id 9 and lets the archive answer. */
    private void ask(ClientMessage.AccountMessage message) {
        session.on(message, clock.get(), id(9));
        rig.askArchive();
    }

    private <M extends ServerMessage> M last(Class<M> type) {
        return inbox.takeLast(type);
    }

    /** Returns its id. */
    private long placed(ClientMessage.PlaceOrder order) {
        session.on(order, clock.get(), id(1));
        rig.write();
        var request = exchange.takeOne();
        exchange.publish(exchange.accept(request));
        rig.read();
        return request.seq();
    }
}
