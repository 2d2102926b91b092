package tickcast.gateway;

/** What the watcher of the journals does between two looks: how soon a shard wakes against what the waiting costs. */
public enum WatcherIdle {
    /** Sleeps about 50 µs: a few percent of a core, and as much of added latency. */
    PARK,
    /** Offers its core to others and looks again: a core, unless something else needs it. */
    YIELD,
    /** Looks again at once: a core of its own, and the least latency. */
    SPIN
}
