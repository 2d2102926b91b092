package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.ServerMessage.ExecutionReport;

/** Holds what the sessions of accounts were told against what a {@link PlainVenue} says of the same requests. */
final class AccountAudit {
    /** What only a gateway says: the request was not sent. */
    private static final Set<String> OF_GATEWAY = Set.of(
            "HALTED",
            "MAX_QUANTITY",
            "MAX_POSITION",
            "TOO_MANY_OPEN_ORDERS",
            "SELF_TRADE_PREVENTION",
            "EXCHANGE_UNAVAILABLE",
            "FEED_NOT_READY");

    private final JournalledVenue journalled;
    private final PlainVenue venue;
    private final List<Instrument> instruments;

    AccountAudit(JournalledVenue journalled, List<Instrument> instruments) {
        this.journalled = journalled;
        this.venue = journalled.venue();
        this.instruments = instruments;
    }

    /** Each request stands in the journal once and in its place, or was refused before; each answer is the right one. */
    void assertAnswers(TradingSocket socket) {
        var written = journalled.requests().stream()
                .filter(request -> Long.toString(request.sessionId()).equals(socket.sessionId()))
                .collect(Collectors.toCollection(ArrayDeque::new));
        for (var request : socket.requests()) {
            var answer = request.answer();
            assertTrue(
                    answer != null || request.isUnknown() || socket.hasEnded(),
                    () -> "no answer to " + request.message);
            if (!isSent(request.message) || answer != null && isOfGateway(answer)) {
                continue;
            }
            if (answer == null) {
                if (!written.isEmpty() && is(written.peek(), request.message)) {
                    written.poll();
                }
                continue;
            }
            var sent = written.poll();
            assertNotNull(sent, () -> request.message + " was not written, but " + answer);
            assertTrue(is(sent, request.message), () -> request.message + " was written as " + sent);
            assertEquals(venue.told().answer(sent), TradingSocket.summary(answer), () -> sent.toString());
        }
        assertTrue(written.isEmpty(), () -> socket.sessionId() + " did not ask for " + written);
        assertEquals(List.of(), socket.problems());
    }

    /** Whether the request is meant for the exchange. */
    static boolean isSent(ClientMessage.OrderMessage message) {
        return message instanceof ClientMessage.PlaceOrder order && !order.validateOnly()
                || message instanceof ClientMessage.CancelOrder
                || message instanceof ClientMessage.ReplaceOrder
                || message instanceof ClientMessage.CancelAll;
    }

    /** Whether the gateway answered by itself. What the exchange refuses names no field. */
    static boolean isOfGateway(ServerMessage.OrderReply reply) {
        return reply instanceof ServerMessage.Nack nack && (nack.field() != null || OF_GATEWAY.contains(nack.code()));
    }

    private boolean is(PlainRequest written, ClientMessage.OrderMessage message) {
        if (message instanceof ClientMessage.PlaceOrder order) {
            boolean sameTerms = written.price() == order.price() && written.quantity() == order.quantity();
            return written.kind() == PlainRequest.Kind.PLACE
                    && sameTerms
                    && symbol(written.symbolId()).equals(order.symbol())
                    && written.side() == order.side()
                    && written.orderType() == order.orderType()
                    && written.timeInForce() == order.timeInForce()
                    && written.postOnly() == order.postOnly()
                    && written.clientOrderId().equals(order.clientOrderId())
                    && (order.selfTradePrevention() == null || written.mode() == order.selfTradePrevention());
        } else if (message instanceof ClientMessage.CancelOrder cancel) {
            return written.kind() == PlainRequest.Kind.CANCEL
                    && written.orderId() == cancel.orderId()
                    && written.clientOrderId().equals(cancel.clientOrderId())
                    && written.validUntil() == cancel.validity().untilNanos();
        } else if (message instanceof ClientMessage.ReplaceOrder replace) {
            return written.kind() == PlainRequest.Kind.REPLACE
                    && written.orderId() == replace.orderId()
                    && written.clientOrderId().equals(replace.clientOrderId())
                    && written.price() == replace.price()
                    && written.quantity() == replace.quantity()
                    && written.validUntil() == replace.validity().untilNanos();
        }
        var cancelAll = (ClientMessage.CancelAll) message;
        return written.kind() == PlainRequest.Kind.CANCEL_ALL
                && (cancelAll.symbol().isEmpty() ? "" : cancelAll.symbol()).equals(symbol(written.symbolId()))
                && written.side() == cancelAll.side();
    }

    private String symbol(int symbolId) {
        return symbolId == 0 ? "" : instruments.get(symbolId - 1).symbol();
    }

    /** The session was told the right reports, each once: all from where it began, unless it wanted only its own. */
    void assertReports(TradingSocket socket, boolean wantedAll) {
        var all = venue.told().reports(socket.account());
        var told = socket.reports();
        var resumed = socket.resumed();
        var inOrder = told.stream()
                .sorted(Comparator.comparingLong(ExecutionReport::accountSeq))
                .toList();
        long previous = 0;
        for (var report : inOrder) {
            assertTrue(report.accountSeq() > previous, () -> "told twice: " + report);
            assertTrue(report.accountSeq() <= all.size(), () -> "told too early: " + report);
            assertEquals(text(all.get((int) report.accountSeq() - 1)), text(report));
            previous = report.accountSeq();
        }
        if (resumed != null) {
            assertResumed(socket, resumed);
        }
        if (socket.hasEnded() || told.isEmpty() && resumed == null) {
            return;
        }
        long first = resumed != null ? askedAfter(socket) + 1 : inOrder.get(0).accountSeq();
        var expected = all.subList((int) first - 1, all.size()).stream()
                .filter(report -> wantedAll || report.placedBy().equals(socket.sessionId()))
                .toList();
        if (wantedAll) {
            assertEquals("", MarketWatch.difference(texts(expected), texts(inOrder)), socket.sessionId());
        } else {
            assertTrue(texts(inOrder).containsAll(texts(expected)), () -> "not all of its own: " + socket.sessionId());
        }
    }

