package tickcast.gateway;

import java.util.ArrayList;
import java.util.List;
import tickcast.orderentry.OrderWriter;

/** Whether the gateway can serve: every shard has read the feed up to its end, and an exchange writes it. Any thread. */
final class Readiness {
    private final List<Shard> shards;
    private final FeedWatcher watcher;
    private final OrderWriter orderWriter;

    Readiness(List<Shard> shards, FeedWatcher watcher, OrderWriter orderWriter) {
        this.shards = shards;
        this.watcher = watcher;
        this.orderWriter = orderWriter;
    }

    /** What is missing, one sentence each; nothing when the gateway is ready. */
    List<String> missing() {
        var missing = new ArrayList<String>();
        if (watcher.feedEpoch() == 0) {
            missing.add("There is no feed yet");
        }
        if (!watcher.feedWritten()) {
            missing.add("No exchange is running");
        }
        long behind = shards.stream().filter(shard -> !shard.ready()).count();
        if (behind > 0) {
            missing.add(behind + " of " + shards.size() + " shards have not read the feed up to its end");
        }
        if (!orderWriter.ready()) {
            missing.add("The checks of orders have not read what is open and held");
        }
        return missing;
    }
}
