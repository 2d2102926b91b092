package tickcast.orderentry.risk;

import tickcast.protocol.sbe.Side;

/** What one account has of one symbol: its position, and what is open. Quantities are mantissas. */
final class SymbolRisk {
    private final int symbolId;
    private long position;
    private long openToBuy;
    private long openToSell;
    private int openOrders;
    private SymbolLimits limits;

    SymbolRisk(int symbolId) {
        this.symbolId = symbolId;
    }

    int symbolId() {
        return symbolId;
    }

    /** Null when they have to be looked up. */
    SymbolLimits limits() {
        return limits;
    }

    void limits(SymbolLimits newLimits) {
        limits = newLimits;
    }

    int openOrders() {
        return openOrders;
    }

    boolean isEmpty() {
        return position == 0 && openToBuy == 0 && openToSell == 0 && openOrders == 0;
    }

    void position(long newPosition) {
        position = newPosition;
    }

    void traded(Side side, long quantity) {
        position += side == Side.BUY ? quantity : -quantity;
    }

    void openOrders(int more) {
        openOrders += more;
    }

    void open(Side side, long more) {
        if (side == Side.BUY) {
            openToBuy += more;
        } else {
            openToSell += more;
        }
    }

    /** What would be held on that side, if all its open orders traded and none of the other side's; below 0 on the other. */
    long worst(Side side) {
        return side == Side.BUY ? position + openToBuy : openToSell - position;
    }
}
