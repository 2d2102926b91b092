package tickcast.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import tickcast.orderentry.HaltTarget;
import tickcast.orderentry.RiskControl;
import tickcast.orderentry.RiskLimitsException;

/**
 * The paths below {@code /api/operator}, for who knows the operator's token: what holds for orders, the kill switch, and the
 * limits' file read anew. Without a token there are none. Files are read and written off the event loop.
 */
final class OperatorEndpoint {
    private static final String ROOT = "/api/operator";
    private static final String SCHEME = "Bearer ";
    private static final int MAX_BODY_BYTES = 4 << 10;
    private static final String TARGET = "must have either account or symbol, a text";

    private final RiskControl risk;
    private final byte[] token;

    private OperatorEndpoint(RiskControl risk, String token) {
        this.risk = risk;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** @param token empty for none */
    static void mount(Router router, RiskControl risk, String token) {
        if (token.isEmpty()) {
            return;
        }
        var endpoint = new OperatorEndpoint(risk, token);
        router.route(ROOT + "/*").handler(endpoint::authenticate);
        router.route(ROOT + "/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.get(ROOT + "/risk").handler(endpoint::status);
        router.post(ROOT + "/halt").handler(endpoint::halt);
        router.post(ROOT + "/resume").handler(endpoint::resume);
        router.post(ROOT + "/reload").handler(endpoint::reload);
    }

    private void authenticate(RoutingContext context) {
        String given = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean right = given != null
                && given.startsWith(SCHEME)
                && MessageDigest.isEqual(given.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8), token);
        if (right) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            Endpoint.error(context, 401, "Send the operator's token: Authorization: Bearer TOKEN");
        }
    }

    private void status(RoutingContext context) {
        answer(context, () -> Future.succeededFuture(state()));
    }

    private void halt(RoutingContext context) {
        try {
            var body = body(context, Set.of("account", "symbol", "cancelOrders"));
            var target = target(body);
            boolean cancelOrders = cancelOrders(body);
            answer(
                    context,
                    () -> Future.fromCompletionStage(risk.halt(target, cancelOrders))
                            .map(accounts -> state().put("cancelling", accounts)));
        } catch (IllegalArgumentException e) {
            Endpoint.error(context, 400, e.getMessage());
        }
    }

    private void resume(RoutingContext context) {
        try {
            var target = target(body(context, Set.of("account", "symbol")));
            answer(
                    context,
                    () -> Future.fromCompletionStage(risk.resume(target)).map(accounts -> state()));
        } catch (IllegalArgumentException e) {
            Endpoint.error(context, 400, e.getMessage());
        }
    }

    private void reload(RoutingContext context) {
        answer(context, () -> {
            risk.reload();
            return Future.succeededFuture(state());
        });
    }

    private static void answer(RoutingContext context, Callable<Future<JsonObject>> work) {
        context.vertx()
                .executeBlocking(work)
                .compose(done -> done)
                .onSuccess(body -> Endpoint.json(context, 200, body.encode()))
                .onFailure(failure -> Endpoint.error(context, status(failure), failure.getMessage()));
    }

    private static int status(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            return 404;
        }
        return failure instanceof RiskLimitsException ? 422 : 500;
    }

    private JsonObject state() {
        var status = risk.status();
        return new JsonObject()
                .put("limits", status.limits())
                .put("loaded", status.loaded() == null ? null : status.loaded().toString())
                .put("error", status.error())
                .put("unknownSymbols", new JsonArray(status.unknownSymbols()))
                .put("haltedAccounts", new JsonArray(status.haltedAccounts()))
                .put("haltedSymbols", new JsonArray(status.haltedSymbols()));
    }

    private static JsonObject body(RoutingContext context, Set<String> known) {
        JsonObject body;
        try {
            body = context.body().asJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("The body must be one JSON object", e);
        }
        if (body == null) {
            throw new IllegalArgumentException("The body " + TARGET);
        }
        for (String field : body.fieldNames()) {
            if (!known.contains(field)) {
                throw new IllegalArgumentException(
                        "There is no field " + field + "; there are: " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return body;
    }

    private static HaltTarget target(JsonObject body) {
        var account = body.getValue("account");
        var symbol = body.getValue("symbol");
        if (account instanceof String name && symbol == null) {
            if (!AccountAccess.isAccount(name)) {
                throw new IllegalArgumentException("Field account must be 1 to 32 of A-Z a-z 0-9 _ . -");
            }
            return HaltTarget.account(name);
        }
        if (symbol instanceof String name && account == null && !name.isEmpty()) {
            return HaltTarget.symbol(name);
        }
        throw new IllegalArgumentException("The body " + TARGET);
    }

    private static boolean cancelOrders(JsonObject body) {
        if (body.getValue("cancelOrders", false) instanceof Boolean cancelOrders) {
            return cancelOrders;
        }
        throw new IllegalArgumentException("Field cancelOrders must be true or false");
    }
}
