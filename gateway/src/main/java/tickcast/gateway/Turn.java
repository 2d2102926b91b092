package tickcast.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What a turn of a shard has gathered for its subscribers. Confined to the shard. */
final class Turn {
    static final int MAX_MESSAGES = 1_024;
    static final int MAX_BYTES = 256 << 10;

    private final List<ViewGroup> groups = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final ConflationSchedule conflation = new ConflationSchedule(System.nanoTime());
    /** Where what one subscriber is sent of several symbols is put together. */
    private final ByteBuf scratch = Unpooled.directBuffer(MAX_BYTES);

    private final FeedLatency latency;
    private int messages;
    private int bytes;

    Turn(FeedLatency latency) {
        this.latency = latency;
    }

    /** Whether more may be read in this turn. */
    boolean hasRoom() {
        return messages < MAX_MESSAGES && bytes < MAX_BYTES;
    }

    /** A message was read from the feed. */
    void read(int length, long publishTimeNanos) {
        messages++;
        bytes += length;
        latency.published(publishTimeNanos);
    }

    /** The message read last goes to subscribers. */
    void used() {
        latency.used();
    }

    /** {@code newBytes} were appended to the batch of a group, which had {@code messagesBefore} messages. */
    void appended(ViewGroup group, int messagesBefore, int newBytes) {
        if (messagesBefore == 0 && group.messages() > 0) {
            groups.add(group);
        }
        bytes += newBytes;
    }

    /** What is to be sent at its time. */
    ConflationSchedule conflation() {
        return conflation;
    }

    boolean hasBatches() {
        return !groups.isEmpty();
    }

    /** Writes to every subscriber what it is to have of this turn, once. */
    void distribute(long epoch, long nowNanos, GatewayCounters counters) {
        for (int i = 0; i < groups.size(); i++) {
            gather(groups.get(i));
        }
        long delivered = 0;
        long written = 0;
        for (int i = 0; i < subscribers.size(); i++) {
            var subscriber = subscribers.get(i);
            delivered += subscriber.gatheredMessages();
            written += subscriber.writeGathered(epoch, nowNanos, scratch);
        }
        counters.marketDataWritten(delivered, written);
    }

    private void gather(ViewGroup group) {
        var members = group.members();
        for (int i = 0; i < members.size(); i++) {
            var subscriber = members.get(i).subscriber();
            if (subscriber.gather(group)) {
                subscribers.add(subscriber);
            }
        }
    }

    /** The turn is over: forgets what it gathered. */
    void clear() {
        latency.discard();
        groups.forEach(ViewGroup::clear);
        groups.clear();
        subscribers.clear();
        messages = 0;
        bytes = 0;
    }
}
