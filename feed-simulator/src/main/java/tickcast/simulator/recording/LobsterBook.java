package tickcast.simulator.recording;

/** What a LOBSTER recording makes of its messages: events, and a judgement on what contradicts them. */
interface LobsterBook {
    /** The one symbol of a recording. */
    int KEY = 0;

    /**
     * Tells what the current message does; halts are not its matter.
     *
     * @return what contradicts it, null when nothing does
     */
    String apply(LobsterMessages message, RecordedEvents events);
}
