package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;

/** What a client may do wrong, and what becomes of its session. */
@Timeout(60)
class SessionTest extends ServedFeed {
    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "BTC/USD", "AAPL");
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withSessionLimits(SessionLimits.DEFAULT
                                .withConnections(4)
                                .withMessageBytes(4 << 10)
                                .withMessageRate(50, 200)
                                .withOutboundBytes(256 << 10)
                                .withHeartbeatMillis(100)
                                .withCloseMillis(500)))
                .ready();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{; MALFORMED_JSON",
                "[]; MALFORMED_JSON",
                "'{}'; MISSING_FIELD",
                "{\"type\":\"buyLow\"}; UNKNOWN_TYPE",
                "{\"type\":\"subscribe\"}; MISSING_FIELD",
                "{\"type\":\"subscribe\",\"symbols\":[]}; INVALID_FIELD",
                "{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"depht\":1}; UNKNOWN_FIELD",
                "{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"depth\":0}; INVALID_FIELD",
                "{\"type\":\"ping\",\"timestamp\":\"now\"}; INVALID_FIELD"
            })
    void nonsenseIsAnsweredAndTheSessionLives(String message, String code) {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send(message);
            assertEquals(code, client.expect(ServerMessage.Error.class).code());
            client.roundTrip();
        }
    }

    @Test
    void aRefusedOrderIsAnsweredWithANack() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.roundTrip();
            client.send("{\"type\":\"placeOrder\",\"symbol\":\"AAPL\"}");
            var nack = client.expect(ServerMessage.Nack.class);
            assertEquals(2, nack.messageId().intValue());
            assertEquals("MISSING_FIELD", nack.code());
            assertEquals("side", nack.field());
            client.send("{\"type\":\"cancelOrder\",\"clientOrderId\":\"c1\",\"why\":1}");
            assertEquals(
                    "c1", client.expect(ServerMessage.Nack.class).messageId().textValue());
        }
    }

    @Test
    void pingComesBackWithItsTimestamp() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send("{\"type\":\"ping\",\"id\":\"p\",\"timestamp\":12.5}");
            var pong = client.expect(ServerMessage.Pong.class);
            assertEquals("p", pong.messageId().textValue());
            assertEquals(12.5, pong.timestamp().doubleValue());
        }
    }

    @Test
    void heartbeatTellsTheNewestSequenceOfWhatIsSubscribed() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            var idle = client.expect(ServerMessage.Heartbeat.class);
            assertEquals(0, idle.seq());
            assertNull(idle.ageMillis());
            client.subscribe("BTC/USD");
            feed.bid("BTC/USD", Decimal8.ONE, Decimal8.ONE);
            feed.bid("AAPL", Decimal8.ONE, Decimal8.ONE);
            var heartbeat = client.expect(ServerMessage.Heartbeat.class);
            while (heartbeat.feedSeq() != feed.lastSeq()) {
                heartbeat = client.expect(ServerMessage.Heartbeat.class);
            }
            assertEquals(feed.symbol("BTC/USD").lastSeq(), heartbeat.seq());
            assertTrue(heartbeat.ageMillis() < TestClient.DEADLINE_MILLIS);
        }
    }

    @Test
    void fragmentedTextIsOneMessage() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.sendPart("{\"type\":\"pi", false);
            client.sendPart("ng\",\"id\":", false);
            client.sendPart("3}", true);
            assertEquals(3, client.expect(ServerMessage.Pong.class).messageId().intValue());
        }
    }

    @Test
    void binaryIsNotUnderstood() {
        try (var client = gateway.connect(Subprotocol.SBE)) {
            client.sendBinary(new byte[] {1, 2, 3});
            client.expectClosed(1003, "Binary frames are not understood; send JSON text");
        }
    }

    @Test
    void aMessageAboveTheLimitIsTooBig() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send("x".repeat((4 << 10) + 1));
            client.expectClosed(1009, "A message may have 4096 bytes");
        }
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.sendPart("x".repeat(4 << 10), false);
            client.sendPart("x", false);
            client.expectClosed(1009, "A message may have 4096 bytes");
        }
    }

    @Test
    void aFrameFarAboveTheLimitIsNotEvenRead() throws IOException {
        try (var client = new RawClient(gateway.port(), 64 << 10)) {
            client.sendHeader(0x80 | RawClient.TEXT, 1 << 30);
            var close = client.readClose();
            assertEquals(1009, close.closeCode());
            assertEquals("A message may have 4096 bytes", close.closeReason());
        }
    }

    @Test
    void whoSendsOnAfterThatIsCutOff() throws IOException {
        try (var client = new RawClient(gateway.port(), 64 << 10)) {
            client.sendHeader(0x80 | RawClient.TEXT, 1 << 30);
            assertEquals(1009, client.readClose().closeCode());
            assertThrows(IOException.class, () -> {
                for (int sent = 0; sent < 1 << 30; sent += 4 << 10) {
                    client.sendBytes(new byte[4 << 10]);
                }
            });
        }
    }

    @Test
    void textThatIsNotUtf8() throws IOException {
        try (var client = new RawClient(gateway.port(), 64 << 10)) {
            client.send(RawClient.TEXT, new byte[] {'"', (byte) 0xC3, '"'});
            var close = client.readClose();
            assertEquals(1007, close.closeCode());
            assertEquals("A text message was not UTF-8", close.closeReason());
        }
    }

    @Test
    void framesAgainstTheRules() throws IOException {
        try (var client = new RawClient(gateway.port(), 64 << 10)) {
            client.sendHeader(0x80 | 3, 0);
            assertEquals(1002, client.readClose().closeCode());
        }
    }

    @Test
    void aFloodIsRefusedAndThenEnded() throws IOException {
        try (var client = new RawClient(gateway.port(), 64 << 10);
                var other = gateway.connect(Subprotocol.V1)) {
            int errors = 0;
            int pongs = 0;
            for (int i = 0; i < 600; i++) {
                client.send("{\"type\":\"ping\"}");
            }
            var frame = client.read();
            while (frame.opcode() != RawClient.CLOSE) {
                var message = ServerMessage.parse(new String(frame.payload()));
                errors += message instanceof ServerMessage.Error error
                                && error.code().equals("RATE_LIMITED")
                        ? 1
                        : 0;
                pongs += message instanceof ServerMessage.Pong ? 1 : 0;
                frame = client.read();
            }
            assertTrue(errors >= 200 && errors < 400, "errors: " + errors);
            assertTrue(pongs >= 200 && pongs < 400, "pongs: " + pongs);
            assertEquals(4002, frame.closeCode());
            assertEquals("More than 50 messages a second", frame.closeReason());
            other.roundTrip();
        }
    }

    @Test
    void anOrderAboveTheRateIsToldWhenToComeAgain() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            for (int i = 0; i < 400; i++) {
                client.send("{\"type\":\"orders\",\"id\":" + i + "}");
            }
            ServerMessage.Nack refused = null;
            for (int i = 0; i < 400 && refused == null; i++) {
                var reply = client.expect(ServerMessage.OrderReply.class);
                refused = reply instanceof ServerMessage.Nack nack ? nack : null;
                if (reply instanceof ServerMessage.OrderList list) {
                    assertEquals(i, list.messageId().asInt());
                    assertTrue(list.limits().session() <= 200 && list.limits().account() > 10_000, list.toString());
                }
            }
            assertEquals("RATE_LIMITED", refused.code());
            assertTrue(refused.messageId().asInt() >= 200, refused.toString());
            // Some come back before the reply is made, on a machine that is busy.
            assertTrue(refused.limits().session() <= 20, refused.toString());
            assertTrue(refused.retryAfterMillis() >= 1 && refused.retryAfterMillis() <= 20, refused.toString());
        }
    }

    @Test
    void aSlowReaderIsDisconnectedAndAnotherNoticesNothing() throws IOException {
        try (var slow = new RawClient(gateway.port(), 4 << 10);
                var other = gateway.connect(Subprotocol.JSON)) {
            slow.send("{\"type\":\"subscribe\",\"symbols\":[\"*\"],\"depth\":255,\"onSlow\":\"disconnect\"}");
            other.subscribe("AAPL");
            other.takeJson();
            var random = new Random(2);
            int sent = 0;
            while (gateway.gateway().counters().slowConsumers() == 0) {
                feed.randomly(random, 500);
                feed.bid("AAPL", Decimal8.ONE, (++sent % 3 + 1) * Decimal8.ONE);
                assertTrue(sent < 2_000, "never too slow");
                long seq = feed.symbol("AAPL").lastSeq();
                while (!other.takeJson().contains("\"seq\":" + seq + ",")) {
                    assertFalse(other.isClosed());
                }
            }
            assertEquals(1, gateway.gateway().counters().slowConsumers());
            RunningGateway.awaitThat("cut", () -> gateway.gateway().counters().connections() == 1);
            other.roundTrip();
        }
    }

    /** Ten times as much as may wait for a client. */
    @Test
    void snapshotsOfManyDeepBooksComeAsTheyAreRead() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            feed.list("S" + i);
            var levels = new TestFeed.Level[100];
            for (int j = 0; j < levels.length; j++) {
                levels[j] = new TestFeed.Level(
                        j % 2 == 0 ? Side.BUY : Side.SELL, Decimal8.ONE + j * TestFeed.TICK, Decimal8.ONE);
            }
            feed.delta("S" + i, levels);
        }
        RunningGateway.awaitThat(
                "read",
                () -> TestClient.get(gateway.port(), "/api/symbols").body().contains("S1999"));
        try (var slow = new RawClient(gateway.port(), 4 << 10)) {
            slow.send("{\"type\":\"subscribe\",\"symbols\":[\"*\"],\"depth\":255,\"channels\":[\"book\"]}");
            int sides = 0;
            while (sides < 2 * feed.symbols().size()) {
                var frame = slow.read();
                assertNotEquals(RawClient.CLOSE, frame.opcode());
                sides += frame.opcode() == RawClient.BINARY ? 1 : 0;
            }
            assertEquals(0, gateway.gateway().counters().slowConsumers());
        }
    }

    @Test
    void aSlowReaderThatReadsOnIsToldWhy() throws IOException {
        try (var slow = new RawClient(gateway.port(), 4 << 10)) {
            slow.send("{\"type\":\"subscribe\",\"symbols\":[\"*\"],\"depth\":255,\"onSlow\":\"disconnect\"}");
            var random = new Random(2);
            for (int sent = 0; gateway.gateway().counters().slowConsumers() == 0; sent++) {
                assertTrue(sent < 2_000, "never too slow");
                feed.randomly(random, 500);
            }
            var close = slow.readClose();
            assertEquals(4001, close.closeCode());
            assertTrue(
                    close.closeReason()
                            .matches(
                                    "\\d+ bytes waited for you, the oldest for \\d+ ms; read faster or subscribe less"),
                    close.closeReason());
        }
    }

    @Test
    void oneConnectionTooMany() {
        var d = gateway.connect(Subprotocol.V1);
        try (var a = gateway.connect(Subprotocol.V1);
                var b = gateway.connect(Subprotocol.V1);
                var c = gateway.connect(Subprotocol.V1);
                var tooMany = TestClient.connect(gateway.port(), Subprotocol.V1)) {
            tooMany.expectClosed(4004, "The gateway has 4 connections and takes no more");
            d.close();
            RunningGateway.awaitThat("gone", () -> gateway.gateway().counters().connections() == 3);
            gateway.connect(Subprotocol.V1).close();
            a.roundTrip();
            b.roundTrip();
            c.roundTrip();
        }
    }

    @Test
    void theFirstSubprotocolThatIsKnownIsTaken() {
        try (var client = TestClient.connect(gateway.port(), "/ws", "other", "tickcast.json.v1", "tickcast.v1")) {
            assertEquals("tickcast.json.v1", client.subprotocol());
            assertEquals(
                    "tickcast.json.v1",
                    client.expect(ServerMessage.Welcome.class).subprotocol());
        }
    }

    @Test
    void unknownSubprotocolsAreNamedBack() {
        try (var client = TestClient.connect(gateway.port(), "/ws", "mqtt")) {
            client.expectClosed(4003, "Subprotocols are tickcast.v1, tickcast.sbe.v1, tickcast.json.v1");
        }
    }

    @Test
    void accountsAreChosenAndChecked() {
        try (var client = TestClient.connect(gateway.port(), "/ws?account=desk-1", null)) {
            assertEquals("desk-1", client.expect(ServerMessage.Welcome.class).account());
        }
        for (String wrong : new String[] {"", "a%20b", "x".repeat(33), "session-1"}) {
            var refused = assertThrows(
                    CompletionException.class, () -> TestClient.connect(gateway.port(), "/ws?account=" + wrong, null));
            assertEquals(
                    400,
                    ((WebSocketHandshakeException) refused.getCause())
                            .getResponse()
                            .statusCode());
        }
    }

    @Test
    void aQueryThatIsNotUrlEncodedIsRefused() throws IOException {
        assertEquals("HTTP/1.1 400 Bad Request", handshake("/ws?account=%zz", ""));
    }

    @Test
    void pagesOfOtherMachinesChooseNoAccount() throws IOException {
        String upgraded = "HTTP/1.1 101 Switching Protocols";
        assertEquals("HTTP/1.1 403 Forbidden", handshake("/ws?account=a", "Origin: https://evil.example\r\n"));
        assertEquals("HTTP/1.1 403 Forbidden", handshake("/ws?account=a", "Origin: http://localhost.evil.example\r\n"));
        assertEquals("HTTP/1.1 403 Forbidden", handshake("/ws?account=a", "Origin: null\r\n"));
        assertEquals(upgraded, handshake("/ws?account=a", "Origin: http://localhost:3000\r\n"));
        assertEquals(upgraded, handshake("/ws", "Origin: https://elsewhere.example\r\n"));
    }

    /** A client may not wait for the end of the handshake. */
    @Test
    void whatComesTogetherWithTheHandshakeIsHeard() throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout((int) TestClient.DEADLINE_MILLIS);
            String ping = "{\"type\":\"ping\",\"id\":\"early\"}";
            String frame = new String(new char[] {0x81, (char) (0x80 | ping.length()), 0, 0, 0, 0}) + ping;
            socket.getOutputStream().write((request("/ws", "") + frame + frame).getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            while (answer.indexOf("early", answer.indexOf("early") + 1) < 0) {
                int next = socket.getInputStream().read();
                assertTrue(next >= 0, () -> "The connection ended after " + answer);
                answer.append((char) next);
            }
        }
    }

    /** The first line of the answer to a WebSocket handshake. */
    private String handshake(String path, String header) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout((int) TestClient.DEADLINE_MILLIS);
            socket.getOutputStream().write(request(path, header).getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return answer.readLine();
        }
    }

    private static String request(String path, String header) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + header
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    @Test
    void httpPaths() {
        assertEquals(200, TestClient.get(gateway.port(), "/health/live").statusCode());
        gateway.assertReadiness(200, "{\"ready\":true}");
        var missing = TestClient.get(gateway.port(), "/nowhere");
        assertEquals(404, missing.statusCode());
        assertTrue(missing.body().contains("/api/symbols"), missing.body());
        var plain = TestClient.get(gateway.port(), "/ws");
        assertEquals(426, plain.statusCode());
        assertEquals("websocket", plain.headers().firstValue("upgrade").orElseThrow());
    }
}
