package tickcast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import tickcast.client.ClientTransport;
import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyRecorder;
import tickcast.latency.Stage;

/** Some threads that the clients share, each with a recorder of its own. */
final class BenchThreads implements AutoCloseable {
    /** One thread and what is confined to it. */
    record Lane(ClientTransport transport, LatencyRecorder probes) {}

    private final List<ExecutorService> executors = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();

    BenchThreads(int count, LatencyLog log) {
        ThreadFactory daemons = task -> {
            var thread = new Thread(task, "tickcast-bench");
            thread.setDaemon(true);
            return thread;
        };
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(daemons);
        executors.add(scheduler);
        for (int i = 0; i < count; i++) {
            var executor = Executors.newSingleThreadExecutor(daemons);
            executors.add(executor);
            lanes.add(new Lane(ClientTransport.of(executor, scheduler), log.recorder(Stage.CLIENT_ORDER_PUBLISHED)));
        }
    }

    /** Clients take turns. */
    Lane lane(int client) {
        return lanes.get(client % lanes.size());
    }

    @Override
    public void close() {
        executors.forEach(ExecutorService::shutdownNow);
    }
}
