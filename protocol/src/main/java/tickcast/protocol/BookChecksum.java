package tickcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * CRC32C (Castagnoli) over the ten best bids, then the ten best asks, best first, each level as {@code int64 price,
 * int64 quantity}, little-endian. Levels that are not there add nothing.
 */
final class BookChecksum {
    static final int LEVELS = 10;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes =
            ByteBuffer.allocate(2 * LEVELS * 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    long of(PriceLevels bids, PriceLevels asks) {
        return of(bids, asks, LEVELS);
    }

    /** Of a book that has no more than {@code depth} levels on a side. */
    long of(PriceLevels bids, PriceLevels asks, int depth) {
        bytes.clear();
        put(bids, depth);
        put(asks, depth);
        crc.reset();
        crc.update(bytes.array(), 0, bytes.position());
        return crc.getValue();
    }

    private void put(PriceLevels levels, int depth) {
        for (int rank = 0, n = Math.min(Math.min(LEVELS, depth), levels.size()); rank < n; rank++) {
            bytes.putLong(levels.price(rank)).putLong(levels.quantity(rank));
        }
    }
}
