package tickcast.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.protocol.sbe.Side;

/**
 * The compact v1 layouts: little-endian, fixed, one message per WebSocket frame. Stateless functions; safe from any
 * thread. The layouts are a contract with existing clients and never change.
 */
public final class V1 {
    public static final byte PRICE = 0x01;
    public static final byte BOOK = 0x02;
    public static final byte TRADE = 0x03;

    public static final int PRICE_LENGTH = 21;
    public static final int BOOK_HEADER_LENGTH = 7;
    public static final int LEVEL_LENGTH = 16;
    public static final int TRADE_LENGTH = 38;

    /** Most levels of a side in one message. */
    public static final int MAX_LEVELS = 255;

    /** Side of a trade that neither side took. */
    private static final int NEITHER = 255;

    private V1() {}

    /** Writes a price update; returns its length. */
    public static int encodePrice(
            MutableDirectBuffer buffer, int offset, int symbolId, long priceMantissa, long timeNanos) {
        buffer.putByte(offset, PRICE);
        buffer.putInt(offset + 1, symbolId, LITTLE_ENDIAN);
        buffer.putDouble(offset + 5, Decimal8.toDouble(priceMantissa), LITTLE_ENDIAN);
        buffer.putLong(offset + 13, TimeUnit.NANOSECONDS.toMillis(timeNanos), LITTLE_ENDIAN);
        return PRICE_LENGTH;
    }

    /** The length of an order-book update of one side with at most {@code maxLevels} levels. */
    public static int bookLength(Side side, DepthBook book, int maxLevels) {
        return BOOK_HEADER_LENGTH + LEVEL_LENGTH * levelCount(side, book, maxLevels);
    }

    /** Writes one whole side of a book, best first, at most {@code maxLevels} levels; returns its length. */
    public static int encodeBook(
            MutableDirectBuffer buffer, int offset, int symbolId, Side side, DepthBook book, int maxLevels) {
        int levels = levelCount(side, book, maxLevels);
        buffer.putByte(offset, BOOK);
        buffer.putInt(offset + 1, symbolId, LITTLE_ENDIAN);
        buffer.putByte(offset + 5, (byte) side.value());
        buffer.putByte(offset + 6, (byte) levels);
        int at = offset + BOOK_HEADER_LENGTH;
        for (int rank = 0; rank < levels; rank++, at += LEVEL_LENGTH) {
            buffer.putDouble(at, Decimal8.toDouble(book.price(side, rank)), LITTLE_ENDIAN);
            buffer.putDouble(at + Double.BYTES, Decimal8.toDouble(book.quantity(side, rank)), LITTLE_ENDIAN);
        }
        return at - offset;
    }

    /** Writes a trade, {@code aggressor} as {@link Side#NULL_VAL} where there is none; returns its length. */
    public static int encodeTrade(
            MutableDirectBuffer buffer,
            int offset,
            int symbolId,
            Side aggressor,
            long priceMantissa,
            long quantityMantissa,
            long tradeId,
            long timeNanos) {
        buffer.putByte(offset, TRADE);
        buffer.putInt(offset + 1, symbolId, LITTLE_ENDIAN);
        buffer.putByte(offset + 5, (byte) aggressor.value());
        buffer.putDouble(offset + 6, Decimal8.toDouble(priceMantissa), LITTLE_ENDIAN);
        buffer.putDouble(offset + 14, Decimal8.toDouble(quantityMantissa), LITTLE_ENDIAN);
        buffer.putLong(offset + 22, tradeId, LITTLE_ENDIAN);
        buffer.putLong(offset + 30, TimeUnit.NANOSECONDS.toMillis(timeNanos), LITTLE_ENDIAN);
        return TRADE_LENGTH;
    }

    /**
     * Reads one message.
     *
     * @throws MalformedMessageException when type, length or side are none of the protocol's
     */
    public static void decode(DirectBuffer buffer, int offset, int length, V1Listener listener) {
        if (length == 0) {
            throw new MalformedMessageException("An empty v1 message");
        }
        byte type = buffer.getByte(offset);
        switch (type) {
            case PRICE -> {
                requireLength("price update", length, PRICE_LENGTH);
                listener.onPrice(
                        buffer.getInt(offset + 1, LITTLE_ENDIAN),
                        buffer.getDouble(offset + 5, LITTLE_ENDIAN),
                        buffer.getLong(offset + 13, LITTLE_ENDIAN));
            }
            case BOOK -> decodeBook(buffer, offset, length, listener);
            case TRADE -> {
                requireLength("trade", length, TRADE_LENGTH);
                listener.onTrade(
                        buffer.getInt(offset + 1, LITTLE_ENDIAN),
                        aggressor(buffer.getByte(offset + 5) & 0xFF),
                        buffer.getDouble(offset + 6, LITTLE_ENDIAN),
                        buffer.getDouble(offset + 14, LITTLE_ENDIAN),
                        buffer.getLong(offset + 22, LITTLE_ENDIAN),
                        buffer.getLong(offset + 30, LITTLE_ENDIAN));
            }
            default ->
                throw new MalformedMessageException(
                        "v1 message type is " + type + ", must be 1 (price), 2 (book) or 3 (trade)");
        }
    }

    private static void decodeBook(DirectBuffer buffer, int offset, int length, V1Listener listener) {
        if (length < BOOK_HEADER_LENGTH) {
            throw new MalformedMessageException(
                    "v1 book update has " + length + " bytes, must have at least " + BOOK_HEADER_LENGTH);
        }
        int levels = buffer.getByte(offset + 6) & 0xFF;
        requireLength("book update of " + levels + " levels", length, BOOK_HEADER_LENGTH + LEVEL_LENGTH * levels);
        var prices = new double[levels];
        var quantities = new double[levels];
        for (int rank = 0; rank < levels; rank++) {
            int at = offset + BOOK_HEADER_LENGTH + LEVEL_LENGTH * rank;
            prices[rank] = buffer.getDouble(at, LITTLE_ENDIAN);
            quantities[rank] = buffer.getDouble(at + Double.BYTES, LITTLE_ENDIAN);
        }
        listener.onBook(
                buffer.getInt(offset + 1, LITTLE_ENDIAN), side(buffer.getByte(offset + 5) & 0xFF), prices, quantities);
    }

    private static int levelCount(Side side, DepthBook book, int maxLevels) {
        return Math.min(Math.min(maxLevels, MAX_LEVELS), book.depth(side));
    }

    private static Side side(int value) {
        return switch (value) {
            case 0 -> Side.BUY;
            case 1 -> Side.SELL;
            default ->
                throw new MalformedMessageException("v1 side is " + value + ", must be 0 or 1, in a trade also 255");
        };
    }

    private static Side aggressor(int value) {
        return value == NEITHER ? Side.NULL_VAL : side(value);
    }

    private static void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new MalformedMessageException("v1 " + what + " has " + length + " bytes, must have " + expected);
        }
    }
}
