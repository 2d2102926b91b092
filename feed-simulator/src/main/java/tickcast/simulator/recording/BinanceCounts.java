package tickcast.simulator.recording;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a recording's records were, and what became of its books. */
final class BinanceCounts {
    /** What is counted. */
    enum Counted {
        DEPTH_UPDATE("depth update"),
        TRADE("trade"),
        BOOK_TICKER("bookTicker"),
        SNAPSHOT("snapshot"),
        GAP("gap"),
        AGREEMENT("bookTicker checks that agree"),
        DISAGREEMENT("bookTicker checks that disagree"),
        OTHER("other");

        private final String shown;

        Counted(String shown) {
            this.shown = shown;
        }
    }

    private final long[] counts = new long[Counted.values().length];

    void add(Counted counted) {
        counts[counted.ordinal()]++;
    }

    /** By names for the user. */
    Map<String, Long> shown() {
        Map<String, Long> shown = new LinkedHashMap<>();
        for (Counted counted : Counted.values()) {
            shown.put(counted.shown, counts[counted.ordinal()]);
        }
        return Collections.unmodifiableMap(shown);
    }
}
