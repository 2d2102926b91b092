package tickcast.client;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads and the HTTP client behind any number of Tickcast clients; thousands may share one. Whoever makes one shuts its
 * executors down, after the clients are closed.
 *
 * <p>With an executor of one thread everything of its clients happens on that thread, so that they may share what is confined to one,
 * such as a latency recorder.
 *
 * @param http must run on {@code executor}
 * @param executor where listeners are called
 * @param scheduler for reconnects and liveness; its tasks are short
 */
public record ClientTransport(HttpClient http, Executor executor, ScheduledExecutorService scheduler) {

    /** A transport with an HTTP client of its own on {@code executor}. */
    public static ClientTransport of(Executor executor, ScheduledExecutorService scheduler) {
        return new ClientTransport(HttpClient.newBuilder().executor(executor).build(), executor, scheduler);
    }

    /** The one that clients use that were given none: daemon threads, as many as there is work for. */
    public static ClientTransport shared() {
        return Shared.TRANSPORT;
    }

    private static final class Shared {
        static final ClientTransport TRANSPORT = make();

        private static ClientTransport make() {
            var number = new AtomicInteger();
            ThreadFactory daemons = task -> {
                var thread = new Thread(task, "tickcast-client-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            };
            var scheduler = new ScheduledThreadPoolExecutor(1, daemons);
            scheduler.setRemoveOnCancelPolicy(true);
            return of(Executors.newCachedThreadPool(daemons), scheduler);
        }
    }
}
