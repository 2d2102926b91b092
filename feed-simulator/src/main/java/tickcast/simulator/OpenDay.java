package tickcast.simulator;

/**
 * The trading day that it is.
 *
 * @param day      its date, in days since 1970-01-01
 * @param endNanos when it ends, in nanoseconds since the epoch
 * @param firstSeq of the document of the executions in which it began
 */
record OpenDay(int day, long endNanos, long firstSeq) {}