    private void assertResumed(TradingSocket socket, ServerMessage.ExecutionsResumed resumed) {
        assertEquals(ExecutionsOutcome.RESUMED, resumed.outcome());
        if (socket.hasEnded()) {
            return; // it may have ended before all came
        }
        assertTrue(socket.resumedAll(), () -> "not all came of " + resumed);
        long seq = askedAfter(socket);
        for (var report : socket.resumedReports()) {
            assertEquals(++seq, report.accountSeq());
        }
        assertEquals(seq, resumed.seq());
    }

    private static long askedAfter(TradingSocket socket) {
        return socket.requests().stream()
                .map(request -> request.message)
                .filter(ClientMessage.ResumeExecutions.class::isInstance)
                .mapToLong(message -> ((ClientMessage.ResumeExecutions) message).seq())
                .findFirst()
                .orElseThrow();
    }

    /** What the account is told of its open orders, page by page, and of what it holds. */
    void assertState(TradingSocket socket) {
        String account = socket.account();
        var open = venue.openOrders(account).stream().map(PlainOrder::json).toList();
        assertEquals(words(open), words(pages(socket)), account);
        var positions = socket.ask(ServerMessage.PositionList.class, ClientMessage.ListPositions::new);
        assertEquals(venue.told().reports(account).size(), positions.accountSeq(), account);
        assertPositions(account, positions.positions());
        var state = socket.ask(ServerMessage.AccountState.class, ClientMessage.ShowAccount::new);
        assertEquals(open.size(), state.openOrders(), account);
        assertEquals(positions.positions().toString(), state.positions().toString(), account);
        assertEquals(LocalDate.ofEpochDay(journalled.day()).toString(), state.tradingDay());
    }

    private static List<ServerMessage.OpenOrder> pages(TradingSocket socket) {
        var orders = new ArrayList<ServerMessage.OpenOrder>();
        Long after = 0L;
        while (after != null) {
            long from = after;
            var page = socket.ask(ServerMessage.OrderList.class, id -> new ClientMessage.Orders(id, "", 3, from));
            assertTrue(page.orders().size() == 3 || page.after() == null, page::toString);
            orders.addAll(page.orders());
            after = page.after();
        }
        return orders;
    }

    private void assertPositions(String account, List<ServerMessage.HeldPosition> told) {
        var expected = venue.told().positions(account);
        var flat = expected.entrySet().stream()
                .filter(position -> position.getValue().quantity.signum() == 0
                        && position.getValue().cash.signum() == 0)
                .count();
        assertEquals(expected.size() - flat, told.size(), account);
        for (var position : told) {
            var own = expected.get(position.symbol());
            var mark = Decimal8.toBigDecimal(venue.markPrice(position.symbol()));
            assertEquals(0, own.quantity.compareTo(position.quantity()), position::toString);
            assertEquals(0, mark.compareTo(position.markPrice()), position::toString);
            var profit = position.realisedProfit().add(position.unrealisedProfit());
            assertEquals(0, own.cash.add(own.quantity.multiply(mark)).compareTo(profit), position::toString);
            if (own.quantity.signum() != 0) {
                var difference =
                        own.averagePrice.subtract(position.averagePrice()).abs();
                assertTrue(difference.compareTo(new BigDecimal("0.0000001")) < 0, position::toString);
            }
        }
    }

    /** What the account is told of one of its orders. */
    void assertHistory(TradingSocket socket, PlainOrder order, boolean byName) {
        var told = socket.ask(
                ServerMessage.OrderHistory.class,
                id -> byName
                        ? new ClientMessage.FindOrder(id, 0, order.placed.clientOrderId())
                        : new ClientMessage.FindOrder(id, order.id(), ""));
        assertEquals(words(List.of(order.json())), words(List.of(told.order())));
        assertEquals(texts(order.history), texts(told.history()));
    }

    /** The name means the order that has it in this trading day. */
    void assertName(TradingSocket socket, String name) {
        var order = venue.order(socket.account(), name);
        if (order != null) {
            assertHistory(socket, order, true);
            return;
        }
        var nack = socket.ask(ServerMessage.Nack.class, id -> new ClientMessage.FindOrder(id, 0, name));
        assertEquals("UNKNOWN_ORDER", nack.code(), name);
    }

    private static List<String> texts(List<ExecutionReport> reports) {
        return reports.stream().map(AccountAudit::text).toList();
    }

    /** Without the time. */
    private static String text(ExecutionReport report) {
        return report.toJson().replaceFirst("\"timestamp\":[0-9]+", "\"timestamp\":0");
    }

    private static String words(List<ServerMessage.OpenOrder> orders) {
        return new ServerMessage.OrderList(null, orders, null).toJson();
    }
}
