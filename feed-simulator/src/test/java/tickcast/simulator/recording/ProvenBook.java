package tickcast.simulator.recording;

import java.util.TreeSet;

/** By which update the records of a symbol so far prove its book, told from the ids alone. */
final class ProvenBook {
    private final TreeSet<Long> snapshots = new TreeSet<>();
    private long runBase = -1;
    private long newest = -1;
    private long lostId;
    private long newestTicker = -1;
    private Long tickerSinceLoss;

    void diff(long baseId, long lastId) {
        if (newest >= 0 && lastId <= newest) {
            return;
        }
        if (newest < 0) {
            runBase = baseId;
        } else if (baseId > newest) {
            if (depthId() != null) {
                tickerSinceLoss = null;
                lostId = newest;
            }
            runBase = baseId;
        }
        newest = lastId;
    }

    void snapshot(long lastId) {
        snapshots.add(lastId);
    }

    void ticker(long id) {
        if (id > newestTicker) {
            newestTicker = id;
            if (id > lostId) {
                tickerSinceLoss = id;
            }
        }
    }

    /** Null when no snapshot is joined with the diffs. */
    Long depthId() {
        Long snapshot = newest < 0 ? null : snapshots.ceiling(runBase);
        return snapshot != null && snapshot <= newest ? newest : null;
    }

    /** Null when no ticker tells more than the book that was lost. */
    Long tickerId() {
        return tickerSinceLoss;
    }
}
