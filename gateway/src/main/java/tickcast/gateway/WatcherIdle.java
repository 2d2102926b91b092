package tickcast.gateway;

/** How the shards hear of what is new in the journals: how soon against what the waiting costs. */
public enum WatcherIdle {
    /** The writers wake them; a watcher looks every 20 ms for what they did not hear of. */
    PARK,
    /** A watcher looks all the time, and offers its core to others in between: a core, unless something else needs it. */
    YIELD,
    /** A watcher looks all the time: a core of its own. */
    SPIN
}
