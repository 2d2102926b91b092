package tickcast.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * A moment in a recording, as users name it: a time of day ({@code 09:30}, {@code 09:30:00.5}) of its first day in the
 * venue's zone, a date and time ({@code 2012-06-21T09:30}) there, an instant ({@code 2012-06-21T13:30:00Z}), or what has
 * passed since its first record ({@code +90s}, {@code +5m}, {@code +1h}).
 */
public final class ReplayTime {
    private static final int MAX_OFFSET_DIGITS = 9;

    private final String text;
    private final LocalTime timeOfDay;
    private final LocalDateTime dateTime;
    private final Instant instant;
    private final Duration offset;

    private ReplayTime(String text, LocalTime timeOfDay, LocalDateTime dateTime, Instant instant, Duration offset) {
        this.text = text;
        this.timeOfDay = timeOfDay;
        this.dateTime = dateTime;
        this.instant = instant;
        this.offset = offset;
    }

    /** @throws IllegalArgumentException that says what would be right */
    public static ReplayTime parse(String text) {
        try {
            if (text.startsWith("+") && text.length() > 1) {
                return new ReplayTime(text, null, null, null, offset(text));
            }
            if (text.indexOf('T') < 0) {
                return new ReplayTime(text, LocalTime.parse(text), null, null, null);
            }
            return text.endsWith("Z")
                    ? new ReplayTime(text, null, null, Instant.parse(text), null)
                    : new ReplayTime(text, null, LocalDateTime.parse(text), null, null);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
    }

    /** In nanoseconds since the Unix epoch, given when the first record was made. */
    long resolve(long firstRecordNanos, ZoneId zone) {
        if (offset != null) {
            return nanos(Instant.ofEpochSecond(0, firstRecordNanos).plus(offset));
        }
        if (instant != null) {
            return nanos(instant);
        }
        if (dateTime != null) {
            return nanos(dateTime.atZone(zone).toInstant());
        }
        var firstDay = ZonedDateTime.ofInstant(Instant.ofEpochSecond(0, firstRecordNanos), zone)
                .toLocalDate();
        return nanos(firstDay.atTime(timeOfDay).atZone(zone).toInstant());
    }

    @Override
    public String toString() {
        return text;
    }

    private static Duration offset(String text) {
        String digits = text.substring(1, text.length() - 1);
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MAX_OFFSET_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            throw new IllegalArgumentException(wrong(text));
        }
        long count = Long.parseLong(digits);
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> throw new IllegalArgumentException(wrong(text));
        };
    }

    /** Moments before 1677 and after 2262 do not fit; the nearest that does is as good. */
    private static long nanos(Instant instant) {
        long seconds = TimeUnit.SECONDS.toNanos(instant.getEpochSecond());
        return seconds > Long.MAX_VALUE - instant.getNano() ? Long.MAX_VALUE : seconds + instant.getNano();
    }

    private static String wrong(String text) {
        return "time is \"" + text
                + "\", must be like 09:30, 09:30:00.5, 2012-06-21T09:30, 2012-06-21T13:30:00Z or +90s, +5m, +1h";
    }
}
