package tickcast.client;

import java.util.concurrent.atomic.LongAdder;

/** What a client has counted since it was made, through all its connections. Safe from any thread. */
public final class ClientCounters {
    final LongAdder frames = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder messages = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder checksumMismatches = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    final LongAdder connections = new LongAdder();
    final LongAdder malformed = new LongAdder();

    ClientCounters() {}

    /** WebSocket messages, text and binary. */
    public long frames() {
        return frames.sum();
    }

    /** Their payload: bytes of binary ones, characters of text. */
    public long bytes() {
        return bytes.sum();
    }

    /** Messages of market data in them. */
    public long messages() {
        return messages.sum();
    }

    /** Breaks of a symbol's chain. */
    public long gaps() {
        return gaps.sum();
    }

    /** Books that turned out to differ from the exchange's. */
    public long checksumMismatches() {
        return checksumMismatches.sum();
    }

    /** Messages that had come before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Fresh snapshots asked for because of a gap, a mismatch or a new epoch. */
    public long resyncs() {
        return resyncs.sum();
    }

    /** Sessions that got as far as a welcome; all but the first are reconnects. */
    public long connections() {
        return connections.sum();
    }

    /** Messages that were none of the protocol's; each cost its connection. */
    public long malformed() {
        return malformed.sum();
    }
}
