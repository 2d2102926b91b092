package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** Where the books are, and who is told, when a recording is replayed. */
interface ReplayOutput {
    /** What is told from now on happened at the venue at that time. */
    void at(long eventNanos);

    /** Lists a symbol, or gives one that is listed other steps; its book. */
    OrderBook list(String symbol, long tickSize, long lotSize);

    /** The symbol has that status from now on; returns false when that cannot be told now. */
    boolean status(OrderBook book, TradingStatus status);

    /** What was told of the symbol since the last time is a transaction. */
    void flush(OrderBook book);

    /** The book was made anew in this transaction. */
    void bookReplaced();
}
