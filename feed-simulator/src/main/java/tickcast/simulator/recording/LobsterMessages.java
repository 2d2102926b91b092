package tickcast.simulator.recording;

import java.io.InputStream;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

/**
 * The rows of a LOBSTER message file, one of which is current. Prices are in dollars × 10⁴ and sizes in shares, as in the
 * file. Confined to a thread.
 */
final class LobsterMessages implements AutoCloseable {
    /** A price of the file, times this, is a mantissa. */
    static final long PRICE_UNIT = Decimal8.ONE / 10_000;

    /** Prices are below it. */
    static final long NO_PRICE = 9_999_999_999L;

    static final long MAX_SIZE = 9_999_999_999L;

    static final long HALTED = -1;
    static final long RESUMED = 1;

    private static final String[] COLUMNS = {"time", "type", "order id", "size", "price", "direction", "attribution"};
    private static final long SECONDS_OF_DAY = 86_400;

    private final CsvRows rows;
    private long nanosOfDay;
    private LobsterType type;
    private long orderId;
    private long size;
    private long price;
    private Side side;

    private final boolean hiddenSidesTold;

    /** @param hiddenSidesTold whether the side of every hidden order is told, or only that of those that sell */
    LobsterMessages(String file, InputStream in, boolean hiddenSidesTold) {
        this.hiddenSidesTold = hiddenSidesTold;
        rows = new CsvRows(file, in, column -> COLUMNS[column]);
    }

    /**
     * Goes to the next row; false = there is none.
     *
     * @throws RecordingException when what stands there is no message
     */
    boolean next() {
        if (!rows.next()) {
            return false;
        }
        long before = nanosOfDay;
        nanosOfDay = rows.secondsAsNanos(SECONDS_OF_DAY);
        if (nanosOfDay < before) {
            throw rows.fault("a time not before that of the row above");
        }
        type = LobsterType.of((int) rows.number(1, LobsterType.count()));
        orderId = rows.number(-CsvRows.MAX_NUMBER, CsvRows.MAX_NUMBER);
        switch (type) {
            case HALT -> numbers(0, HALTED, RESUMED);
            case CROSS -> numbers(0, 0, NO_PRICE - 1);
            default -> {
                numbers(1, 1, NO_PRICE - 1);
                if (side == Side.NULL_VAL) {
                    throw rows.fault("-1 or 1");
                }
            }
        }
        rows.skipOptional();
        rows.endRow();
        return true;
    }

    long nanosOfDay() {
        return nanosOfDay;
    }

    LobsterType type() {
        return type;
    }

    /** Below 0 for crosses. */
    long orderId() {
        return orderId;
    }

    /** Above 0, except that it may be 0 for crosses and halts. */
    long size() {
        return size;
    }

    /** Above 0, except for crosses, where it may be 0, and halts, where it tells what happens. */
    long price() {
        return price;
    }

    /** Of the order that rests or rested. */
    Side side() {
        return side;
    }

    /** {@link Side#NULL_VAL} when it is not told. */
    Side aggressor() {
        if (type == LobsterType.HIDDEN_EXECUTION && side == Side.BUY && !hiddenSidesTold) {
            return Side.NULL_VAL;
        }
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }

    long priceMantissa() {
        return price * PRICE_UNIT;
    }

    long quantityMantissa() {
        return size * Decimal8.ONE;
    }

    /** The number of the current row, from 1. */
    long line() {
        return rows.line();
    }

    /** File and line of the current row. */
    String place() {
        return rows.place();
    }

    @Override
    public void close() {
        rows.close();
    }

    private void numbers(long minSize, long minPrice, long maxPrice) {
        size = rows.number(minSize, MAX_SIZE);
        price = rows.number(minPrice, maxPrice);
        long direction = rows.number(-1, 1);
        side = direction == 0 ? Side.NULL_VAL : direction > 0 ? Side.BUY : Side.SELL;
    }
}
