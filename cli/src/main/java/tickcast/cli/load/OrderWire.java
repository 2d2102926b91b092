package tickcast.cli.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * One session that sends orders: a plain socket, so that the load costs little beside what is measured. One thread sends, another
 * one reads.
 */
final class OrderWire implements AutoCloseable {
    /** Orders of a session that may be unanswered. */
    static final int MOST_UNANSWERED = 1 << 16;

    private static final String KEY = "dGlja2Nhc3QtYmVuY2gtMQ==";
    private static final int OPEN_MILLIS = 10_000;
    private static final int READ_BYTES = 256 << 10;
    private static final int MOST_HEAD_BYTES = 8 << 10;
    private static final int SEND_BYTES = 4 << 10;
    private static final long FULL_PARK_NANOS = 20_000;
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_PONG = 0x8A;
    private static final int OPCODE = 0x0F;
    private static final int PING = 9;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    /** Takes what comes. */
    interface Messages {
        /** A text message, in {@code bytes} from {@code offset} on. */
        void text(OrderWire from, byte[] bytes, int offset, int length);
    }

    private final SocketChannel channel;
    private final byte[] in = new byte[READ_BYTES];
    private final ByteBuffer reading = ByteBuffer.wrap(in).order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer sending = ByteBuffer.allocateDirect(SEND_BYTES);
    private final AtomicLongArray plannedNanos = new AtomicLongArray(MOST_UNANSWERED);
    private long lastNumber;
    private long lastAccountSeq;
    private volatile boolean closed;

    private OrderWire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects and says hello; the socket does not block from then on. */
    static OrderWire open(URI url) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(url.getHost(), port(url)), OPEN_MILLIS);
            var wire = new OrderWire(channel);
            wire.upgrade(url);
            channel.configureBlocking(false);
            return wire;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static int port(URI url) {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    private void upgrade(URI url) throws IOException {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        channel.write(ByteBuffer.wrap(("GET " + url.getRawPath() + query + " HTTP/1.1\r\nHost: " + url.getHost() + ":"
                        + port(url)
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + KEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0 || head.length() > MOST_HEAD_BYTES) {
                throw new IOException("no WebSocket there: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.substring(0, head.indexOf("\r\n")));
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** The number that the next order gets, 1 for the first. Of the sending thread. */
    long nextNumber() {
        return lastNumber + 1;
    }

    /**
     * Sends an order under the next number; waits while the connection takes no more.
     *
     * @return false when too many are unanswered, or the connection is gone
     */
    boolean send(byte[] text, int length, long planned) throws IOException {
        int slot = (int) ((lastNumber + 1) % MOST_UNANSWERED);
        if (closed || plannedNanos.get(slot) != 0) {
            return false;
        }
        lastNumber++;
        plannedNanos.set(slot, planned == 0 ? 1 : planned);
        frame(FIN_TEXT, text, 0, length);
        return true;
    }

    /** When the order of this number was planned, once; 0 when it has been answered, or was never sent. */
    long takePlanned(long number) {
        return number < 1 ? 0 : plannedNanos.getAndSet((int) (number % MOST_UNANSWERED), 0);
    }

    /** Notes the number of a report; returns how many are missing before it. Of the reading thread. */
    long reported(long accountSeq) {
        long missing = lastAccountSeq == 0 ? 0 : accountSeq - lastAccountSeq - 1;
        lastAccountSeq = accountSeq;
        return missing;
    }

    /** Both threads write: orders, and answers to pings. A mask of zeros changes nothing. */
    private synchronized void frame(int head, byte[] payload, int offset, int length) throws IOException {
        sending.clear().put((byte) head);
        if (length < LENGTH_16) {
            sending.put((byte) (MASKED | length));
        } else {
            sending.put((byte) (MASKED | LENGTH_16)).putShort((short) length);
        }
        sending.putInt(0).put(payload, offset, length).flip();
        while (sending.hasRemaining()) {
            if (channel.write(sending) == 0) {
                LockSupport.parkNanos(FULL_PARK_NANOS);
            }
        }
    }

    /**
     * Reads what is there.
     *
     * @throws IOException when the connection is over; its message says why
     */
    void read(Messages messages) throws IOException {
        if (channel.read(reading) < 0) {
            throw new EOFException("the gateway ended it");
        }
        frames(messages);
    }

    private void frames(Messages messages) throws IOException {
        reading.flip();
        while (reading.remaining() >= 2) {
            int start = reading.position();
            int head = reading.get() & 0xFF;
            long length = length();
            if (length < 0 || reading.remaining() < length) {
                reading.position(start);
                break;
            }
            frame(head, (int) length, messages);
            reading.position(reading.position() + (int) length);
        }
        reading.compact();
        if (!reading.hasRemaining()) {
            throw new IOException("a message is longer than " + READ_BYTES + " bytes");
        }
    }

    /** Of the frame's payload; −1 when that has not come yet. */
    private long length() {
        int shortLength = reading.get() & 0x7F;
        if (shortLength < LENGTH_16) {
            return shortLength;
        }
        if (reading.remaining() < (shortLength == LENGTH_64 ? Long.BYTES : Short.BYTES)) {
            return -1;
        }
        return shortLength == LENGTH_64 ? reading.getLong() : reading.getShort() & 0xFFFF;
    }

    private void frame(int head, int length, Messages messages) throws IOException {
        int at = reading.position();
        switch (head & OPCODE) {
            case FIN_TEXT & OPCODE -> messages.text(this, in, at, length);
            case PING -> frame(FIN_PONG, in, at, length);
            case CLOSE ->
                throw new EOFException("the gateway closed it with "
                        + (length < 2
                                ? "no code"
                                : (reading.getShort(at) & 0xFFFF) + " "
                                        + new String(in, at + 2, length - 2, StandardCharsets.UTF_8)));
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }
}
