package tickcast.cli.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.latency.LatencyRecorder;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.V1;
import tickcast.protocol.V1Listener;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.sbe.Side;

/**
 * Reads frames of market data for all subscribers of an event loop, counts what belongs to the measured window, and
 * measures how long it took. Confined to the event loop.
 */
final class FeedIntake implements V1Listener {
    private final MeasuredWindow window;
    private final LongSupplier epochNanos;
    private final LatencyRecorder latency;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[0]);
    private final Packet packet = new Packet();
    private final FeedJsonReader json = new FeedJsonReader();
    private final MutableDirectBuffer fromJson = new ExpandableArrayBuffer();
    private FeedCheck check;
    private Tally tally;
    private boolean measured;
    private long receivedEpochNanos;
    private long receivedNanoTime;

    /** @param latency takes published → received of what is read promptly */
    FeedIntake(MeasuredWindow window, LongSupplier epochNanos, LatencyRecorder latency) {
        this.window = window;
        this.epochNanos = epochNanos;
        this.latency = latency;
    }

    /** Takes a packet of SBE. */
    void packet(ByteBuf content, LoadPlan plan, FeedCheck followed, Tally group) {
        begin(content, plan, followed, group);
        packet.wrap(frame, 0, frame.capacity());
        while (packet.next()) {
            message(frame, packet.messageOffset());
        }
    }

    /** Takes a message of v1. */
    void compact(ByteBuf content, LoadPlan plan, FeedCheck followed, Tally group) {
        begin(content, plan, followed, group);
        V1.decode(frame, 0, frame.capacity(), this);
    }

    /** Takes a message of JSON; false when it is none of market data. */
    boolean text(ByteBuf content, LoadPlan plan, FeedCheck followed, Tally group) {
        String text = content.toString(StandardCharsets.UTF_8);
        if (!FeedJsonReader.isMarketData(text)) {
            return false;
        }
        begin(content, plan, followed, group);
        json.read(text, fromJson);
        message(fromJson, 0);
        return true;
    }

    private void begin(ByteBuf content, LoadPlan plan, FeedCheck followed, Tally group) {
        check = followed;
        tally = group;
        measured = plan.reading() == Reading.PROMPT;
        receivedEpochNanos = epochNanos.getAsLong();
        receivedNanoTime = System.nanoTime();
        int length = content.readableBytes();
        if (content.hasMemoryAddress()) {
            frame.wrap(content.memoryAddress() + content.readerIndex(), length);
        } else {
            frame.wrap(content.array(), content.arrayOffset() + content.readerIndex(), length);
        }
        if (window.containsTime(receivedNanoTime)) {
            tally.bytes.add(length);
        }
    }

    private void message(MutableDirectBuffer buffer, int offset) {
        long latencyNanos = receivedEpochNanos - FeedHeader.publishTime(buffer, offset);
        if (!measured) {
            received();
        } else if (window.containsTime(receivedNanoTime - latencyNanos)) {
            tally.delivered.increment();
            // What starts a chain is a snapshot that the gateway made for one subscriber.
            if (FeedHeader.prevSeq(buffer, offset) != 0) {
                latency.record(latencyNanos);
            }
        }
        check.onMessage(buffer, offset);
    }

    /**
     * Counts by when it came: a slow reader is far behind, v1 tells no time of books, and the price that it begins with has the
     * time of an old trade.
     */
    private void received() {
        if (window.containsTime(receivedNanoTime)) {
            tally.delivered.increment();
        }
    }

    @Override
    public void onPrice(int symbolId, double price, long timeMillis) {
        received();
    }

    @Override
    public void onBook(int symbolId, Side side, double[] prices, double[] quantities) {
        received();
        check.onCompactBook(symbolId, side);
    }

    @Override
    public void onTrade(int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis) {
        received();
        long latencyNanos = receivedEpochNanos - TimeUnit.MILLISECONDS.toNanos(timeMillis);
        if (measured && window.containsTime(receivedNanoTime - latencyNanos)) {
            latency.record(latencyNanos);
        }
    }
}
