package tickcast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.agrona.CloseHelper;

/**
 * A UDP port on 127.0.0.1 where a thread sleeps until it is woken: by the writer of a journal, whose reader was told this port
 * by {@link JournalReader#wakeAt} and said {@link JournalReader#awaits}, or by another thread. Confined to the thread that
 * sleeps, but for {@link #wake}.
 */
public final class WakePort implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer rung = ByteBuffer.allocateDirect(1);
    private boolean heard;

    private WakePort(DatagramChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** @throws UncheckedIOException when there is no free port */
    public static WakePort open() {
        DatagramChannel channel = null;
        Selector selector = null;
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new WakePort(channel, selector);
        } catch (IOException e) {
            CloseHelper.quietCloseAll(selector, channel);
            throw new UncheckedIOException("no UDP port to be woken at", e);
        }
    }

    public int number() {
        return channel.socket().getLocalPort();
    }

    /**
     * Sleeps until it is woken, or was since it slept last.
     *
     * @param millis how long at most; above 0
     * @return whether a writer woke it
     */
    public boolean sleep(long millis) {
        heard = false;
        try {
            selector.select(key -> hear(), millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return heard;
    }

    /** One datagram at a time: of more, the next sleep is none. */
    private void hear() {
        try {
            heard = channel.receive(rung.clear()) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a sleep, this one or the next. Any thread. */
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(selector, channel);
    }
}
