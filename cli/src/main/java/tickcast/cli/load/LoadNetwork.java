package tickcast.cli.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tickcast.latency.LatencyLog;
import tickcast.latency.LatencyRecorder;
import tickcast.latency.Stage;

/** The event loops of a load test and what is confined to each. Subscribers take the loops in turn. */
public final class LoadNetwork implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

    /** One event loop with its recorders. */
    record Lane(EventLoop loop, FeedIntake intake, LatencyRecorder connected) {}

    private final URI url;
    private final int slowBytesPerSecond;
    private final MeasuredWindow window;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Lane> lanes = new ArrayList<>();
    private int subscribers;

    /**
     * @param slowBytesPerSecond read by each slow subscriber
     * @param epochNanos the wall clock, the same as the exchange's
     */
    public LoadNetwork(
            URI url,
            int slowBytesPerSecond,
            int threads,
            MeasuredWindow window,
            LatencyLog log,
            LongSupplier epochNanos) {
        this.url = url;
        this.slowBytesPerSecond = slowBytesPerSecond;
        this.window = window;
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("tickcast-load", true), NioIoHandler.newFactory());
        for (int i = 0; i < threads; i++) {
            var intake = new FeedIntake(window, epochNanos, log.recorder(Stage.CLIENT_PUBLISHED_RECEIVED));
            lanes.add(new Lane(group.next(), intake, log.recorder(Stage.CLIENT_CONNECTED_SNAPSHOT)));
        }
    }

    /** A subscriber that is not connected yet. */
    public LoadSubscriber subscriber(LoadPlan plan, Tally tally) {
        return new LoadSubscriber(this, lanes.get(subscribers++ % lanes.size()), plan, tally);
    }

    URI url() {
        return url;
    }

    MeasuredWindow window() {
        return window;
    }

    /** Bytes a second that such a subscriber reads once it has subscribed. */
    int limit(Reading reading) {
        return reading == Reading.SLOW ? slowBytesPerSecond : 0;
    }

    Bootstrap bootstrap(Lane lane, Reading reading) {
        var bootstrap = new Bootstrap()
                .group(lane.loop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .remoteAddress(url.getHost(), url.getPort());
        if (reading != Reading.PROMPT) {
            bootstrap
                    .option(ChannelOption.SO_RCVBUF, ReadGate.SOCKET_BUFFER_BYTES)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, ReadGate.allocator(limit(reading)));
        }
        return bootstrap;
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
