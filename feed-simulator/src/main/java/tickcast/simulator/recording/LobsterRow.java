package tickcast.simulator.recording;

import tickcast.protocol.sbe.Side;

/** One side of a row of a LOBSTER order-book file: prices in dollars × 10⁴ and sizes in shares, best first. */
final class LobsterRow {
    private final Side side;
    private final long[] prices;
    private final long[] sizes;
    private int depth;

    LobsterRow(Side side, int levels) {
        this.side = side;
        prices = new long[levels];
        sizes = new long[levels];
    }

    /** Whether a price is behind another one of a side. */
    static boolean isWorse(Side side, long price, long than) {
        return side == Side.BUY ? price < than : price > than;
    }

    Side side() {
        return side;
    }

    int depth() {
        return depth;
    }

    long price(int rank) {
        return prices[rank];
    }

    long size(int rank) {
        return sizes[rank];
    }

    void clear() {
        depth = 0;
    }

    void append(long price, long size) {
        prices[depth] = price;
        sizes[depth++] = size;
    }

    /** What stands there, for the user. */
    String level(int rank) {
        return text(rank < depth, rank < depth ? prices[rank] : 0, rank < depth ? sizes[rank] : 0);
    }

    static String text(boolean present, long price, long size) {
        return present ? size + " at " + price : "nothing";
    }
}
