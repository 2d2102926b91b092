package tickcast.journal;

/** What a thread does while there is nothing for it: how soon it takes what comes, against what the waiting costs. */
public enum IdleMode {
    /** Sleeps until something is due, or whoever writes what it waits for wakes it. */
    PARK,
    /** Leaves the core to others that want it. */
    YIELD,
    /** Burns a core, and takes what comes within a microsecond. */
    SPIN
}
