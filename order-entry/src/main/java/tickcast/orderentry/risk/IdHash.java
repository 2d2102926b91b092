package tickcast.orderentry.risk;

import java.security.SecureRandom;

/**
 * Stands for a clientOrderId in eight bytes. A polynomial over a prime field at a place that is drawn anew in every run, so
 * that nobody can choose two that are taken for one.
 */
public final class IdHash {
    private static final long PRIME = (1L << 61) - 1;
    private static final long PLACE = new SecureRandom().nextLong(1L << 32, PRIME);

    private IdHash() {}

    public static long of(String text) {
        long hash = 1;
        for (int i = 0; i < text.length(); i++) {
            hash = times(hash, PLACE) + text.charAt(i);
            hash = hash >= PRIME ? hash - PRIME : hash;
        }
        return hash;
    }

    private static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long sum = (low & PRIME) + (low >>> 61 | high << 3);
        return sum >= PRIME ? sum - PRIME : sum;
    }
}
