package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.orderentry.GatewayRig.buy;
import static tickcast.orderentry.GatewayRig.cancel;
import static tickcast.orderentry.GatewayRig.cancelAll;
import static tickcast.orderentry.GatewayRig.id;
import static tickcast.orderentry.GatewayRig.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

@Timeout(60)
class OrderGuardTest extends SteppedDesk {
    private static final OrderLimits MANY = new OrderLimits(1_000, 1_000);
    private static final ClientMessage.Validity LATE = new ClientMessage.Validity(START_NANOS - 5_000_001, 5);

    private RiskSettings risk;

    @BeforeEach
    void open() throws IOException {
        risk = RiskSettings.of(data).withLimits(data.resolve("limits.conf")).withUnanswered(4, Duration.ofSeconds(1));
        limits("defaults { max-position = 10, max-quantity = 100, self-trade-prevention = cancel-oldest }");
        exchange = new TestExchange(
                data.resolve("orders"),
                JournalWriter.open(
                        JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0)),
                clock::get);
        start();
    }

    @Test
    void aRefusalNamesLimitValueAndUse() {
        place(buy("", 7, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        inbox.take();
        session.on(buy("c2", 4, 100), clock.get(), id(2));
        step();
        var nack = inbox.takeOne(ServerMessage.Nack.class);
        assertEquals("MAX_POSITION", nack.code());
        assertEquals("c2", nack.clientOrderId());
        assertEquals("max-position", nack.breach().limit());
        assertEquals(
                List.of("10", "11", "7"),
                List.of(
                        nack.breach().allowed().toPlainString(),
                        nack.breach().value().toPlainString(),
                        nack.breach().used().toPlainString()));
        assertEquals(List.of(), exchange.take());
        session.on(replace(1, 11, 100), clock.get(), id(3));
        step();
        assertEquals("MAX_POSITION", inbox.takeOne(ServerMessage.Nack.class).code());
        session.on(replace(1, 10, 100), clock.get(), id(4));
        step();
        assertEquals("replace", exchange.takeOne().kind());
    }

    @Test
    void anOperatorIsToldWhenOrdersHaveFailed() {
        var before = rig.control.halt(HaltTarget.account("alice"), true);
        rig.writer.newLane().tell(7, 1, (absences, nowNanos) -> {
            throw new IllegalStateException("as the test wants it");
        });
        rig.writer.doWork();
        assertEquals(1, before.join());
        var after = rig.control.halt(HaltTarget.account("bob"), true);
        rig.writer.doWork();
        assertTrue(after.isCompletedExceptionally(), "nobody may wait for ever");
        assertEquals(List.of("alice", "bob"), rig.control.status().haltedAccounts());
    }

    @Test
    void whatWasCancelledIsFreeAtOnce() {
        for (int i = 0; i < 20; i++) {
            place(buy("", 10, 100));
            var order = exchange.takeOne();
            exchange.publish(exchange.accept(order));
            exchange.publish(exchange.cancel(order.seq(), null, Reason.DAY_ENDED));
        }
    }

    @Test
    void whatIsOpenAndHeldIsKnownAfterARestart() {
        place(buy("", 4, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, 3 * Decimal8.ONE, BooleanType.FALSE));
        place(buy("", 5, 100)); // the exchange has not taken it
        restart();
        refused("MAX_POSITION", buy("", 2, 100));
        place(buy("", 1, 100));
        assertEquals(2, exchange.take().size());
    }

    @Test
    void aRepeatThatTheLimitsRefuseIsSentAndOpensNothing() throws IOException {
        place(buy("c1", 8, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        limits("defaults { max-quantity = 5 }");
        rig.control.reload();
        for (int run = 0; run < 2; run++) {
            place(buy("c1", 8, 100));
            var request = exchange.takeOne();
            assertEquals(1, newOrders().get(run + 1).validUntil());
            exchange.publish(exchange.repeat(request, 1, Reason.NONE));
            refused("MAX_QUANTITY", buy("c2", 8, 100));
            restart();
        }
    }

    @Test
    void whatComesTooLateIsNotSentUnlessItIsARepeat() {
        refused("TOO_LATE", buy("c1", 1, 100).withValidity(LATE));
        session.on(buy("c1", 1, 100).withValidity(LATE), START_NANOS, id(1));
        step();
        assertEquals("timestamp", inbox.takeOne(ServerMessage.Nack.class).field());
        assertEquals(List.of(), exchange.take());
        place(buy("c1", 1, 100)); // the name was not used up
        exchange.publish(exchange.accept(exchange.takeOne()));
        for (int run = 0; run < 2; run++) {
            place(buy("c1", 1, 100).withValidity(LATE));
            var request = exchange.takeOne();
            assertEquals(1, newOrders().get(run + 1).validUntil());
            exchange.publish(exchange.repeat(request, 1, Reason.NONE));
            rig.read();
            assertEquals(List.of("ack 1 order 1 new duplicate"), inbox.take());
            refused("TOO_LATE", buy("c2", 1, 100).withValidity(LATE));
            restart();
        }
    }

    @Test
    void aNameThatTheExchangeHadNoRoomForIsFree() {
        place(buy("c1", 1, 100));
        exchange.publish(exchange.reject(exchange.takeOne(), Reason.CLIENT_ORDER_ID_LIMIT));
        refused("TOO_LATE", buy("c1", 1, 100).withValidity(LATE));
        restart();
        refused("TOO_LATE", buy("c1", 1, 100).withValidity(LATE));
    }

    @Test
    void aRepeatPassesTheLimitOfOpenOrders() {
        rig.close();
        rig = new GatewayRig(data, clock, new OrderLimits(2, 5), risk);
        session = rig.desk.open(101, "alice", inbox);
        for (int i = 1; i <= 3; i++) {
            place(buy("c" + i, 1, 100));
            exchange.publish(exchange.accept(exchange.takeOne()));
            if (i == 1) {
                exchange.publish(exchange.trade(1, 100 * Decimal8.ONE, Decimal8.ONE, BooleanType.FALSE));
            }
        }
        refused("TOO_MANY_OPEN_ORDERS", buy("c4", 1, 100));
        for (int i = 1; i <= 3; i++) {
            place(buy("c" + i, 1, 100));
            assertEquals("c" + i, exchange.takeOne().clientOrderId());
        }
    }

    @Test
    void theModeOfSelfTradePreventionIsStamped() throws IOException {
        place(buy("", 1, 100));
        place(choosing(SelfTradePrevention.CANCEL_BOTH));
        refused("SELF_TRADE_PREVENTION", choosing(SelfTradePrevention.NONE));
        limits("");
        rig.control.reload();
        place(buy("", 1, 100));
        place(choosing(SelfTradePrevention.NONE));
        assertEquals(
                List.of(
                        SelfTradePrevention.CANCEL_OLDEST,
                        SelfTradePrevention.CANCEL_BOTH,
                        SelfTradePrevention.CANCEL_NEWEST,
                        SelfTradePrevention.NONE),
                newOrders().stream().map(Written::selfTradePrevention).toList());
    }

    @Test
    void onlyChecked() {
        session.on(checking(4), clock.get(), id(1));
        step();
        assertTrue(inbox.takeOne(ServerMessage.Ack.class).validated());
        session.on(checking(11), clock.get(), id(2));
        step();
        assertEquals("MAX_POSITION", inbox.takeOne(ServerMessage.Nack.class).code());
        place(buy("", 10, 100));
        assertEquals(1, exchange.take().size());
    }

    @Test
    void anOrderThatIsOnlyCheckedIsToldWhatTheRepeatedOneWas() throws IOException {
        place(buy("c1", 4, 100));
        check(checking("c1", 4));
        rig.askArchive();
        assertEquals(List.of(), inbox.take());
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        rig.askArchive();
        assertEquals(List.of("nack 1 OUTCOME_PENDING"), inbox.take());
        exchange.publish(exchange.accept(exchange.takeOne()));
        rig.read();
        inbox.take();
        limits("defaults { max-quantity = 3 }");
        rig.control.reload();
        for (var message :
                List.of(checking("c1", 4), checking("c1", 1), checking("c1", 1).withValidity(LATE))) {
            check(message);
            rig.askArchive();
            assertEquals(List.of("ack 1 order 1 new duplicate"), inbox.take());
        }
        exchange.publish(exchange.cancel(1, null, Reason.DAY_ENDED));
        place(buy("c2", 1, 100));
        exchange.publish(exchange.reject(exchange.takeOne(), Reason.LEVEL_LIMIT));
        restart();
        rig.read();
        check(checking("c1", 4));
        check(checking("c2", 4));
        rig.askArchive();
        assertEquals(List.of("ack 1 order 1 canceled duplicate", "nack 1 LEVEL_LIMIT duplicate"), inbox.take());
        check(checking("c3", 4));
        check(checking("c3", 1).withValidity(LATE));
        check(checking("c3", 1));
        assertEquals(List.of("nack 1 MAX_QUANTITY", "nack 1 TOO_LATE", "ack 1 order null null"), inbox.take());
        assertEquals(List.of(), exchange.take());
        place(buy("c3", 1, 100)); // checking has not used it up
    }

    @Test
    void tooManyUnansweredRequests() {
        for (int i = 0; i < 4; i++) {
            place(buy("", 1, 100));
        }
        refused("EXCHANGE_SLOW", buy("", 1, 100));
        refused("EXCHANGE_SLOW", cancel(1));
        refused("EXCHANGE_SLOW", cancelAll(""));
        var requests = exchange.take();
        exchange.publish(exchange.accept(requests.get(0)));
        place(cancel(1));
    }

    @Test
    void oneRequestUnansweredForTooLong() {
        place(buy("", 1, 100));
        clock.addAndGet(Duration.ofMillis(1_001).toNanos());
        refused("EXCHANGE_SLOW", buy("", 1, 100));
        restart();
        refused("EXCHANGE_SLOW", buy("", 1, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        place(buy("", 1, 100));
    }

    @Test
    void anAccountMayHaveSoManyOpenAndUnansweredOrdersOverAllDesks() {
        rig.close();
        rig = new GatewayRig(data, clock, new OrderLimits(3, 5), risk);
        session = rig.desk.open(101, "alice", inbox);
        var otherInbox = new Inbox();
        try (var otherDesk = rig.newDesk()) {
            var other = otherDesk.open(102, "alice", otherInbox);
            session.on(buy("c1", 1, 100), clock.get(), id(1));
            other.on(buy("", 1, 100), clock.get(), id(2));
            session.on(buy("", 1, 100), clock.get(), id(3));
            other.on(buy("", 1, 100), clock.get(), id(4));
            other.on(buy("c1", 1, 100), clock.get(), id("again"));
            rig.write();
            otherDesk.poll(10);
            var nack = otherInbox.takeOne(ServerMessage.Nack.class);
            assertEquals(
                    List.of("TOO_MANY_OPEN_ORDERS", "max-open-orders"),
                    List.of(nack.code(), nack.breach().limit()));
            var requests = exchange.take();
            assertEquals(4, requests.size());
            exchange.publish(exchange.accept(requests.get(0)), exchange.accept(requests.get(2)));
            exchange.publish(exchange.reject(requests.get(1), Reason.LEVEL_LIMIT));
            other.on(buy("", 1, 100), clock.get(), id(5));
            other.close();
            rig.write();
        }
        assertEquals(1, exchange.take().size());
        refused("TOO_MANY_OPEN_ORDERS", buy("", 1, 100));
    }

    @Test
    void theKillSwitchOfAnAccount() throws Exception {
        place(buy("", 1, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        var halt = rig.control.halt(HaltTarget.account("alice"), true);
        assertFalse(halt.isDone());
        rig.write();
        assertEquals(1, halt.get());
        var cancel = exchange.takeOne();
        assertEquals(
                List.of("massCancel HALTED of 0", "alice", 0L, 0),
                List.of(cancel.kind(), cancel.account(), cancel.sessionId(), cancel.symbolId()));
        exchange.publishMassCancel(cancel, exchange.cancel(1, null, Reason.HALTED));
        refused("HALTED", buy("", 1, 100));
        restart();
        refused("HALTED", buy("", 1, 100));
        assertEquals(List.of("alice"), rig.control.status().haltedAccounts());
        var resume = rig.control.resume(HaltTarget.account("alice"));
        rig.write();
        resume.get();
        place(buy("", 1, 100));
        assertEquals(List.of(), rig.control.status().haltedAccounts());
    }

    @Test
    void theKillSwitchOfASymbolCancelsForThoseWhoHaveOrders() throws Exception {
        place(buy("", 1, 100));
        exchange.publish(exchange.accept(exchange.takeOne()));
        var none = rig.control.halt(HaltTarget.symbol("COIN"), true);
        var one = rig.control.halt(HaltTarget.symbol("ACME"), true);
        rig.write();
        assertEquals(0, none.get());
        assertEquals(1, one.get());
        var cancel = exchange.takeOne();
        assertEquals(
                List.of("massCancel HALTED of 0", "alice", 1),
                List.of(cancel.kind(), cancel.account(), cancel.symbolId()));
        exchange.publishMassCancel(cancel, exchange.cancel(1, null, Reason.HALTED));
        refused("HALTED", buy("", 1, 100));
        assertThrows(IllegalArgumentException.class, () -> rig.control.halt(HaltTarget.symbol("NONE"), false));
        assertEquals(List.of("ACME", "COIN"), rig.control.status().haltedSymbols());
    }

    @Test
    void aHaltIsNotForgottenByMistake() throws IOException {
        rig.control.halt(HaltTarget.account("alice"), false);
        Files.writeString(risk.halts(), "accounts = [");
        var refused = assertThrows(
                RiskLimitsException.class, () -> RiskControl.open(risk, OrderLimits.DEFAULT, rig.control.market()));
        assertTrue(refused.getMessage().contains("halts.conf"), refused.getMessage());
    }

    @Test
    void aStoppedWriterHaltsNothing() {
        rig.writer.close();
        var halt = rig.control.halt(HaltTarget.account("alice"), false);
        assertThrows(ExecutionException.class, halt::get);
    }

    @Test
    void aChangedFileHoldsAndABadOneChangesNothing() throws IOException {
        refused("MAX_QUANTITY", buy("", 101, 100));
        limits("defaults { max-quantity = 5 }");
        await(() -> {
            session.on(checking(6), clock.get(), id(1));
            step();
            return inbox.takeOne(ServerMessage.class) instanceof ServerMessage.Nack;
        });
        assertNull(rig.control.status().error());
        limits("defaults { max-quantity = much }");
        await(() -> rig.control.status().error() != null);
        assertTrue(
                rig.control
                        .status()
                        .error()
                        .endsWith(
                                "limits.conf: 1: max-quantity is 'much', must be a number above 0 with at most 8 decimals"),
                rig.control.status().error());
        assertThrows(RiskLimitsException.class, rig.control::reload);
        refused("MAX_QUANTITY", buy("", 6, 100));
        Files.delete(risk.limits());
        await(() -> rig.control.status().error().contains("cannot be read"));
        limits("");
        rig.control.reload();
        assertNull(rig.control.status().error());
        place(buy("", 6, 100));
    }

    @Test
    void limitsOfSymbolsThatNobodyTradesAreTold() throws IOException {
        limits(
                "symbols { ACME { max-quantity = 5 }, ACNE { max-quantity = 5 } }, accounts { alice { symbols { COINS { max-position = 1 } } } }");
        rig.control.reload();
        assertEquals(List.of("ACNE", "COINS"), rig.control.status().unknownSymbols());
        limits("symbols { ACME { max-quantity = 5 } }");
        rig.control.reload();
        assertEquals(List.of(), rig.control.status().unknownSymbols());
    }

    @Test
    void ratesOfAccounts() throws IOException {
        assertEquals(10_000, rig.control.account("alice").messagesPerSecond());
        assertEquals(20_000, rig.control.account("alice").messageBurst());
        limits("accounts { alice { messages-per-second = 5 } }");
        rig.control.reload();
        assertEquals(5, rig.control.account("alice").messagesPerSecond());
        assertEquals(5, rig.control.account("alice").messageBurst());
        assertEquals(10_000, rig.control.account("bob").messagesPerSecond());
    }

    private record Written(long validUntil, SelfTradePrevention selfTradePrevention) {}

    private List<Written> newOrders() {
        var written = new ArrayList<Written>();
        try (var reader = JournalReader.open(data.resolve("orders"))) {
            var order = new NewOrderDecoder();
            while (reader.poll(
                            (buffer, offset, length) -> {
                                if (FeedHeader.templateId(buffer, offset) == NewOrderDecoder.TEMPLATE_ID) {
                                    order.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                                    written.add(new Written(order.validUntil(), order.selfTradePrevention()));
                                }
                            },
                            100)
                    > 0) {
                Thread.onSpinWait();
            }
        }
        return written;
    }

    private void start() {
        rig = new GatewayRig(data, clock, MANY, risk);
        session = rig.desk.open(101, "alice", inbox);
    }

    private void restart() {
        rig.close();
        start();
        rig.read();
        inbox.take();
    }

    private void limits(String text) throws IOException {
        Files.writeString(risk.limits(), text);
    }

    private void step() {
        rig.write();
        rig.read();
    }

    /** Asks for something that is written. */
    private void place(ClientMessage.OrderMessage message) {
        rig.read();
        inbox.take();
        session.on(message, clock.get(), id(1));
        step();
        assertEquals(List.of(), inbox.take());
    }

    private void check(ClientMessage.PlaceOrder order) {
        session.on(order, clock.get(), id(1));
        step();
    }

    private void refused(String code, ClientMessage.OrderMessage message) {
        rig.read();
        inbox.take();
        session.on(message, clock.get(), id(1));
        step();
        assertEquals(code, inbox.takeOne(ServerMessage.Nack.class).code());
    }

    private static ClientMessage.PlaceOrder checking(int quantity) {
        return checking("", quantity);
    }

    private static ClientMessage.PlaceOrder checking(String clientOrderId, int quantity) {
        return order(clientOrderId, quantity, null, true);
    }

    private static ClientMessage.PlaceOrder choosing(SelfTradePrevention mode) {
        return order("", 1, mode, false);
    }

    private static ClientMessage.PlaceOrder order(
            String clientOrderId, int quantity, SelfTradePrevention mode, boolean validateOnly) {
        return new ClientMessage.PlaceOrder(
                null,
                clientOrderId,
                "ACME",
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                false,
                100 * Decimal8.ONE,
                quantity * Decimal8.ONE,
                ClientMessage.Validity.NOT_SAID,
                mode,
                validateOnly);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
