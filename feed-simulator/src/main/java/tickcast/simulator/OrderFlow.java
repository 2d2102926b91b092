package tickcast.simulator;

import java.util.Arrays;
import java.util.Collection;
import tickcast.protocol.Instrument;

/**
 * The background of makers and takers. Each event is one call of the engine for one symbol; which, and what it does, is
 * a function of the seed and the books alone. Some symbols are far busier than others, and now and then one of them has
 * a burst. Order ids are negative, so they never meet those of clients. Confined to a thread.
 */
final class OrderFlow {
    private static final int MEAN_EVENTS_BETWEEN_BURSTS = 2_000;
    private static final int MAX_BURST_EVENTS = 200;
    /** Of ten events in a burst, those that go to its symbol. */
    private static final int BURST_SHARE = 7;

    private static final int WEIGHT_UNIT = 1 << 20;

    private final SeededRandom random;
    private final SymbolFlow[] symbols;
    /** Running sums of the symbols' weights. */
    private final long[] weights;

    private SymbolFlow burstSymbol;
    private int burstEvents;

    OrderFlow(long seed, MatchingEngine engine, Collection<Instrument> instruments) {
        random = new SeededRandom(seed);
        symbols = instruments.stream()
                .map(instrument -> new SymbolFlow(instrument, engine, random))
                .toArray(SymbolFlow[]::new);
        weights = weights(symbols.length);
    }

    /** Makes one event. */
    void next() {
        if (burstEvents == 0 && random.below(MEAN_EVENTS_BETWEEN_BURSTS) == 0) {
            burstSymbol = pick();
            burstEvents = 1 + random.below(MAX_BURST_EVENTS);
            burstSymbol.startBurst();
        }
        SymbolFlow symbol = pick();
        if (burstEvents > 0) {
            if (random.below(10) < BURST_SHARE) {
                symbol = burstSymbol;
            }
            burstEvents--;
            if (burstEvents == 0) {
                burstSymbol.endBurst();
            }
        }
        symbol.next();
    }

    private SymbolFlow pick() {
        long total = weights[weights.length - 1];
        long at = Long.remainderUnsigned(random.next(), total);
        int index = Arrays.binarySearch(weights, at);
        return symbols[index >= 0 ? index + 1 : -index - 1];
    }

    /** One half shared evenly, so that no symbol sleeps; one half by Zipf's law. */
    private static long[] weights(int count) {
        long[] sums = new long[count];
        double harmonic = 0;
        for (int rank = 1; rank <= count; rank++) {
            harmonic += 1.0 / rank;
        }
        long sum = 0;
        for (int rank = 1; rank <= count; rank++) {
            sum += (long) (WEIGHT_UNIT * (1 + count / (rank * harmonic)));
            sums[rank - 1] = sum;
        }
        return sums;
    }
}
