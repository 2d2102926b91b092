package tickcast.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

class ClientMessageWriterTest {
    private static final IntNode ID = IntNode.valueOf(7);

    private static ClientMessage replay(ClientMessage.Place from, ClientMessage.Place to, double speed) {
        var replay = new ClientMessage.Replay(from, to, speed);
        return new ClientMessage.Subscribe(ID, List.of("A"), Set.of(Channel.BOOK), 5, replay);
    }

    static Stream<ClientMessage> messages() {
        return Stream.of(
                new ClientMessage.Subscribe(ID, List.of("BTC/USD", "AAPL"), EnumSet.allOf(Channel.class), 10),
                new ClientMessage.Subscribe(null, List.of("*"), Set.of(Channel.BOOK, Channel.TRADES), 255),
                new ClientMessage.Subscribe(ID, List.of("A"), Set.of(Channel.BOOK), 5, 2.5, OnSlow.SKIP, null),
                new ClientMessage.Subscribe(
                        ID, List.of("A"), Set.of(Channel.BOOK), 5, new ClientMessage.Resume(1_767_225_600_000L, 9)),
                replay(new ClientMessage.Place(3, 0), null, Double.POSITIVE_INFINITY),
                replay(new ClientMessage.Place(0, 1_767_225_600_123_456_789L), new ClientMessage.Place(7, 0), 0.25),
                new ClientMessage.Unsubscribe(TextNode.valueOf("u"), List.of("AAPL")),
                new ClientMessage.Symbols(ID),
                new ClientMessage.Ping(ID, IntNode.valueOf(12)),
                new ClientMessage.Ping(null, null),
                new ClientMessage.PlaceOrder(
                        ID,
                        "",
                        "BTC/USD",
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        false,
                        Decimal8.parse("0.00000001"),
                        2 * Decimal8.ONE,
                        0),
                new ClientMessage.PlaceOrder(
                        ID,
                        "mine",
                        "BTC/USD",
                        Side.SELL,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        true,
                        Decimal8.ONE,
                        2 * Decimal8.ONE,
                        1_700_000_000_000L),
                new ClientMessage.PlaceOrder(
                        ID,
                        "",
                        "BTC/USD",
                        Side.SELL,
                        OrderType.LIMIT,
                        TimeInForce.IOC,
                        false,
                        Decimal8.ONE,
                        Decimal8.ONE,
                        0),
                new ClientMessage.PlaceOrder(
                        ID, "", "AAPL", Side.SELL, OrderType.MARKET, TimeInForce.FOK, false, 0, Decimal8.ONE, 0),
                new ClientMessage.CancelOrder(ID, 5, ""),
                new ClientMessage.CancelOrder(ID, 0, "mine"),
                new ClientMessage.ReplaceOrder(ID, 5, "", Decimal8.parse("1.5"), Decimal8.parse("0.1")),
                new ClientMessage.ReplaceOrder(ID, 0, "mine", 3, 4),
                new ClientMessage.PlaceOrder(
                        ID,
                        "",
                        "BTC/USD",
                        Side.SELL,
                        OrderType.LIMIT,
                        TimeInForce.DAY,
                        true,
                        Decimal8.ONE,
                        Decimal8.ONE,
                        new ClientMessage.Validity(1_767_225_600_123_456_789L, 500),
                        SelfTradePrevention.CANCEL_OLDEST,
                        true),
                new ClientMessage.CancelOrder(ID, 5, "", new ClientMessage.Validity(1_767_225_600_123_456_000L, 1)),
                new ClientMessage.ReplaceOrder(ID, 5, "", 3, 4, new ClientMessage.Validity(1_000_000, 60_000)),
                new ClientMessage.CancelAll(ID, "", null),
                new ClientMessage.CancelAll(ID, "AAPL", Side.SELL),
                new ClientMessage.CancelOnDisconnect(ID, CancelScope.NONE, 0, false, ""),
                new ClientMessage.CancelOnDisconnect(ID, CancelScope.ACCOUNT, 5_000, true, "1854920412"),
                new ClientMessage.CancelAllAfter(ID, 60_000),
                new ClientMessage.Auth(ID, "desk"),
                new ClientMessage.Orders(ID),
                new ClientMessage.Orders(ID, "AAPL", 10, 7),
                new ClientMessage.FindOrder(ID, 5, ""),
                new ClientMessage.FindOrder(ID, 0, "mine"),
                new ClientMessage.ResumeExecutions(ID, 0),
                new ClientMessage.ResumeExecutions(ID, 12),
                new ClientMessage.ResumeExecutions(ID, ClientMessage.ResumeExecutions.FROM_NOW),
                new ClientMessage.DropCopy(ID, true),
                new ClientMessage.DropCopy(ID, false),
                new ClientMessage.ListPositions(ID),
                new ClientMessage.ShowAccount(ID));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadBackAsItWas(ClientMessage message) throws Refusal {
        String json = ClientMessageWriter.toJson(message);
        assertEquals(message, ClientMessageParser.parse(json));
        OrderSchema.assertRequest(json);
    }

    @Test
    void leavesOutWhatIsNotSet() {
        assertEquals(
                "{\"type\":\"placeOrder\",\"symbol\":\"AAPL\",\"side\":\"sell\",\"orderType\":\"market\","
                        + "\"quantity\":1,\"timeInForce\":\"IOC\"}",
                ClientMessageWriter.toJson(new ClientMessage.PlaceOrder(
                        null, "", "AAPL", Side.SELL, OrderType.MARKET, TimeInForce.IOC, false, 0, Decimal8.ONE, 0)));
    }
}
