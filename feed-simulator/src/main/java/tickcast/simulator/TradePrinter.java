package tickcast.simulator;

import tickcast.protocol.sbe.Side;

/** Takes the trades between others that a recording tells of. */
interface TradePrinter {
    void trade(int symbolId, long price, long quantity, Side aggressor);
}
