package tickcast.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * When trading days end, and how many clientOrderIds are remembered in one. A trading day has the date of its end, and
 * the next one begins then; one that ends at 00:00 has the date of the day before, which it is.
 *
 * @param end                        time of day
 * @param zone                       where it is that time
 * @param clientOrderIds             most that are remembered in a day, of all accounts together
 * @param clientOrderIdsOfAccount    most that are remembered in a day of one account
 */
public record TradingDays(LocalTime end, ZoneId zone, int clientOrderIds, int clientOrderIdsOfAccount) {
    /** Days of UTC. */
    public static final TradingDays DEFAULT = new TradingDays(LocalTime.MIDNIGHT, ZoneId.of("UTC"), 2_000_000, 500_000);

    public TradingDays {
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(zone, "zone");
        if (clientOrderIds < 1) {
            throw new IllegalArgumentException("clientOrderIds: " + clientOrderIds + " is not above 0");
        }
        if (clientOrderIdsOfAccount < 1) {
            throw new IllegalArgumentException(
                    "clientOrderIdsOfAccount: " + clientOrderIdsOfAccount + " is not above 0");
        }
    }

    /** The day that it is at a time in nanoseconds since the epoch, in days since 1970-01-01. */
    int dayAt(long epochNanos) {
        int date = (int) instant(epochNanos).atZone(zone).toLocalDate().toEpochDay();
        return epochNanos < endNanos(date) ? date : date + 1;
    }

    /** When a day ends, in nanoseconds since the epoch. */
    long endNanos(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        var ends = end.equals(LocalTime.MIDNIGHT)
                ? date.plusDays(1).atStartOfDay(zone)
                : date.atTime(end).atZone(zone);
        return TimeUnit.SECONDS.toNanos(ends.toEpochSecond()) + ends.getNano();
    }

    private static Instant instant(long epochNanos) {
        long nanosPerSecond = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, nanosPerSecond), Math.floorMod(epochNanos, nanosPerSecond));
    }
}
