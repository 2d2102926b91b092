package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTimeTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "09:30, 2012-06-21T13:30:00Z",
        "09:30:15, 2012-06-21T13:30:15Z",
        "09:30:00.5, 2012-06-21T13:30:00.5Z",
        "00:00, 2012-06-21T04:00:00Z",
        "23:59:59.999999999, 2012-06-22T03:59:59.999999999Z",
        "2012-06-21T09:30, 2012-06-21T13:30:00Z",
        "2012-06-22T09:30:00.25, 2012-06-22T13:30:00.25Z",
        "2012-06-21T13:30:00Z, 2012-06-21T13:30:00Z",
        "2012-01-01T00:00:00.000000001Z, 2012-01-01T00:00:00.000000001Z",
        "+90s, 2012-06-21T08:01:30.000000007Z",
        "+5m, 2012-06-21T08:05:00.000000007Z",
        "+1h, 2012-06-21T09:00:00.000000007Z",
        "+0s, 2012-06-21T08:00:00.000000007Z",
    })
    void momentsOfARecordingThatBeginsAtFourInNewYork(String text, String instant) {
        long first = nanos("2012-06-21T08:00:00.000000007Z");
        ReplayTime time = ReplayTime.parse(text);
        assertEquals(nanos(instant), time.resolve(first, NEW_YORK));
        assertEquals(text, time.toString());
    }

    @Test
    void theDayIsThatOfTheVenue() {
        long lateInLondon = nanos("2012-06-22T02:00:00Z");
        assertEquals(nanos("2012-06-21T13:30:00Z"), ReplayTime.parse("09:30").resolve(lateInLondon, NEW_YORK));
        assertEquals(nanos("2012-06-22T09:30:00Z"), ReplayTime.parse("09:30").resolve(lateInLondon, ZoneOffset.UTC));
    }

    @Test
    void clocksThatAreSetForwardAndBack() {
        long march = nanos("2024-03-10T05:00:00Z");
        assertEquals(nanos("2024-03-10T06:30:00Z"), ReplayTime.parse("01:30").resolve(march, NEW_YORK));
        assertEquals(nanos("2024-03-10T07:30:00Z"), ReplayTime.parse("02:30").resolve(march, NEW_YORK));
        assertEquals(nanos("2024-03-10T13:30:00Z"), ReplayTime.parse("09:30").resolve(march, NEW_YORK));
        long november = nanos("2024-11-03T04:00:00Z");
        assertEquals(nanos("2024-11-03T05:30:00Z"), ReplayTime.parse("01:30").resolve(november, NEW_YORK));
        assertEquals(nanos("2024-11-03T14:30:00Z"), ReplayTime.parse("09:30").resolve(november, NEW_YORK));
        assertEquals(
                nanos("2024-11-03T14:30:00Z"),
                ReplayTime.parse("2024-11-03T09:30").resolve(november, NEW_YORK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999h",
                "+999999999m",
                "2300-01-01T00:00:00.5Z",
                "2262-04-11T23:47:16.9Z",
                "9999-12-31T23:59:59.999999999"
            })
    void momentsThatNeverComeAreTheLatest(String text) {
        assertEquals(Long.MAX_VALUE, ReplayTime.parse(text).resolve(nanos("2012-06-21T08:00:00Z"), NEW_YORK));
    }

    @Test
    void momentsLongBeforeAreTheEarliest() {
        assertTrue(ReplayTime.parse("0001-01-01T00:00:00.5Z").resolve(0, NEW_YORK) < Long.MIN_VALUE / 10 * 9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "+s",
                "+5",
                "+-5s",
                "+5d",
                "+1.5h",
                "+5 s",
                "+9999999999s",
                "9:30",
                "24:00",
                "09:60",
                "0930",
                "noon",
                "2012-06-21",
                "2012-06-31T09:30",
                "2012-06-21T09:30+02:00",
                "21.06.2012T09:30",
                "T",
                "Z",
                "-5m"
            })
    void whatIsNoTimeIsRefused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ReplayTime.parse(text))
                .getMessage();
        assertTrue(message.startsWith("time is \"" + text + "\", must be like 09:30"), message);
    }

    private static long nanos(String instant) {
        Instant parsed = Instant.parse(instant);
        return parsed.getEpochSecond() * 1_000_000_000 + parsed.getNano();
    }
}
