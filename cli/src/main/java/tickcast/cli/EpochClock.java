package tickcast.cli;

import java.time.Instant;

/** The wall clock in nanoseconds since the Unix epoch. */
final class EpochClock {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private EpochClock() {}

    static long nanos() {
        var now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
