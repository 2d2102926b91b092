package tickcast.journal;

/** How often a journal begins a new file, counted from midnight UTC. */
public enum RollInterval {
    /** For tests. */
    SECONDLY,
    MINUTELY,
    TEN_MINUTELY,
    HOURLY,
    DAILY
}
