package tickcast.simulator.recording;

import tickcast.protocol.sbe.Side;

/** A resting order that the recording has told of. */
final class LobsterOrder {
    long id;
    Side side;
    long price;
    long size;

    /** Where it rests, null where levels are not known. */
    LobsterLevel level;

    /** Neighbours of its level, or the next free one. */
    LobsterOrder previous;

    LobsterOrder next;
}
