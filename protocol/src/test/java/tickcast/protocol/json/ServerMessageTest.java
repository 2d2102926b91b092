package tickcast.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Instrument;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingStatus;

final class ServerMessageTest {
    @Test
    void goldenTexts() {
        assertEquals(
                "{\"type\":\"ack\",\"messageId\":\"m1\",\"orderId\":7,\"orderStatus\":\"new\"}",
                new ServerMessage.Ack(new TextNode("m1"), 7L, null, "new", null).toJson());
        assertEquals(
                "{\"type\":\"nack\",\"messageId\":3,\"code\":\"UNKNOWN_SYMBOL\",\"error\":\"No symbol X\",\"field\":\"symbol\"}",
                new ServerMessage.Nack(new IntNode(3), "UNKNOWN_SYMBOL", "No symbol X", "symbol", null, null).toJson());
        assertEquals(
                "{\"type\":\"error\",\"code\":\"UNKNOWN_TYPE\",\"message\":\"no\",\"field\":\"type\"}",
                ServerMessage.Error.of(new Refusal(ErrorCode.UNKNOWN_TYPE, "type", null, "no"))
                        .toJson());
        var listing =
                ServerMessage.Listing.of(new Instrument(1, "BTC/USD", 1_000_000, 1, 100_000_000), TradingStatus.OPEN);
        assertEquals(
                "{\"type\":\"subscribed\",\"symbols\":[{\"symbol\":\"BTC/USD\",\"symbolId\":1,\"tickSize\":0.01,"
                        + "\"lotSize\":0.00000001,\"status\":\"open\"}],\"channels\":[\"price\"],\"depth\":10,\"epoch\":5}",
                new ServerMessage.Subscribed(null, List.of(listing), null, List.of("price"), 10, 5).toJson());
    }

    @Test
    void roundTrips() {
        var order = new ServerMessage.OpenOrder(
                1,
                null,
                "A",
                "buy",
                "limit",
                "GTC",
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.TEN,
                BigDecimal.ZERO,
                "new");
        var report = new ServerMessage.ExecutionReport(
                1,
                2,
                "c",
                "A",
                "sell",
                "limit",
                "IOC",
                "trade",
                "filled",
                null,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ONE,
                new BigDecimal("0.1"),
                BigDecimal.ONE,
                9L,
                "taker",
                10,
                "77");
        var position = new ServerMessage.HeldPosition(
                "A", BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ZERO, new BigDecimal("0.1"), new BigDecimal("-9"));
        var tokens = new ServerMessage.Tokens(5, 6);
        var messages = List.of(
                new ServerMessage.Welcome("1", "s", "a", "tickcast.v1", 5, 6, 1000, 7),
                new ServerMessage.Unsubscribed(null, List.of("A"), List.of()),
                new ServerMessage.SymbolList(null, List.of()),
                new ServerMessage.Pong(null, new IntNode(4), 5),
                new ServerMessage.Heartbeat(5, 6L, 7, 8),
                new ServerMessage.Authenticated(new IntNode(4), "desk"),
                new ServerMessage.OrderList(null, List.of(order), 1L),
                new ServerMessage.OrderHistory(new IntNode(4), order, List.of(report), true).withLimits(tokens),
                new ServerMessage.ExecutionsResumed(new IntNode(4), ExecutionsOutcome.TOO_OLD, 0, 7),
                new ServerMessage.PositionList(new IntNode(4), 7, List.of(position)),
                new ServerMessage.AccountState(
                        new IntNode(4),
                        "desk",
                        7,
                        2,
                        List.of(position),
                        BigDecimal.ONE,
                        BigDecimal.TEN,
                        "2026-01-31",
                        99L,
                        tokens),
                report,
                new ServerMessage.Warning("W", "text"),
                new ServerMessage.Warning("SLOW_CONSUMER", "text", 5L, 6L, "skip", null, null));
        for (var message : messages) {
            assertEquals(message, ServerMessage.parse(message.toJson()));
        }
    }

    @Test
    void unknownMessagesCanBeToldFromMalformedOnes() {
        assertThrows(UnknownMessageException.class, () -> ServerMessage.parse("{\"type\":\"surprise\",\"n\":1}"));
        assertThrows(MalformedMessageException.class, () -> ServerMessage.parse("{}"));
        assertThrows(MalformedMessageException.class, () -> ServerMessage.parse("{"));
    }

    @Test
    void everyReasonOfTheExchangeHasACode() {
        for (var reason : EnumSet.complementOf(EnumSet.of(Reason.NONE, Reason.NULL_VAL))) {
            assertEquals(reason.name(), ErrorCode.of(reason).name());
        }
    }
}
