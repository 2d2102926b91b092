package tickcast.gateway;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage;

/** The paths of the HTTP server, {@code /ws} among them. Confined to its shard. */
final class Endpoint {
    /** Accounts that sessions have for themselves begin so; nobody may ask for one. */
    static final String OWN_ACCOUNT_PREFIX = "session-";

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final CharSequence SUBPROTOCOL = HttpHeaders.createOptimized("Sec-WebSocket-Protocol");
    private static final String KNOWN_FORMS =
            Arrays.stream(Subprotocol.values()).map(Subprotocol::token).collect(Collectors.joining(", "));

    private final Shard shard;

    Endpoint(Shard shard) {
        this.shard = shard;
    }

    void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            json(request, 405, error("Only GET is understood"));
            return;
        }
        switch (request.path()) {
            case "/ws" -> webSocket(request);
            case "/health/live" -> json(request, 200, new JsonObject().put("live", true));
            case "/health/ready" -> ready(request);
            case "/api/symbols" -> {
                var symbols = new ServerMessage.SymbolList(null, shard.market().listings());
                json(request, 200, symbols.toJson());
            }
            default ->
                json(request, 404, error("No such path; there are /ws, /health/live, /health/ready and /api/symbols"));
        }
    }

    private void ready(HttpServerRequest request) {
        var missing = shard.parts().readiness().missing();
        var body = new JsonObject().put("ready", missing.isEmpty());
        if (!missing.isEmpty()) {
            body.put("missing", new JsonArray(missing));
        }
        json(request, missing.isEmpty() ? 200 : 503, body);
    }

    private void webSocket(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            request.response().putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            text(request, 426, "This is a WebSocket endpoint; connect to it with a WebSocket client");
            return;
        }
        if (shard.stopping()) {
            text(request, 503, "The gateway is stopping");
            return;
        }
        String account = request.getParam("account");
        if (account != null && (!ACCOUNT.matcher(account).matches() || account.startsWith(OWN_ACCOUNT_PREFIX))) {
            text(request, 400, "account must be 1 to 32 of A-Z a-z 0-9 _ . - and not begin with " + OWN_ACCOUNT_PREFIX);
            return;
        }
        if (account != null && !isLoopback(request)) {
            text(request, 403, "account may only be chosen by clients of the same machine");
            return;
        }
        upgrade(request, account);
    }

    private void upgrade(HttpServerRequest request, String account) {
        var asked = subprotocols(request);
        var known = asked.stream()
                .map(Subprotocol::ofToken)
                .flatMap(Optional::stream)
                .findFirst();
        if (!asked.isEmpty()) {
            // A browser shows why it was closed only if one of its subprotocols was accepted, so an unknown one is too.
            request.response()
                    .putHeader(SUBPROTOCOL, known.map(Subprotocol::token).orElse(asked.get(0)));
        }
        var form = asked.isEmpty() ? Subprotocol.V1 : known.orElse(null);
        request.toWebSocket()
                .onSuccess(socket ->
                        shard.open(socket, account, form, form == null ? "Subprotocols are " + KNOWN_FORMS : null));
    }

    private static List<String> subprotocols(HttpServerRequest request) {
        return request.headers().getAll(SUBPROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static boolean isLoopback(HttpServerRequest request) {
        var address = request.connection().remoteAddress();
        return NetUtil.createInetAddressFromIpAddressString(address.hostAddress())
                .isLoopbackAddress();
    }

    private static JsonObject error(String message) {
        return new JsonObject().put("error", message);
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        json(request, status, body.encode());
    }

    private static void json(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body);
    }

    private static void text(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(body + "\n");
    }
}
