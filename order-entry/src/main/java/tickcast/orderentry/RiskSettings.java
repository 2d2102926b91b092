package tickcast.orderentry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How orders are checked before they are written.
 *
 * @param limits file of the risk limits; null for none
 * @param halts file that keeps what an operator has halted, so that a restart does not resume it
 * @param maxUnanswered most requests that the exchange has not answered; more are refused
 * @param maxUnansweredAge how long the oldest of them may wait before more are refused
 */
public record RiskSettings(Path limits, Path halts, int maxUnanswered, Duration maxUnansweredAge) {
    private static final int DEFAULT_UNANSWERED = 50_000;
    private static final int MOST_UNANSWERED = 10_000_000;
    private static final Duration DEFAULT_AGE = Duration.ofSeconds(2);
    private static final Duration LEAST_AGE = Duration.ofMillis(10);

    public RiskSettings {
        Objects.requireNonNull(halts, "halts");
        if (maxUnanswered < 1 || maxUnanswered > MOST_UNANSWERED) {
            throw new IllegalArgumentException(
                    "Setting maxUnanswered is " + maxUnanswered + ", must be 1 to " + MOST_UNANSWERED);
        }
        if (maxUnansweredAge.compareTo(LEAST_AGE) < 0) {
            throw new IllegalArgumentException("Setting maxUnansweredAge is " + maxUnansweredAge.toMillis()
                    + " ms, must be " + LEAST_AGE.toMillis() + " ms or more");
        }
    }

    /** No limits; at most 50,000 unanswered requests, and 2 s. */
    public static RiskSettings of(Path dataDirectory) {
        return new RiskSettings(null, dataDirectory.resolve("halts.conf"), DEFAULT_UNANSWERED, DEFAULT_AGE);
    }

    public RiskSettings withLimits(Path newLimits) {
        return new RiskSettings(newLimits, halts, maxUnanswered, maxUnansweredAge);
    }

    public RiskSettings withUnanswered(int most, Duration age) {
        return new RiskSettings(limits, halts, most, age);
    }
}
