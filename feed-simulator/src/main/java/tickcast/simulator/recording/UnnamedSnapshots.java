package tickcast.simulator.recording;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Snapshots that do not tell their symbol: they may belong to the recording's first symbol, and to those that the name of
 * their own file contains. Whether they do, their ids prove when they are joined.
 */
final class UnnamedSnapshots {
    private static final int MAX_HELD = 64;

    /** @param fileName null when the snapshot stands among the records of symbols */
    private record Held(DepthSnapshot snapshot, String fileName) {}

    private final LevelBudget budget;
    private final List<Held> held = new ArrayList<>();

    UnnamedSnapshots(LevelBudget budget) {
        this.budget = budget;
    }

    /** Keeps a snapshot for symbols to come; false when there is no room. */
    boolean hold(DepthSnapshot snapshot, String fileName) {
        return held.size() < MAX_HELD && budget.take(snapshot.levels()) && held.add(new Held(snapshot, fileName));
    }

    /** Those that may belong to a symbol that was not there before. */
    List<DepthSnapshot> of(String symbol, boolean first) {
        List<DepthSnapshot> found = new ArrayList<>();
        for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
            Held candidate = each.next();
            boolean named = candidate.fileName != null && names(candidate.fileName, symbol);
            if (first || named) {
                found.add(candidate.snapshot);
            }
            if (candidate.fileName == null) {
                budget.giveBack(candidate.snapshot.levels());
                each.remove();
            }
        }
        return found;
    }

    static boolean names(String fileName, String symbol) {
        return fileName.toUpperCase(Locale.ROOT).contains(symbol);
    }
}
