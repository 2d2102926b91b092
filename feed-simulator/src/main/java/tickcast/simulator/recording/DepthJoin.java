package tickcast.simulator.recording;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/**
 * Joins snapshots of a symbol's book with the stream of its changes, by the venue's rule: changes that a snapshot has
 * already are dropped, the first that is applied to it must reach from before its last update to behind it, and each must
 * build on the one before. What cannot be applied yet waits, as far as there is room.
 */
final class DepthJoin {
    /** What to do with a diff. */
    enum Step {
        /** The book has all before it: apply it. */
        APPLY,
        /** The book has it already. */
        OLD,
        /** There is no book yet; it is kept for one. */
        WAIT,
        /** As before, and diffs between the one before and this are missing. */
        WAIT_AFTER_GAP,
        /** Diffs before it are missing, so the book is not known any more; it is kept for the next one. */
        BOOK_LOST
    }

    /**
     * What became of a snapshot that waited.
     *
     * @param tooOld it cannot be used: what changed between it and the oldest diff that is left is missing
     * @param firstId the first update of that oldest diff
     * @param diffs to be applied to it
     */
    record Attempt(DepthSnapshot snapshot, boolean tooOld, long firstId, List<DepthDiff> diffs) {}

    private static final int MAX_DIFFS = 10_000;
    private static final int MAX_SNAPSHOTS = 64;
    /** What a diff takes beside its levels, in levels. */
    private static final int DIFF_COST = 8;
    /** A diff whose ids are older though the venue made it that much later belongs to new ids. */
    private static final long NEW_IDS_NANOS = 10_000_000_000L;

    private final LevelBudget forDiffs;
    private final LevelBudget forSnapshots;
    private final ArrayDeque<DepthDiff> diffs = new ArrayDeque<>();
    private final TreeMap<Long, DepthSnapshot> snapshots = new TreeMap<>();
    private DepthDiff newest;
    private boolean joined;

    DepthJoin(LevelBudget forDiffs, LevelBudget forSnapshots) {
        this.forDiffs = forDiffs;
        this.forSnapshots = forSnapshots;
    }

    /** Whether the book is known; each diff is applied then. */
    boolean joined() {
        return joined;
    }

    /** The last update of the newest diff; 0 before the first. */
    long lastId() {
        return newest == null ? 0 : newest.lastId();
    }

    /** The venue's time of the newest diff; 0 before the first. */
    long lastEventNanos() {
        return newest == null ? 0 : newest.eventNanos();
    }

    Step diff(DepthDiff diff) {
        if (newest != null && diff.lastId() <= newest.lastId() && !beginsAnew(diff)) {
            return Step.OLD;
        }
        boolean gap = newest != null && (diff.baseId() > newest.lastId() || beginsAnew(diff));
        newest = diff;
        if (joined && !gap) {
            forgetSnapshotsUpTo(diff.lastId());
            return Step.APPLY;
        }
        if (gap) {
            takeDiffs();
        }
        keep(diff);
        boolean lost = joined;
        joined = false;
        return lost ? Step.BOOK_LOST : gap ? Step.WAIT_AFTER_GAP : Step.WAIT;
    }

    /** Takes a snapshot, which is left out when the book is known already; false when there is no room for it. */
    boolean snapshot(DepthSnapshot snapshot) {
        if (joined && snapshot.lastId() <= newest.lastId() || snapshots.containsKey(snapshot.lastId())) {
            return true;
        }
        if (snapshots.size() >= MAX_SNAPSHOTS || !forSnapshots.take(snapshot.levels())) {
            return false;
        }
        snapshots.put(snapshot.lastId(), snapshot);
        return true;
    }

    /** To be asked after each diff and snapshot until the answer is null, which it is when the book is known or must wait. */
    Attempt attempt() {
        if (joined || snapshots.isEmpty() || newest == null || newest.lastId() < snapshots.firstKey()) {
            return null;
        }
        DepthSnapshot snapshot = snapshots.pollFirstEntry().getValue();
        forSnapshots.giveBack(snapshot.levels());
        DepthDiff oldest = diffs.isEmpty() ? newest : diffs.getFirst();
        if (diffs.isEmpty() || oldest.baseId() > snapshot.lastId()) {
            return new Attempt(snapshot, true, oldest.firstId(), List.of());
        }
        joined = true;
        List<DepthDiff> after = takeDiffs().stream()
                .filter(diff -> diff.lastId() > snapshot.lastId())
                .toList();
        forgetSnapshotsUpTo(newest.lastId());
        return new Attempt(snapshot, false, oldest.firstId(), after);
    }

    private boolean beginsAnew(DepthDiff diff) {
        return diff.lastId() <= newest.lastId() && diff.eventNanos() - newest.eventNanos() > NEW_IDS_NANOS;
    }

    private void keep(DepthDiff diff) {
        while (diffs.size() >= MAX_DIFFS || !forDiffs.take(cost(diff))) {
            if (diffs.isEmpty()) {
                return;
            }
            forDiffs.giveBack(cost(diffs.removeFirst()));
        }
        diffs.addLast(diff);
    }

    private List<DepthDiff> takeDiffs() {
        List<DepthDiff> taken = List.copyOf(diffs);
        taken.forEach(diff -> forDiffs.giveBack(cost(diff)));
        diffs.clear();
        return taken;
    }

    private void forgetSnapshotsUpTo(long lastId) {
        while (!snapshots.isEmpty() && snapshots.firstKey() <= lastId) {
            forSnapshots.giveBack(snapshots.pollFirstEntry().getValue().levels());
        }
    }

    private static int cost(DepthDiff diff) {
        return diff.levels() + DIFF_COST;
    }
}
