package tickcast.simulator.recording;

import java.io.InputStream;
import tickcast.protocol.sbe.Side;

/**
 * The rows of a LOBSTER order-book file, one of which is current. The number of levels is that of the first row.
 * Confined to a thread.
 */
final class LobsterRows implements AutoCloseable {
    /** So many that a row fits a line and a book fits the feed. */
    static final int MAX_LEVELS = 1_000;

    private static final int COLUMNS_PER_LEVEL = 4;
    private static final String[] COLUMNS = {"ask price", "ask size", "bid price", "bid size"};

    private final CsvRows rows;
    private int levels;
    private LobsterRow asks;
    private LobsterRow bids;

    /** @param levels how many a row has, 0 when the first row is to tell */
    LobsterRows(String file, InputStream in, int levels) {
        rows = new CsvRows(
                file, in, column -> COLUMNS[column % COLUMNS_PER_LEVEL] + " " + (column / COLUMNS_PER_LEVEL + 1));
        use(levels);
    }

    /**
     * Goes to the next row; false = there is none.
     *
     * @throws RecordingException when what stands there is no row of an order book
     */
    boolean next() {
        if (!rows.next()) {
            return false;
        }
        if (levels == 0) {
            use(levelsOfRow());
        }
        asks.clear();
        bids.clear();
        for (int rank = 0; rank < levels; rank++) {
            read(asks, rank, LobsterMessages.NO_PRICE);
            read(bids, rank, -LobsterMessages.NO_PRICE);
        }
        rows.endRow();
        return true;
    }

    /** What the current row says of a side. */
    LobsterRow of(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    /** How many levels a row has, 0 = not known before the first. */
    int levels() {
        return levels;
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

    private void use(int levels) {
        this.levels = levels;
        asks = new LobsterRow(Side.SELL, levels);
        bids = new LobsterRow(Side.BUY, levels);
    }

    private int levelsOfRow() {
        int columns = rows.columns();
        if (columns % COLUMNS_PER_LEVEL != 0 || columns > MAX_LEVELS * COLUMNS_PER_LEVEL) {
            throw new RecordingException("%s: has %d columns, expected are 4 for each of 1 to %d levels"
                    .formatted(place(), columns, MAX_LEVELS));
        }
        return columns / COLUMNS_PER_LEVEL;
    }

    private void read(LobsterRow row, int rank, long none) {
        long price = rows.number(Math.min(1, none), Math.max(none, LobsterMessages.NO_PRICE - 1));
        if (price == none) {
            rows.number(0, 0);
            return;
        }
        if (price <= 0) {
            throw rows.fault("a price above 0, or " + none + " for none");
        }
        if (row.depth() < rank) {
            throw rows.fault(none + ", as there is no level above it");
        }
        if (rank > 0 && !LobsterRow.isWorse(row.side(), price, row.price(rank - 1))) {
            throw rows.fault("a price behind " + row.price(rank - 1) + " of the level above it");
        }
        row.append(price, rows.number(1, LobsterMessages.MAX_SIZE));
    }
}
