package tickcast.simulator;

import java.time.ZoneId;
import tickcast.simulator.recording.Recording;

/** A recording, and the zone in which its users name times. */
record OpenReplay(Recording recording, ZoneId zone) {}
