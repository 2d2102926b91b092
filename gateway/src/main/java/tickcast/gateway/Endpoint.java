package tickcast.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyTotals;
import tickcast.protocol.json.ServerMessage;

/** The paths of the HTTP server, {@code /ws} among them. Confined to its shard. */
final class Endpoint {
    private final Shard shard;

    Endpoint(Shard shard) {
        this.shard = shard;
    }

    Handler<HttpServerRequest> handler(Vertx vertx) {
        var upgrade = new WebSocketUpgrade(shard);
        var router = router(vertx);
        return request -> {
            shard.plain().heard(request.connection(), System.nanoTime());
            if (request.path().equals("/ws")) {
                upgrade.handle(request);
            } else {
                router.handle(request);
            }
        };
    }

    private Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/health/live").handler(context -> json(context, 200, "{\"live\":true}"));
        router.get("/health/ready").handler(this::ready);
        router.get("/api/symbols")
                .handler(context -> json(
                        context,
                        200,
                        new ServerMessage.SymbolList(null, shard.market().listings()).toJson()));
        var parts = shard.parts();
        OperatorEndpoint.mount(router, parts.risk(), parts.settings().operatorToken());
        router.get("/latency")
                .handler(context -> latency(context, log -> log.report().text()));
        router.get("/latency.hlog")
                .handler(context ->
                        latency(context, log -> LatencyTotals.of(log.totals()).text()));
        router.errorHandler(
                404,
                context -> error(
                        context,
                        404,
                        "No such path; there are /ws, /health/live, /health/ready, /api/symbols, /latency and"
                                + " /latency.hlog"));
        router.errorHandler(413, context -> error(context, 413, "The body is too long"));
        router.errorHandler(405, context -> {
            boolean read = !context.request().path().startsWith("/api/operator/")
                    || context.request().path().endsWith("/risk");
            context.response().putHeader(HttpHeaders.ALLOW, read ? "GET" : "POST");
            error(context, 405, "Only " + (read ? "GET" : "POST") + " is understood");
        });
        return router;
    }

    private void ready(RoutingContext context) {
        var missing = shard.parts().readiness().missing();
        var body = new JsonObject().put("ready", missing.isEmpty());
        if (!missing.isEmpty()) {
            body.put("missing", new JsonArray(missing));
        }
        json(context, missing.isEmpty() ? 200 : 503, body.encode());
    }

    /** Names accounts, so it is not for everybody. Collecting may wait for the disk. */
    private void latency(RoutingContext context, Function<LatencyLog, String> form) {
        if (!AccountAccess.isLoopback(context.request())) {
            error(context, 403, "Latencies are told to this machine only");
            return;
        }
        context.vertx()
                .executeBlocking(() -> form.apply(shard.parts().latency()))
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end(text))
                .onFailure(context::fail);
    }

    static void error(RoutingContext context, int status, String message) {
        json(context, status, new JsonObject().put("error", message).encode());
    }

    static void json(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body);
    }
}
