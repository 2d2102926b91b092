package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportEncoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;

/** Orders through the gateway's sockets, to an exchange that the test plays. */
@Timeout(60)
class OrderChannelTest extends ServedFeed {
    private static final String ORDER = "{\"type\":\"placeOrder\",\"id\":%d,\"symbol\":\"AAPL\",\"side\":\"buy\","
            + "\"price\":100,\"quantity\":1,\"clientOrderId\":\"mine\"}";

    private final NewOrderDecoder order = new NewOrderDecoder();

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "AAPL");
        gateway = new RunningGateway(data, settings -> settings.withShards(2)).ready();
    }

    @Test
    void withoutAnExchangeOrdersAreRefused() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send(ORDER.formatted(1));
            var nack = client.expect(ServerMessage.Nack.class);
            assertEquals("EXCHANGE_UNAVAILABLE", nack.code());
            assertEquals(1, nack.messageId().intValue());
        }
    }

    @Test
    void anOrderIsAcknowledgedWhenTheExchangeHasAnswered() {
        try (var exchange = JournalWriter.open(JournalSettings.of(data.resolve("executions")));
                var orders = JournalReader.open(data.resolve("orders"));
                var trader = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.sbe.v1")
                        .welcomed();
                var watcher = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1")
                        .welcomed();
                var stranger = gateway.connect(Subprotocol.V1)) {
            placeUntilTaken(trader);
            RunningGateway.awaitThat("written", () -> orders.lastSeq() > 0);
            assertEquals(1, orders.poll((buffer, offset, length) -> answer(exchange, buffer, offset), 10));
            var ack = trader.expect(ServerMessage.Ack.class);
            assertEquals(1, ack.orderId());
            assertEquals("mine", ack.clientOrderId());
            assertEquals("new", ack.orderStatus());
            assertEquals(
                    "new", trader.expect(ServerMessage.ExecutionReport.class).execType());
            assertEquals(
                    "AAPL", watcher.expect(ServerMessage.ExecutionReport.class).symbol());
            watcher.send("{\"type\":\"orders\"}");
            assertEquals(
                    "mine",
                    watcher.expect(ServerMessage.OrderList.class)
                            .orders()
                            .get(0)
                            .clientOrderId());
            stranger.send("{\"type\":\"orders\"}");
            assertTrue(stranger.expect(ServerMessage.OrderList.class).orders().isEmpty());
            assertTrue(TestClient.get(gateway.port(), "/latency").body().contains("order.received-sent@desk  "));
            assertTrue(TestClient.get(gateway.port(), "/latency.hlog").body().contains("Tag=order.read-sent@desk,"));
        }
    }

    @Test
    void ordersAreHeldAgainstTheNewestTerms() {
        try (var exchange = JournalWriter.open(JournalSettings.of(data.resolve("executions")));
                var trader = gateway.connect(Subprotocol.V1)) {
            feed.redefine("AAPL", TestFeed.TICK / 10);
            RunningGateway.awaitThat("refused for its tick", () -> {
                trader.send(ORDER.formatted(1).replace("\"price\":100", "\"price\":100.0005"));
                return trader.expect(ServerMessage.Nack.class)
                        .error()
                        .contains("must be a multiple of the tick size 0.001 of AAPL");
            });
            assertEquals(0, exchange.lastSeq());
        }
    }

    /** The gateway looks for an exchange now and then only. */
    private void placeUntilTaken(TestClient trader) {
        RunningGateway.awaitThat("exchange seen", () -> {
            trader.send(ORDER.formatted(7));
            trader.send("{\"type\":\"ping\"}");
            boolean refused = trader.expect(ServerMessage.class) instanceof ServerMessage.Nack;
            if (refused) {
                trader.expect(ServerMessage.Pong.class);
            }
            return !refused;
        });
    }

    private void answer(JournalWriter exchange, DirectBuffer buffer, int offset) {
        order.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        var out = new ExpandableArrayBuffer();
        var report = new ExecutionReportEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .seq(1)
                .orderSeq(order.seq())
                .receivedTime(order.receivedTime())
                .writtenTime(order.writtenTime())
                .sessionId(order.sessionId())
                .requestId(order.requestId())
                .accountSeq(1)
                .orderId(order.seq())
                .symbolId(order.symbolId())
                .side(order.side())
                .orderType(order.orderType())
                .timeInForce(order.timeInForce())
                .postOnly(order.postOnly())
                .aggressor(BooleanType.FALSE)
                .execType(ExecType.NEW)
                .orderStatus(OrderStatus.NEW)
                .reason(Reason.NONE)
                .price(order.price())
                .quantity(order.quantity())
                .leavesQuantity(order.quantity())
                .account(order.account())
                .clientOrderId(order.clientOrderId());
        exchange.append(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength());
    }
}
