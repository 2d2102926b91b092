package tickcast.simulator.recording;

import java.util.Arrays;
import tickcast.protocol.sbe.TradingStatus;

/** The stocks of one ITCH file by their locate: which are known, which are selected, and in which of them trading is halted. */
final class ItchStocks {
    /** A regulatory halt or pause. */
    static final int TRADING_ACTION = 1;
    /** Of the exchange's own making. */
    static final int OPERATIONAL = 2;

    private static final int LOCATES = 1 << 16;
    private static final long NONE = 0;

    /** The Stock field as it stands in messages. */
    private final long[] stocks = new long[LOCATES];

    private final boolean[] selected = new boolean[LOCATES];
    /** Why trading is halted: {@link #TRADING_ACTION}, {@link #OPERATIONAL}, both or neither. */
    private final byte[] halts = new byte[LOCATES];

    private final TradingStatus[] statuses = new TradingStatus[LOCATES];
    private boolean allClosed;

    boolean known(int locate) {
        return stocks[locate] != NONE;
    }

    boolean is(int locate, long stock) {
        return stocks[locate] == stock;
    }

    boolean selected(int locate) {
        return selected[locate];
    }

    void put(int locate, long stock, boolean isSelected) {
        stocks[locate] = stock;
        selected[locate] = isSelected;
        halts[locate] = 0;
        statuses[locate] = TradingStatus.OPEN;
        allClosed = false;
    }

    /** Begins or ends a halt; returns whether the stock's status is another one now. */
    boolean halt(int locate, int cause, boolean begins) {
        halts[locate] = (byte) (begins ? halts[locate] | cause : halts[locate] & ~cause);
        TradingStatus before = statuses[locate];
        statuses[locate] = halts[locate] == 0 ? TradingStatus.OPEN : TradingStatus.HALTED;
        allClosed = false;
        return statuses[locate] != before;
    }

    TradingStatus status(int locate) {
        return statuses[locate];
    }

    /** Ends trading in all stocks; returns false when it had ended. */
    boolean closeAll() {
        if (allClosed) {
            return false;
        }
        Arrays.fill(statuses, TradingStatus.CLOSED);
        allClosed = true;
        return true;
    }
}
