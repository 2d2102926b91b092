package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TradingDaysTest {
    @Test
    void dayOfMidnightIsTheCalendarDay() {
        var days = TradingDays.DEFAULT;
        assertDay(days, "2026-03-02T00:00:00Z", "2026-03-02", "2026-03-03T00:00:00Z");
        assertDay(days, "2026-03-02T23:59:59.999999999Z", "2026-03-02", "2026-03-03T00:00:00Z");
    }

    @Test
    void dayHasTheDateOfItsEnd() {
        var days = new TradingDays(LocalTime.of(17, 0), ZoneId.of("America/New_York"), 1, 1);
        assertDay(days, "2026-03-02T16:59:59-05:00", "2026-03-02", "2026-03-02T17:00:00-05:00");
        assertDay(days, "2026-03-02T17:00:00-05:00", "2026-03-03", "2026-03-03T17:00:00-05:00");
        // Clocks go forward in the night to the 8th.
        assertDay(days, "2026-03-07T17:00:00-05:00", "2026-03-08", "2026-03-08T17:00:00-04:00");
    }

    @Test
    void daysFollowEachOther() {
        var days = new TradingDays(LocalTime.of(2, 30), ZoneId.of("America/New_York"), 1, 1);
        int day = days.dayAt(nanos("2026-03-01T12:00:00Z"));
        for (int i = 0; i < 400; i++) {
            assertEquals(day + i, days.dayAt(days.endNanos(day + i) - 1));
            assertEquals(day + i + 1, days.dayAt(days.endNanos(day + i)));
        }
    }

    @Test
    void boundsMustBeAboveZero() {
        assertThrows(IllegalArgumentException.class, () -> new TradingDays(LocalTime.MIDNIGHT, ZoneId.of("UTC"), 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TradingDays(LocalTime.MIDNIGHT, ZoneId.of("UTC"), 1, 0));
    }

    private static void assertDay(TradingDays days, String time, String date, String end) {
        int day = days.dayAt(nanos(time));
        assertEquals(date, LocalDate.ofEpochDay(day).toString());
        assertEquals(nanos(end), days.endNanos(day));
    }

    private static long nanos(String time) {
        var instant = OffsetDateTime.parse(time).toInstant();
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
