package tickcast.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest cycles of a journal once it is over budget, the newest one, those from the newest checkpoint on and
 * those that its user wants to keep excepted: because of these it may grow beyond its budget, which is logged once.
 *
 * <p>A cycle that a live reader needs is spared until the journal is over twice its budget, or over its budget with the
 * disk nearly full. Then the reader loses: a stuck reader must not fill the disk.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int PINNED_BUDGETS = 2;

    private final Path directory;
    private final CycleFiles files;
    private final Positions positions;
    private final long budgetBytes;
    private final int budgetCycles;
    private final TreeMap<Integer, Long> bytesByCycle = new TreeMap<>();
    /** Nothing from there on is deleted. */
    private int keptCycle = Integer.MAX_VALUE;

    private long overBudgetBytes;
    private boolean overBudgetTold;

    Retention(JournalSettings settings, CycleFiles files, Positions positions) {
        this.directory = settings.directory();
        this.files = files;
        this.positions = positions;
        this.budgetBytes = settings.retainBytes();
        this.budgetCycles = settings.retainCycles();
    }

    /** How far into the file of a cycle something was written; what lies behind takes no room on the disk. */
    void put(int cycle, long bytes) {
        bytesByCycle.put(cycle, bytes);
    }

    /** From this cycle on all must stay whatever happens. */
    void keepFrom(int cycle) {
        keptCycle = cycle;
        overBudgetTold = false;
    }

    /** How much more there is than there should be, because it must stay. */
    long overBudgetBytes() {
        return overBudgetBytes;
    }

    /**
     * Deletes what may go.
     *
     * @param checkpointCycle the oldest cycle that must stay for readers to start with
     * @return whether anything was deleted
     */
    boolean run(int checkpointCycle, boolean diskFull) throws IOException {
        int within = oldestWithin(1);
        int oldest = bytesByCycle.firstKey();
        lookAtBudget(within > Math.max(keptCycle, oldest));
        int limit = Math.min(checkpointCycle, keptCycle);
        int wanted = Math.min(limit, within);
        if (wanted <= oldest) {
            return false;
        }
        int forced = diskFull ? wanted : Math.min(limit, oldestWithin(PINNED_BUDGETS));
        int keep = spare(ReaderPin.oldest(directory), wanted, forced);
        if (keep <= oldest) {
            return false;
        }
        positions.oldestCycle(keep);
        int keepAfterAll = spare(ReaderPin.oldest(directory), keep, forced);
        if (keepAfterAll < keep) {
            keep = Math.max(oldest, keepAfterAll);
            positions.oldestCycle(keep);
        }
        var condemned = bytesByCycle.headMap(keep);
        boolean any = !condemned.isEmpty();
        for (int cycle : condemned.keySet()) {
            Files.deleteIfExists(files.file(cycle));
        }
        condemned.clear();
        return any;
    }

    private void lookAtBudget(boolean keepsMore) {
        long bytes = bytesByCycle.values().stream().mapToLong(Long::longValue).sum();
        overBudgetBytes = keepsMore ? Math.max(0, bytes - budgetBytes) : 0;
        if (overBudgetBytes > 0 && !overBudgetTold) {
            LOG.warn(
                    "{} has {} bytes, more than the {} that it should retain, and grows on: what it has cannot be spared yet."
                            + " See that its disk has room, or let it retain more",
                    directory,
                    bytes,
                    budgetBytes);
            overBudgetTold = true;
        }
    }

    private static int spare(long pinned, int wanted, int forced) {
        return (int) Math.max(forced, Math.min(pinned, wanted));
    }

    /** The oldest cycle that can stay when the journal may use so many times its budget. */
    private int oldestWithin(int budgets) {
        long cycles = 0;
        long bytes = 0;
        int oldest = bytesByCycle.lastKey();
        for (var entry : bytesByCycle.descendingMap().entrySet()) {
            cycles++;
            bytes += entry.getValue();
            if (cycles > (long) budgets * budgetCycles || bytes / budgets > budgetBytes) {
                break;
            }
            oldest = entry.getKey();
        }
        return oldest;
    }
}
