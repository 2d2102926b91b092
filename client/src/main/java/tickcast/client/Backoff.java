package tickcast.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random part of a limit that doubles with each attempt in vain ("full jitter"), so
 * that clients that lost their gateway together do not come back together.
 *
 * @param initial the limit of the first wait, at least 1 ms
 * @param max where the limit stops growing
 */
public record Backoff(Duration initial, Duration max) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    public Backoff {
        if (initial.toMillis() < 1 || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "Backoff from " + initial + " to " + max + ", must begin with 1 ms or more and not end before it");
        }
    }

    /** The highest wait in milliseconds before attempt {@code attempt}; the first is 0. */
    public long limitMillis(int attempt) {
        long limit = initial.toMillis();
        for (int i = 0; i < attempt && limit < max.toMillis(); i++) {
            limit *= 2;
        }
        return Math.min(limit, max.toMillis());
    }

    /** A wait in milliseconds, from 0 to the limit. */
    public long delayMillis(int attempt, RandomGenerator random) {
        return random.nextLong(limitMillis(attempt) + 1);
    }
}
