package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

/** Which account a session trades for. */
@Timeout(60)
class AccountChoiceTest extends ServedFeed {
    private static final String AUTH = "{\"type\":\"auth\",\"id\":1,\"account\":\"%s\"}";

    @BeforeEach
    void start() {
        feed = new TestFeed(data.resolve("feed"), "AAPL");
        gateway = new RunningGateway(data, settings -> settings.withShards(1)).ready();
    }

    @Test
    void authChoosesTheAccountBeforeAnythingElse() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            client.send(AUTH.formatted("desk"));
            var authenticated = client.expect(ServerMessage.Authenticated.class);
            assertEquals("desk", authenticated.account());
            assertEquals(1, authenticated.messageId().intValue());
            assertEquals("desk", account(client));
        }
    }

    @Test
    void anAccountIsChosenOnce() {
        try (var client = gateway.connect(Subprotocol.V1);
                var named = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1")
                        .welcomed()) {
            client.send(AUTH.formatted("desk"));
            client.expect(ServerMessage.Authenticated.class);
            assertEquals("TOO_LATE_FOR_AUTH", refused(client, "other"));
            client.send(AUTH.formatted("desk"));
            client.expect(ServerMessage.Authenticated.class);
            assertEquals("desk", account(client));

            assertEquals("TOO_LATE_FOR_AUTH", refused(named, "other"));
            assertEquals("desk", account(named));
        }
    }

    @Test
    void aSessionThatTradesKeepsItsAccount() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            String own = account(client);
            assertEquals("TOO_LATE_FOR_AUTH", refused(client, "desk"));
            assertEquals(own, account(client));
        }
    }

    @Test
    void whatCanBeNoAccountIsRefused() {
        try (var client = gateway.connect(Subprotocol.V1)) {
            assertEquals("INVALID_FIELD", refused(client, "a b"));
            assertEquals("INVALID_FIELD", refused(client, "x".repeat(33)));
            assertEquals("INVALID_FIELD", refused(client, "session-1"));
            client.send(AUTH.formatted("desk"));
            client.expect(ServerMessage.Authenticated.class);
        }
    }

    @Test
    void aPageOfAnotherMachineChoosesNone() {
        try (var client =
                TestClient.connectFrom(gateway.port(), "https://evil.example").welcomed()) {
            assertEquals("ACCOUNT_REFUSED", refused(client, "desk"));
        }
    }

    /** For which account the session trades. */
    private static String account(TestClient client) {
        client.send("{\"type\":\"account\"}");
        return client.expect(ServerMessage.AccountState.class).account();
    }

    private static String refused(TestClient client, String account) {
        client.send(AUTH.formatted(account));
        var error = client.expect(ServerMessage.Error.class);
        assertEquals(1, error.messageId().intValue());
        return error.code();
    }
}
