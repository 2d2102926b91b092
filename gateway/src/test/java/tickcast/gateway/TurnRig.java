package tickcast.gateway;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tickcast.latency.LatencyLog;
import tickcast.orderentry.risk.MarketBoard;

/** What a shard has between its feed of two symbols and its subscribers, without sockets and threads. */
abstract class TurnRig {
    @TempDir
    Path data;

    final Turn turn = new Turn(new FeedLatency(LatencyLog.discarding()));
    final Market market = new Market(turn, new MarketBoard());
    final GatewayCounters counters = new GatewayCounters(new OutboundBudget(1 << 30));
    TestFeed feed;
    FeedReader reader;

    @BeforeEach
    void start() {
        feed = new TestFeed(data, "A", "B");
        reader = new FeedReader(data, market, () -> 0);
        readAll();
        turn.clear();
    }

    @AfterEach
    void stop() {
        reader.close();
        feed.close();
    }

    /** Reads what there is, and tells nobody. */
    final void readAll() {
        while (reader.poll() > 0) {
            turn.clear();
        }
    }

    /** Flushes at once: an embedded loop runs nothing by itself. */
    static FlushQueue flushing(EmbeddedChannel channel) {
        return new FlushQueue(channel.eventLoop()) {
            @Override
            void add(Outbound outbound) {
                outbound.flush();
            }
        };
    }
}
