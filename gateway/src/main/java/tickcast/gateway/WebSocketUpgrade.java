package tickcast.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;

/**
 * The path {@code /ws}: from a request to a session, or to the reason why not. Confined to its shard. It stands before the
 * router, which would wrap the socket and hide the connection that the fan-out writes to.
 */
final class WebSocketUpgrade {
    private static final CharSequence SUBPROTOCOL = HttpHeaders.createOptimized("Sec-WebSocket-Protocol");
    private static final String KNOWN_FORMS =
            Arrays.stream(Subprotocol.values()).map(Subprotocol::token).collect(Collectors.joining(", "));

    private final Shard shard;

    WebSocketUpgrade(Shard shard) {
        this.shard = shard;
    }

    void handle(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            request.response().putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            refuse(request, 426, "This is a WebSocket endpoint; connect to it with a WebSocket client");
            return;
        }
        if (shard.stopping()) {
            refuse(request, 503, "The gateway is stopping");
            return;
        }
        String account;
        try {
            account = request.getParam("account");
        } catch (IllegalArgumentException e) {
            refuse(request, 400, "The query is not URL-encoded");
            return;
        }
        var access = AccountAccess.of(request);
        if (account != null) {
            try {
                access.check(account, null);
            } catch (Refusal refusal) {
                refuse(request, refusal.code() == ErrorCode.ACCOUNT_REFUSED ? 403 : 400, refusal.getMessage());
                return;
            }
        }
        upgrade(request, account, access);
    }

    private void upgrade(HttpServerRequest request, String account, AccountAccess access) {
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
        var connection = ClientConnection.before(request);
        request.toWebSocket().onFailure(refused -> connection.giveUp()).onSuccess(socket -> {
            shard.plain().gone(request.connection());
            connection.takeOver(socket);
            shard.open(connection, account, access, form, form == null ? "Subprotocols are " + KNOWN_FORMS : null);
        });
    }

    private static List<String> subprotocols(HttpServerRequest request) {
        return request.headers().getAll(SUBPROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
