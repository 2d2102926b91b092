package tickcast.simulator;

import tickcast.protocol.sbe.Side;

/** A trade as the executions of the run before tell it. */
record HistoricTrade(long tradeId, int symbolId, long price, long quantity, Side aggressor) {}
