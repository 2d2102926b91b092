package tickcast.simulator;

/** SplitMix64: the same numbers from the same seed on every machine and every JDK. */
final class SeededRandom {
    private long state;

    SeededRandom(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0 to bound - 1, near enough to evenly. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** From 1 to bound, small numbers more often. */
    int smallUpTo(int bound) {
        return 1 + Math.min(below(bound), below(bound));
    }

    /** Above 0, at most 1. */
    double unit() {
        return ((next() >>> 11) + 1) * 0x1.0p-53;
    }
}
