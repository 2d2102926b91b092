package tickcast.simulator;

/** What the exchange's thread does while nothing is due. */
public enum IdleMode {
    /** Burns a core, and takes an order within a microsecond. */
    SPIN,
    /** Leaves the core to others that want it. */
    YIELD,
    /** Sleeps until the next event is due, or the writer of the orders wakes it. */
    PARK
}
