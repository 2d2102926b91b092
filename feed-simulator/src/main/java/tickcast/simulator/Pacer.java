package tickcast.simulator;

/**
 * Plans when events happen: a Poisson process of that rate, made from a seed. The plan never shifts; a loop that comes
 * late finds several events due and catches up. Confined to a thread.
 */
final class Pacer {
    /** Events follow each other as fast as they can be made; each is planned for the moment it is made. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final double SECOND_NANOS = 1e9;

    private final SeededRandom random;
    private final long eventsPerSecond;
    private long plannedNanos;
    /** What rounding left over, so that the mean gap is right at millions of events a second too. */
    private double fractionNanos;

    /** A rate of 0 plans nothing, ever. */
    Pacer(long seed, long eventsPerSecond, long startNanos) {
        this.random = new SeededRandom(seed);
        this.eventsPerSecond = eventsPerSecond;
        this.plannedNanos = startNanos;
        advance();
    }

    /** When the next event is due, in nanoseconds since the epoch. */
    long plannedNanos(long nowNanos) {
        return eventsPerSecond == UNLIMITED ? nowNanos : plannedNanos;
    }

    /** The next event has happened: plans the one after it. */
    void advance() {
        if (eventsPerSecond == 0) {
            plannedNanos = Background.NEVER;
        } else if (eventsPerSecond != UNLIMITED) {
            // StrictMath, because Math may differ in the last bit from one machine to the next.
            double gapNanos = -StrictMath.log(random.unit()) * SECOND_NANOS / eventsPerSecond + fractionNanos;
            long wholeNanos = (long) gapNanos;
            fractionNanos = gapNanos - wholeNanos;
            plannedNanos += wholeNanos;
        }
    }
}
