package tickcast.journal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a writer wakes readers that sleep, so that neither has to poll: a small mapped file with a bit for each reader that
 * waits, and the UDP port on loopback where it waits. A writer that finds a bit takes it away and sends a datagram there.
 *
 * <p>Reader and writer each write first and look second: the reader sets its bit and then looks for documents, the
 * writer publishes a document and then looks for bits. So one of them always sees the other, and a busy reader costs the writer
 * nothing but the look. A datagram may still be lost, or not reach a reader in another network namespace: readers also look by
 * themselves now and then.
 */
final class Bells implements AutoCloseable {
    static final int SLOTS = Long.SIZE;

    private static final Logger LOG = LoggerFactory.getLogger(Bells.class);
    private static final String FILE_NAME = "bells";
    private static final long MAGIC = 0x31_4C_4C_45_42_4C_4A_54L;
    private static final int MAGIC_OFFSET = 0;
    private static final int WAITING_OFFSET = 64;
    private static final int SLOTS_OFFSET = 128;
    private static final int LENGTH = SLOTS_OFFSET + SLOTS * Long.BYTES;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final InetSocketAddress[] addresses = new InetSocketAddress[SLOTS];
    private final ByteBuffer ring = ByteBuffer.allocateDirect(1);
    private DatagramChannel socket;
    private boolean failed;

    private Bells(MappedByteBuffer mapped) {
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    /** For readers; null when the journal has none. */
    static Bells open(Path directory) throws IOException {
        var file = directory.resolve(FILE_NAME);
        return Files.exists(file) ? map(file) : null;
    }

    /** For the holder of the writer's lock. Readers that have the file mapped keep it. */
    static Bells openOrCreate(Path directory) throws IOException {
        var existing = open(directory);
        if (existing != null) {
            return existing;
        }
        var draft = directory.resolve(FILE_NAME + ".new");
        var content = new UnsafeBuffer(new byte[LENGTH]);
        content.putLong(MAGIC_OFFSET, MAGIC);
        Files.write(draft, content.byteArray());
        var file = directory.resolve(FILE_NAME);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return map(file);
    }

    /** Null when the file is torn. */
    private static Bells map(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != LENGTH) {
                return null;
            }
            var bells = new Bells(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            if (bells.buffer.getLong(MAGIC_OFFSET) == MAGIC) {
                return bells;
            }
            bells.close();
            return null;
        }
    }

    /** What stands in a slot: 0 when it is free. */
    long slot(int number) {
        return buffer.getLongVolatile(SLOTS_OFFSET + number * Long.BYTES);
    }

    /** Puts {@code next} into a slot if {@code expected} stands there; its lowest 16 bits are a port. */
    boolean slot(int number, long expected, long next) {
        return buffer.compareAndSetLong(SLOTS_OFFSET + number * Long.BYTES, expected, next);
    }

    /** The reader of the slot waits: it is woken once. */
    void await(int slot) {
        long bit = 1L << slot;
        long waiting = buffer.getLongVolatile(WAITING_OFFSET);
        while ((waiting & bit) == 0 && !buffer.compareAndSetLong(WAITING_OFFSET, waiting, waiting | bit)) {
            waiting = buffer.getLongVolatile(WAITING_OFFSET);
        }
    }

    /** By the writer, after each document: wakes who waits. Never blocks. */
    void ring() {
        VarHandle.fullFence();
        if (buffer.getLong(WAITING_OFFSET) != 0) {
            wake(buffer.getAndSetLong(WAITING_OFFSET, 0));
        }
    }

    private void wake(long waiting) {
        for (long bits = waiting; bits != 0 && !failed; bits &= bits - 1) {
            int number = Long.numberOfTrailingZeros(bits);
            int port = (int) slot(number) & 0xFFFF;
            if (port != 0) {
                send(number, port);
            }
        }
    }

    private void send(int number, int port) {
        try {
            if (socket == null) {
                socket = DatagramChannel.open(StandardProtocolFamily.INET);
                socket.configureBlocking(false);
            }
            if (addresses[number] == null || addresses[number].getPort() != port) {
                addresses[number] = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
            }
            ring.clear();
            socket.send(ring, addresses[number]);
        } catch (IOException e) {
            // Readers find what is new by themselves, a little later.
            failed = true;
            LOG.warn("Readers cannot be woken and have to look for themselves", e);
        }
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("The socket that wakes readers did not close", e);
            }
        }
    }
}
