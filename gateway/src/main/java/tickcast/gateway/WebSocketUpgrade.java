package tickcast.gateway;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tickcast.protocol.Subprotocol;

/**
 * The path {@code /ws}: from a request to a session, or to the reason why not. Confined to its shard. It stands before the
 * router, which would wrap the socket and hide the connection that the fan-out writes to.
 */
final class WebSocketUpgrade {
    /** Accounts that sessions have for themselves begin so; nobody may ask for one. */
    static final String OWN_ACCOUNT_PREFIX = "session-";

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    /** Any page in a browser on this machine can reach a gateway on it; others than its own must not trade for an account. */
    private static final Pattern LOCAL_ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

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
        if (account != null && (!ACCOUNT.matcher(account).matches() || account.startsWith(OWN_ACCOUNT_PREFIX))) {
            refuse(
                    request,
                    400,
                    "account must be 1 to 32 of A-Z a-z 0-9 _ . - and not begin with " + OWN_ACCOUNT_PREFIX);
            return;
        }
        if (account != null && !isLoopback(request)) {
            refuse(request, 403, "account may only be chosen by clients of the same machine");
            return;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (account != null && origin != null && !LOCAL_ORIGIN.matcher(origin).matches()) {
            refuse(request, 403, "account may only be chosen by pages of the same machine, not of " + origin);
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
        request.toWebSocket().onSuccess(socket -> {
            shard.plain().gone(request.connection());
            shard.open(socket, account, form, form == null ? "Subprotocols are " + KNOWN_FORMS : null);
        });
    }

    private static List<String> subprotocols(HttpServerRequest request) {
        return request.headers().getAll(SUBPROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    static boolean isLoopback(HttpServerRequest request) {
        // Null for an address of one link only, whose scope is a name.
        var address = NetUtil.createInetAddressFromIpAddressString(
                request.connection().remoteAddress().hostAddress());
        return address != null && address.isLoopbackAddress();
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
