package tickcast.simulator.recording;

import java.time.LocalDate;
import java.util.Set;

/**
 * What to read of a recording.
 *
 * @param symbols all others are left out; empty = all
 * @param date the day of recordings that tell only times of day, null when their names tell
 */
public record RecordingOptions(Set<String> symbols, LocalDate date) {
    public RecordingOptions {
        symbols = Set.copyOf(symbols);
    }

    /** Whether a symbol is to be read. */
    public boolean selects(String symbol) {
        return symbols.isEmpty() || symbols.contains(symbol);
    }
}
