package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.journal.JournalReader;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/** What the gateway writes for clients that go, by the way in which they went. */
@Timeout(60)
class CancelOnDisconnectTest extends ServedFeed {
    private static final String TERMS =
            "{\"type\":\"cancelOnDisconnect\",\"id\":1,\"scope\":\"%s\",\"graceMillis\":%d}";

    private final List<String> cancels = new ArrayList<>();
    private JournalReader orders;

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "AAPL");
        gateway = new RunningGateway(data, settings -> settings.withShards(2)).ready();
        orders = JournalReader.open(data.resolve("orders"));
    }

    @AfterEach
    void stop() {
        orders.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1011, 4999})
    void aCloseThatIsNoEndInOrder(int code) throws IOException {
        try (var client = raw()) {
            client.send(
                    RawClient.CLOSE,
                    ByteBuffer.allocate(2).putShort((short) code).array());
            assertEquals(code, client.readClose().closeCode());
        }
        awaitCancels(1);
    }

    @Test
    void aConnectionThatBreaks() throws IOException {
        raw().close();
        awaitCancels(1);
    }

    @Test
    void aClientAgainstTheRules() throws IOException {
        try (var client = raw()) {
            client.send(RawClient.BINARY, new byte[1]);
            assertEquals(CloseCode.UNSUPPORTED_DATA.code(), client.readClose().closeCode());
        }
        awaitCancels(1);
    }

    /** One after the other, so that what the orderly ones leave behind would come first. */
    @Test
    void clientsThatCloseInOrder() throws IOException {
        try (var silent = raw();
                var normal = raw()) {
            silent.send(RawClient.CLOSE, new byte[0]);
            normal.send(
                    RawClient.CLOSE,
                    ByteBuffer.allocate(2).putShort((short) 1000).array());
            assertEquals(1000, normal.readClose().closeCode());
            silent.readClose();
        }
        raw().close();
        awaitCancels(1);
    }

    @Test
    void theGatewayStopsAndAnotherGoesOn() {
        var impatient = TestClient.connect(gateway.port(), Subprotocol.V1);
        String impatientId = impatient.expect(ServerMessage.Welcome.class).sessionId();
        impatient.send(TERMS.formatted("session", 0));
        impatient.expect(ServerMessage.DisconnectTerms.class);
        var patient = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1")
                .welcomed();
        patient.send(TERMS.formatted("account", 300));
        patient.expect(ServerMessage.DisconnectTerms.class);
        gateway.close();
        awaitCancels(1);
        assertEquals("session-" + impatientId + " " + impatientId, cancels.remove(0));

        gateway = new RunningGateway(data).ready();
        awaitCancels(1);
        assertEquals("desk 0", cancels.get(0));
    }

    @Test
    void aNewSessionOnAnyShardTakesOver() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var client = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1");
            ids.add(client.expect(ServerMessage.Welcome.class).sessionId());
            String takesOver = i == 0 ? "" : ",\"takesOver\":\"" + ids.get(i - 1) + "\"";
            client.send(
                    "{\"type\":\"cancelOnDisconnect\",\"scope\":\"session\",\"graceMillis\":600000" + takesOver + "}");
            assertEquals(
                    i == 0 ? 0 : 1,
                    client.expect(ServerMessage.DisconnectTerms.class).takenOver());
            if (i == 3) {
                client.send(TERMS.formatted("session", 0));
                client.expect(ServerMessage.DisconnectTerms.class);
            }
            client.close();
        }
        awaitCancels(ids.size());
        assertEquals(ids.stream().map(id -> "desk " + id).toList(), cancels);
    }

    @Test
    void aResumeOnAnyShardCountsBeforeTheLossIsNoticed() {
        for (int i = 0; i < 4; i++) {
            cancels.clear();
            var ids = new ArrayList<String>();
            var before = desk(ids);
            before.send(TERMS.formatted("session", 0));
            before.expect(ServerMessage.DisconnectTerms.class);
            var next = desk(ids);
            next.send("{\"type\":\"resumeExecutions\",\"seq\":0}");
            next.expect(ServerMessage.ExecutionsResumed.class);
            before.close();
            next.close();
            awaitCancels(2);
            assertEquals(ids.stream().map(id -> "desk " + id).toList(), cancels);
        }
    }

    private TestClient desk(List<String> ids) {
        var client = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1");
        ids.add(client.expect(ServerMessage.Welcome.class).sessionId());
        return client;
    }

    @Test
    void theTimerRunsOut() {
        try (var client = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1")
                .welcomed()) {
            long before = System.currentTimeMillis();
            client.send("{\"type\":\"cancelAllAfter\",\"id\":5,\"timeoutMillis\":100}");
            var timer = client.expect(ServerMessage.DeadManTimer.class);
            assertTrue(timer.triggerTime() >= before + 100, timer.toString());
            awaitCancels(1);
            assertEquals("desk 0", cancels.get(0));
        }
    }

    /** A client that wants its orders cancelled at once. */
    private RawClient raw() throws IOException {
        var client = new RawClient(gateway.port(), 1 << 16);
        client.send(TERMS.formatted("session", 0));
        while (!client.read().text().contains("\"cancelOnDisconnect\"")) {
            Thread.onSpinWait();
        }
        return client;
    }

    private void awaitCancels(int count) {
        RunningGateway.awaitThat(() -> count + " cancels, are " + cancels, () -> {
            orders.poll(this::take, 100);
            return cancels.size() >= count;
        });
        assertEquals(count, cancels.size(), cancels.toString());
    }

    private void take(DirectBuffer buffer, int offset, int length) {
        assertEquals(MassCancelDecoder.TEMPLATE_ID, FeedHeader.templateId(buffer, offset));
        var cancel = new MassCancelDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        cancels.add(cancel.account() + " " + cancel.placedBySession());
    }
}
