package tickcast.protocol.json;

/** In which unit since the Unix epoch a client gives its timestamps. */
enum TimestampUnit {
    MS(1_000_000),
    US(1_000),
    NS(1);

    private final long nanos;

    TimestampUnit(long nanos) {
        this.nanos = nanos;
    }

    long toNanos(long timestamp) {
        return timestamp * nanos;
    }

    long ofNanos(long timestampNanos) {
        return timestampNanos / nanos;
    }

    /** The highest timestamp whose nanoseconds, and those of a while after it, fit 63 bits. */
    long max() {
        return Long.MAX_VALUE / 2 / nanos;
    }

    /** The coarsest one that tells {@code timestampNanos} exactly. */
    static TimestampUnit exact(long timestampNanos) {
        for (var unit : values()) {
            if (timestampNanos % unit.nanos == 0) {
                return unit;
            }
        }
        return NS;
    }
}
