package tickcast.gateway;

import io.vertx.core.http.HttpConnection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The connections that are no WebSocket (yet): those that ask for nothing for too long are closed. Confined to a shard. */
final class PlainConnections {
    /** By when each was heard of, the oldest first. */
    private final Map<HttpConnection, Long> heardNanos = new LinkedHashMap<>();

    private final long idleNanos;

    PlainConnections(int idleMillis) {
        idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
    }

    /** It has connected, or asks for something. */
    void heard(HttpConnection connection, long nowNanos) {
        if (heardNanos.remove(connection) == null) {
            connection.closeHandler(closed -> gone(connection));
        }
        heardNanos.put(connection, nowNanos);
    }

    /** It is a WebSocket now, or gone. */
    void gone(HttpConnection connection) {
        heardNanos.remove(connection);
    }

    void closeIdle(long nowNanos) {
        Iterator<Map.Entry<HttpConnection, Long>> oldest = heardNanos.entrySet().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (nowNanos - entry.getValue() < idleNanos) {
                return;
            }
            oldest.remove();
            entry.getKey().close();
        }
    }
}
