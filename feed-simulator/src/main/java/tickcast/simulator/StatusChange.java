package tickcast.simulator;

import tickcast.protocol.sbe.TradingStatus;

/** Someone wants trading in a symbol opened, halted or closed. */
record StatusChange(int symbolId, TradingStatus status) {}
