package tickcast.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tickcast.simulator.ReplayProgress;

/** Moments of a recording, and how long things take, for the user. */
final class RecordedTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final double SECOND_NANOS = 1e9;
    private static final double MILLI_NANOS = 1e6;
    private static final double MICRO_NANOS = 1e3;
    private static final int MINUTE_SECONDS = 60;
    private static final int HOUR_SECONDS = 3_600;

    private RecordedTime() {}

    /** Where the replay is, to the second. */
    static String position(ReplayProgress progress) {
        return text(progress.positionNanos(), progress.zone(), SECONDS);
    }

    /** Where the replay is, to the microsecond. */
    static String exactPosition(ReplayProgress progress) {
        return exact(progress.positionNanos(), progress.zone());
    }

    /** To the microsecond; before the first record that has a time it is the beginning. */
    static String exact(long epochNanos, ZoneId zone) {
        return text(epochNanos, zone, MICROS);
    }

    /** A duration: 1.234 s, 2:05 or 1:02:05. */
    static String took(long nanos) {
        long seconds = Math.round(nanos / SECOND_NANOS);
        if (seconds < MINUTE_SECONDS) {
            return String.format(Locale.ROOT, "%.3f s", nanos / SECOND_NANOS);
        }
        return clock(seconds);
    }

    /** A duration as a clock shows it: 0:07, 2:05 or 1:02:05. */
    static String clock(long seconds) {
        long minutes = seconds / MINUTE_SECONDS;
        return seconds < HOUR_SECONDS
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % MINUTE_SECONDS)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / HOUR_SECONDS,
                        minutes % MINUTE_SECONDS,
                        seconds % MINUTE_SECONDS);
    }

    /** A short duration, in µs or ms. */
    static String brief(long nanos) {
        return nanos < MILLI_NANOS
                ? String.format(Locale.ROOT, "%.0f µs", nanos / MICRO_NANOS)
                : String.format(Locale.ROOT, "%.1f ms", nanos / MILLI_NANOS);
    }

    /** A zone's name. */
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.toString();
    }

    private static String text(long epochNanos, ZoneId zone, DateTimeFormatter formatter) {
        return epochNanos == 0
                ? "the beginning"
                : formatter.format(Instant.ofEpochSecond(0, epochNanos).atZone(zone));
    }
}
