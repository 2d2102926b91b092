package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/** Whatever a client says, it gets one answer with a code, or is closed with one; the client beside it does not notice. */
@Timeout(180)
class HostileMessagesTest extends ServedFeed {
    private static final int MESSAGES = 10_000;
    private static final int IN_A_ROW = 50;
    private static final int ON_A_CONNECTION = 1_000;
    private static final int BROKEN_TEXTS = 300;
    private static final int LONG_MESSAGES = 40;
    private static final int LONG_TEXT = 1 << 20;

    private static final int RECEIVE_BYTES = 1 << 20;
    private static final String ORDER = "{\"type\":\"placeOrder\",\"id\":%d,\"symbol\":\"AAPL\",\"side\":\"buy\","
            + "\"price\":100,\"quantity\":1}";

    private final HostileMessages hostile = new HostileMessages(7_107);
    private TestClient good;
    private int goodOrders;

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "AAPL");
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withSessionLimits(
                                settings.sessionLimits().withMessageRate(1_000_000, 1_000_000)))
                .ready();
        good = gateway.connect(Subprotocol.V1);
    }

    @AfterEach
    void stop() {
        good.close();
    }

    @Test
    void everyTextGetsOneAnswerWithACode() throws IOException {
        Map<ErrorCode, Integer> codes = new EnumMap<>(ErrorCode.class);
        for (int done = 0; done < MESSAGES; done += ON_A_CONNECTION) {
            try (var client = new RawClient(gateway.port(), RECEIVE_BYTES)) {
                client.read();
                for (int sent = 0; sent < ON_A_CONNECTION; sent += IN_A_ROW) {
                    exchange(client, codes);
                    theGoodClientIsAnswered();
                }
            }
        }
        for (var code : List.of(
                ErrorCode.MALFORMED_JSON,
                ErrorCode.UNKNOWN_TYPE,
                ErrorCode.MISSING_FIELD,
                ErrorCode.UNKNOWN_FIELD,
                ErrorCode.INVALID_FIELD)) {
            assertTrue(codes.getOrDefault(code, 0) > MESSAGES / 100, codes::toString);
        }
    }

    @Test
    void brokenUtf8AndLongMessagesAreClosedWithACode() throws IOException {
        for (int i = 0; i < BROKEN_TEXTS; i++) {
            try (var client = new RawClient(gateway.port(), RECEIVE_BYTES)) {
                client.send(RawClient.TEXT, hostile.nextBrokenText());
                assertEquals(CloseCode.INVALID_TEXT.code(), client.readClose().closeCode());
            }
        }
        theGoodClientIsAnswered();
        byte[] mebibyte = ("{\"type\":\"placeOrder\",\"symbol\":\"" + "x".repeat(LONG_TEXT) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < LONG_MESSAGES; i++) {
            try (var client = new RawClient(gateway.port(), RECEIVE_BYTES)) {
                client.send(RawClient.TEXT, mebibyte);
                assertEquals(CloseCode.TOO_BIG.code(), client.readClose().closeCode());
            }
            theGoodClientIsAnswered();
        }
    }

    @Test
    void longMessagesAreTakenInTheirTurn() throws IOException {
        try (var client = new RawClient(gateway.port(), RECEIVE_BYTES)) {
            for (int i = 0; i < LONG_MESSAGES; i++) {
                client.send("{\"type\":\"ping\",\"id\":" + i + " ".repeat(i % 2 * LONG_TEXT / 8) + "}");
            }
            for (int i = 0; i < LONG_MESSAGES; ) {
                if (ServerMessage.parse(client.read().text()) instanceof ServerMessage.Pong pong) {
                    assertEquals(i++, pong.messageId().intValue());
                }
            }
            byte[] broken = new byte[LONG_TEXT / 8];
            broken[0] = (byte) 0xFF;
            client.send(RawClient.TEXT, broken);
            assertEquals(CloseCode.INVALID_TEXT.code(), client.readClose().closeCode());
        }
    }

    /** The end of what a client sends is noticed while a text is read elsewhere, and does not overtake what came before. */
    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 60_000, 200_000})
    void whatAClientSaidBeforeItsEndIsTaken(int length) throws IOException {
        for (int i = 0; i < LONG_MESSAGES; i++) {
            try (var client = new RawClient(gateway.port(), RECEIVE_BYTES)) {
                client.send("{\"type\":\"ping\",\"id\":1" + " ".repeat(length) + "}");
                client.send("{\"type\":\"ping\",\"id\":2}");
                client.send(RawClient.CLOSE, new byte[] {3, (byte) 0xE8});
                client.endOutput();
                for (int id = 1; id <= 2; ) {
                    if (ServerMessage.parse(client.read().text()) instanceof ServerMessage.Pong pong) {
                        assertEquals(id++, pong.messageId().intValue());
                    }
                }
                assertEquals(CloseCode.NORMAL.code(), client.readClose().closeCode());
            }
        }
    }

    /** Sends some, and reads as many answers: each has the code that the parser gives, or is one of a message that was taken. */
    private void exchange(RawClient client, Map<ErrorCode, Integer> codes) throws IOException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < IN_A_ROW; i++) {
            String text = hostile.next();
            texts.add(text);
            client.send(text);
        }
        for (String text : texts) {
            String answer = client.read().text();
            while (answer.startsWith("{\"type\":\"heartbeat\"")) {
                answer = client.read().text();
            }
            OrderSchema.assertReply(answer);
            var code = code(ServerMessage.parse(answer));
            var refusal = expected(text);
            if (refusal != null) {
                assertEquals(refusal, code, () -> "to " + text.substring(0, Math.min(300, text.length())));
                codes.merge(code, 1, Integer::sum);
            }
        }
    }

    /** The code of a refusal, null when the message was answered. */
    private static ErrorCode code(ServerMessage answer) {
        if (answer instanceof ServerMessage.Nack nack) {
            return ErrorCode.valueOf(nack.code());
        }
        return answer instanceof ServerMessage.Error error ? ErrorCode.valueOf(error.code()) : null;
    }

    /** The code that the parser refuses it with; null for a message that is right by chance, which must be as the schema says. */
    private static ErrorCode expected(String text) {
        try {
            ClientMessageParser.parse(text);
            OrderSchema.assertRequest(text);
            return null;
        } catch (Refusal refusal) {
            return refusal.code();
        }
    }

    private void theGoodClientIsAnswered() {
        goodOrders++;
        good.send(ORDER.formatted(goodOrders));
        var nack = good.expect(ServerMessage.Nack.class);
        assertEquals(ErrorCode.EXCHANGE_UNAVAILABLE.name(), nack.code());
        assertEquals(goodOrders, nack.messageId().intValue());
    }
}
