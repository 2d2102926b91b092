package tickcast.simulator.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/**
 * The messages of one ITCH file, one after the other, and the fields of the current one. Before each stands its length,
 * or 0: then the type tells it. Two zero bytes at the very end mark the end of a session. Confined to a thread.
 */
final class ItchMessages implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int PREFIX_BYTES = 2;
    private static final int STOCK_BYTES = 8;
    private static final long LOW_48_BITS = 0xFFFF_FFFF_FFFFL;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    /** Prices have four decimals. */
    private static final long PRICE_UNIT = Decimal8.ONE / 10_000;

    private static final long MAX_PRICE = Integer.MAX_VALUE;
    private static final long MAX_CROSS_SHARES = Long.MAX_VALUE / Decimal8.ONE;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final RecordedFile file;
    private final InputStream content;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    /** Where the buffer begins in the content. */
    private long base;
    /** Where the current message begins in the buffer, its prefix left out, and where it ends. */
    private int start;

    private int end;
    /** Where the buffer's content ends. */
    private int limit;

    private long bytesRead;
    /** Why the content cannot be read any further. */
    private RecordingException damage;

    ItchMessages(RecordedFile file) throws IOException {
        this.file = file;
        content = file.open(read -> bytesRead += read);
    }

    /**
     * Steps to the next message; false when there is none. Asking again at the end or after a fault changes nothing.
     *
     * @throws RecordingException when what comes next is no message
     */
    boolean next() {
        int available = available(PREFIX_BYTES + 1);
        if (available <= PREFIX_BYTES) {
            return incomplete(available);
        }
        int prefix = unsignedShort(end);
        int type = buffer[end + PREFIX_BYTES] & 0xFF;
        int length = ItchType.length(type);
        if (prefix != length) {
            length = length(prefix, type);
        }
        int framed = PREFIX_BYTES + length;
        available = available(framed);
        if (available < framed) {
            throw cutOff(ItchType.label(type), available - PREFIX_BYTES, length);
        }
        start = end + PREFIX_BYTES;
        end += framed;
        return true;
    }

    int type() {
        return buffer[start] & 0xFF;
    }

    int locate() {
        return unsignedShort(start + 1);
    }

    /** Nanoseconds since midnight. */
    long timestamp() {
        // Six bytes, read together with the tracking number before them.
        long timestamp = longAt(3) & LOW_48_BITS;
        if (timestamp >= NANOS_PER_DAY) {
            throw fault("timestamp", timestamp, "below " + NANOS_PER_DAY + ", the nanoseconds of a day");
        }
        return timestamp;
    }

    char character(int offset) {
        return (char) (buffer[start + offset] & 0xFF);
    }

    /** Eight bytes; those of an unsigned number when they begin with a one bit. */
    long longAt(int offset) {
        return (long) LONGS.get(buffer, start + offset);
    }

    Side side(int offset) {
        return switch (character(offset)) {
            case 'B' -> Side.BUY;
            case 'S' -> Side.SELL;
            default -> throw fault("buy/sell indicator", ItchType.quoted(character(offset)), "'B' or 'S'");
        };
    }

    /** A mantissa above 0. */
    long shares(String field, int offset) {
        long shares = unsignedInt(offset);
        if (shares == 0) {
            throw fault(field, shares, "above 0");
        }
        return shares * Decimal8.ONE;
    }

    /** A mantissa; 0 is possible. */
    long crossShares(int offset) {
        long shares = longAt(offset);
        if (shares < 0 || shares > MAX_CROSS_SHARES) {
            throw fault("shares", Long.toUnsignedString(shares), "at most " + MAX_CROSS_SHARES);
        }
        return shares * Decimal8.ONE;
    }

    /** A mantissa above 0. */
    long price(int offset) {
        long price = unsignedInt(offset);
        if (price == 0 || price > MAX_PRICE) {
            throw fault("price", price, "1 to " + MAX_PRICE + " ten-thousandths");
        }
        return price * PRICE_UNIT;
    }

    /** The text of a Stock field without the blanks on its right. */
    String symbol(int offset) {
        int length = STOCK_BYTES;
        while (length > 0 && buffer[start + offset + length - 1] == ' ') {
            length--;
        }
        return new String(buffer, start + offset, length, StandardCharsets.ISO_8859_1);
    }

    /** File and offset of the current message, its prefix included. */
    String place() {
        return place(base + start - PREFIX_BYTES);
    }

    /** What is wrong with a field of the current message. */
    RecordingException fault(String field, Object value, String expected) {
        return new RecordingException(
                place() + ": " + ItchType.label(type()) + ": " + field + " is " + value + ", must be " + expected);
    }

    /** Of the file on disk; of what waits in the buffer, in proportion. */
    long bytesRead() {
        long unpacked = base + limit;
        return unpacked == 0 ? bytesRead : (long) ((double) bytesRead * (base + end) / unpacked);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long unsignedInt(int offset) {
        return (int) INTS.get(buffer, start + offset) & 0xFFFF_FFFFL;
    }

    private int unsignedShort(int index) {
        return (short) SHORTS.get(buffer, index) & 0xFFFF;
    }

    /** What a prefix that is not the type's length means. */
    private int length(int prefix, int type) {
        int known = ItchType.length(type);
        if (prefix == 0 && known == ItchType.UNKNOWN) {
            throw fault(base + end, "type is " + ItchType.label(type) + ", must be known when the length prefix is 0");
        }
        if (prefix != 0 && known != ItchType.UNKNOWN) {
            throw fault(base + end, ItchType.label(type) + ": length prefix is " + prefix + ", must be " + known);
        }
        return Math.max(prefix, known);
    }

    private boolean incomplete(int available) {
        if (available == 0) {
            return false;
        }
        if (available < PREFIX_BYTES) {
            throw cutOff("length prefix", available, PREFIX_BYTES);
        }
        int length = unsignedShort(end);
        if (length != 0) {
            throw cutOff("message", 0, length);
        }
        return false;
    }

    private RecordingException cutOff(String what, int there, int expected) {
        return fault(base + end, what + " is cut off: " + there + " of " + expected + " bytes are there");
    }

    private RecordingException fault(long offset, String what) {
        return new RecordingException(place(offset) + ": " + what);
    }

    private String place(long offset) {
        return file.path() + ": byte " + offset;
    }

    /** Bytes behind the current message that are in the buffer: so many, or fewer where the content ends. */
    private int available(int wanted) {
        int available = limit - end;
        return available >= wanted ? available : fill(wanted);
    }

    /** Gives up the current message for the bytes behind it. */
    private int fill(int wanted) {
        limit -= end;
        System.arraycopy(buffer, end, buffer, 0, limit);
        base += end;
        end = 0;
        int read = 0;
        while (limit < wanted && read >= 0) {
            read = read();
            limit += Math.max(read, 0);
        }
        return limit;
    }

    private int read() {
        if (damage != null) {
            throw damage;
        }
        try {
            return content.read(buffer, limit, buffer.length - limit);
        } catch (IOException e) {
            damage = new RecordingException(place(base + limit) + ": cannot be read any further: " + e.getMessage(), e);
            throw damage;
        }
    }
}
