package tickcast.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a journal is kept.
 *
 * @param directory    where it lives; created when missing
 * @param roll         how often a new file begins; an existing journal keeps the interval it was created with
 * @param retainBytes  budget on disk for all cycles together; the oldest cycles beyond it are deleted
 * @param retainCycles most cycles that are kept, the current one included
 * @param minFreeBytes appends are refused while the disk has less than this to spare
 */
public record JournalSettings(
        Path directory, RollInterval roll, long retainBytes, int retainCycles, long minFreeBytes) {
    private static final long MIB = 1L << 20;

    public JournalSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(roll, "roll");
        if (retainBytes < 1) {
            throw new IllegalArgumentException("retainBytes must be positive: " + retainBytes);
        }
        if (retainCycles < 1) {
            throw new IllegalArgumentException("retainCycles must be positive: " + retainCycles);
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("minFreeBytes must not be negative: " + minFreeBytes);
        }
    }

    /** A new file every ten minutes, 4 GiB and at most 1,008 cycles (a week) retained, 256 MiB kept free. */
    public static JournalSettings of(Path directory) {
        return new JournalSettings(directory, RollInterval.TEN_MINUTELY, 4096 * MIB, 1008, 256 * MIB);
    }

    public JournalSettings withRoll(RollInterval newRoll) {
        return new JournalSettings(directory, newRoll, retainBytes, retainCycles, minFreeBytes);
    }

    public JournalSettings withRetainBytes(long newRetainBytes) {
        return new JournalSettings(directory, roll, newRetainBytes, retainCycles, minFreeBytes);
    }

    public JournalSettings withRetainCycles(int newRetainCycles) {
        return new JournalSettings(directory, roll, retainBytes, newRetainCycles, minFreeBytes);
    }

    public JournalSettings withMinFreeBytes(long newMinFreeBytes) {
        return new JournalSettings(directory, roll, retainBytes, retainCycles, newMinFreeBytes);
    }
}
