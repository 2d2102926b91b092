package tickcast.simulator;

/** What happens at an exchange without its clients: events, each at its time. Confined to the exchange's thread. */
interface Background extends AutoCloseable {
    /** No event is planned. */
    long NEVER = Long.MAX_VALUE;

    /** When the next event is due, in nanoseconds since the epoch; {@link #NEVER} while there is none. */
    long plannedNanos(long nowNanos);

    /**
     * Makes the event that is due, and publishes it.
     *
     * @param cause tells the executions how far the orders are read
     */
    void happen(long plannedNanos, ClientRequest cause);

    /** How long the feed may be silent. */
    long heartbeatNanos();

    @Override
    void close();
}
