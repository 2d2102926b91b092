package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

@Timeout(60)
class OperatorEndpointTest extends ServedFeed {
    private static final String TOKEN = "0123456789abcdef";
    private static final String ORDER =
            "{\"type\":\"placeOrder\",\"symbol\":\"AAPL\",\"side\":\"buy\",\"price\":100,\"quantity\":%s}";

    private final HttpClient http = HttpClient.newHttpClient();
    private JournalWriter exchange;

    @BeforeEach
    void start() throws IOException {
        feed = new TestFeed(data.resolve("feed"), "AAPL", "BTC/USD");
        exchange = JournalWriter.open(JournalSettings.of(data.resolve("executions")));
        Files.writeString(data.resolve("limits.conf"), "defaults { max-quantity = 5 }");
        gateway = new RunningGateway(
                        data,
                        settings -> settings.withOperatorToken(TOKEN)
                                .withRisk(settings.risk().withLimits(data.resolve("limits.conf"))))
                .ready();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void haltAndResume() {
        try (var trader = gateway.connect(Subprotocol.V1)) {
            var halted = post("halt", "{\"symbol\":\"AAPL\",\"cancelOrders\":true}");
            assertEquals(200, halted.statusCode(), halted.body());
            assertEquals(0, json(halted).getInteger("cancelling"));
            assertEquals(new JsonArray().add("AAPL"), json(halted).getJsonArray("haltedSymbols"));
            assertEquals(new JsonArray(), json(halted).getJsonArray("unknownSymbols"));
            assertEquals("HALTED", refused(trader, 1).code());
            assertEquals("HALTED", refused(trader, 1).code(), "still");
            assertEquals(200, post("resume", "{\"symbol\":\"AAPL\"}").statusCode());
            var nack = refused(trader, 6);
            assertEquals("MAX_QUANTITY", nack.code());
            assertEquals("max-quantity", nack.breach().limit());
            assertTrue(nack.limits().session() > 0 && nack.limits().account() > 0, nack.toString());
        }
    }

    @Test
    void aHaltStaysOverARestart() {
        assertEquals(200, post("halt", "{\"account\":\"desk\"}").statusCode());
        gateway.close();
        gateway = new RunningGateway(data, settings -> settings.withOperatorToken(TOKEN)).ready();
        try (var trader = TestClient.connect(gateway.port(), "/ws?account=desk", "tickcast.v1")
                .welcomed()) {
            assertEquals("HALTED", refused(trader, 1).code());
        }
        assertEquals(new JsonArray().add("desk"), json(get("risk")).getJsonArray("haltedAccounts"));
    }

    @Test
    void theLimitsAreReadAnew() throws IOException {
        assertEquals(null, json(get("risk")).getString("error"));
        Files.writeString(data.resolve("limits.conf"), "defaults { max-quantity = none }");
        var refused = post("reload", "");
        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("max-quantity is 'none'"), refused.body());
        assertTrue(json(get("risk")).getString("error").contains("max-quantity is 'none'"));
        Files.writeString(data.resolve("limits.conf"), "defaults { max-quantity = 3 }");
        assertEquals(200, post("reload", "").statusCode());
        try (var trader = gateway.connect(Subprotocol.V1)) {
            assertEquals("3", refused(trader, 4).breach().allowed().toPlainString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "halt; ''; 400; must have either account or symbol",
                "halt; {}; 400; must have either account or symbol",
                "halt; [1]; 400; must be one JSON object",
                "halt; {; 400; must be one JSON object",
                "halt; '{\"account\":1}'; 400; must have either account or symbol",
                "halt; '{\"account\":\"a b\"}'; 400; account must be 1 to 32 of A-Z a-z 0-9 _ . -",
                "halt; '{\"account\":\"a\",\"symbol\":\"AAPL\"}'; 400; must have either account or symbol",
                "halt; '{\"account\":\"a\",\"cancelOrders\":\"yes\"}'; 400; cancelOrders must be true or false",
                "halt; '{\"account\":\"a\",\"canselOrders\":true}'; 400; no field canselOrders; there are: account, cancelOrders, symbol",
                "halt; '{\"symbol\":\"NONE\"}'; 404; There is no symbol NONE",
                "resume; '{\"cancelOrders\":true}'; 400; no field cancelOrders; there are: account, symbol",
                "stop; '{\"account\":\"a\"}'; 404; No such path"
            })
    void nonsenseHaltsNothing(String path, String body, int status, String said) {
        var refused = post(path, body);
        assertEquals(status, refused.statusCode());
        assertTrue(refused.body().contains(said), refused.body());
        assertEquals(new JsonArray(), json(get("risk")).getJsonArray("haltedAccounts"));
    }

    @Test
    void onlyWithTheToken() {
        for (String given : new String[] {"Bearer 0123456789abcdeX", "Bearer ", TOKEN, "Basic " + TOKEN}) {
            var refused = send(request("halt")
                    .header("Authorization", given)
                    .POST(BodyPublishers.ofString("{\"account\":\"desk\"}")));
            assertEquals(401, refused.statusCode());
            assertEquals(
                    "Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(""));
        }
        assertEquals(401, send(request("risk").GET()).statusCode());
        assertEquals(new JsonArray(), json(get("risk")).getJsonArray("haltedAccounts"));
        assertEquals(405, send(authorized("halt").GET()).statusCode());
    }

    @Test
    void withoutATokenThereIsNoSuchPath() {
        gateway.close();
        gateway = new RunningGateway(data).ready();
        assertEquals(404, get("risk").statusCode());
        assertEquals(404, post("halt", "{\"account\":\"desk\"}").statusCode());
    }

    private static ServerMessage.Nack refused(TestClient trader, int quantity) {
        trader.send(ORDER.formatted(quantity));
        return trader.expect(ServerMessage.Nack.class);
    }

    private HttpResponse<String> get(String path) {
        return send(authorized(path).GET());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(authorized(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/operator/" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }
}
