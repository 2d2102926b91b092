package tickcast.orderentry;

/** What a session has to say about its coming and going. */
interface PresenceChange {
    /** It cannot be done. */
    long REFUSED = -1;

    /** On the {@link OrderWriter}'s thread; returns what the session is told when it asked. */
    long apply(AbsenceWatch watch, long nowNanos);
}
