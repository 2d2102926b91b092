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
 * @param messagesPerSecond messages about orders that an account may send in the long run, unless the limits say otherwise
 * @param messageBurst how many at once
 */
public record RiskSettings(
        Path limits,
        Path halts,
        int maxUnanswered,
        Duration maxUnansweredAge,
        int messagesPerSecond,
        int messageBurst) {
    private static final int MOST = 10_000_000;
    private static final Duration LEAST_AGE = Duration.ofMillis(10);

    public RiskSettings {
        Objects.requireNonNull(halts, "halts");
        requireCount("maxUnanswered", maxUnanswered);
        requireCount("messagesPerSecond", messagesPerSecond);
        requireCount("messageBurst", messageBurst);
        if (maxUnansweredAge.compareTo(LEAST_AGE) < 0) {
            throw new IllegalArgumentException("Setting maxUnansweredAge is " + maxUnansweredAge.toMillis()
                    + " ms, must be " + LEAST_AGE.toMillis() + " ms or more");
        }
    }

    /** No limits; at most 50,000 unanswered requests, and 2 s; 10,000 messages a second of an account, 20,000 at once. */
    public static RiskSettings of(Path dataDirectory) {
        return new RiskSettings(
                null, dataDirectory.resolve("halts.conf"), 50_000, Duration.ofSeconds(2), 10_000, 20_000);
    }

    public RiskSettings withLimits(Path newLimits) {
        return new RiskSettings(newLimits, halts, maxUnanswered, maxUnansweredAge, messagesPerSecond, messageBurst);
    }

    public RiskSettings withUnanswered(int most, Duration age) {
        return new RiskSettings(limits, halts, most, age, messagesPerSecond, messageBurst);
    }

    public RiskSettings withMessageRate(int perSecond, int burst) {
        return new RiskSettings(limits, halts, maxUnanswered, maxUnansweredAge, perSecond, burst);
    }

    private static void requireCount(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("Setting " + name + " is " + value + ", must be 1 to " + MOST);
        }
    }
}
