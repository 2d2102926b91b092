package tickcast.orderentry;

/** What the thread that writes orders does while there are none. */
public enum WriterIdle {
    /** Sleeps until the next order wakes it. */
    PARK,
    /** Leaves the core to others that want it. */
    YIELD,
    /** Burns a core, and writes an order within a microsecond. */
    SPIN
}
