package tickcast.journal;

import java.io.IOException;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Where a journal ends, found out from the queue itself, whatever its last writer managed to tell.
 *
 * @param lastSeq         0 when it is empty
 * @param cycle           of the last document
 * @param cycleFirstSeq   the first sequence of that cycle
 * @param cycleBytes      how far the newest file is written
 * @param checkpointCycle where the newest checkpoint begins
 * @param nextCycle       the oldest cycle that can be appended to
 */
record JournalEnd(long lastSeq, int cycle, long cycleFirstSeq, long cycleBytes, int checkpointCycle, int nextCycle) {
    /** Repairs the end, and tells positions and retention about what there is. For the holder of the writer's lock. */
    static JournalEnd find(SingleChronicleQueue queue, CycleFiles files, Positions positions, Retention retention)
            throws IOException {
        var cycles = files.cycles();
        if (cycles.length == 0) {
            tell(positions, Positions.NONE, Positions.NONE, Positions.NONE, Positions.NONE);
            return new JournalEnd(0, CycleScan.NOT_FOUND, 0, 0, CycleScan.NOT_FOUND, 0);
        }
        long written = 0;
        for (int cycle : cycles) {
            written = files.writePosition(cycle);
            retention.put(cycle, written);
        }
        int newest = cycles[cycles.length - 1];
        boolean closed = TailRepair.clearTail(files.file(newest), written);
        try (var scan = new CycleScan(queue)) {
            long lastSeq = 0;
            int cycle = CycleScan.NOT_FOUND;
            for (int i = cycles.length - 1; i >= 0 && lastSeq == 0; i--) {
                lastSeq = scan.lastSeq(cycles[i]);
                cycle = lastSeq == 0 ? CycleScan.NOT_FOUND : cycles[i];
            }
            long cycleFirstSeq = lastSeq == 0 ? 0 : scan.firstSeq(cycle);
            long checkpoint = positions.checkpoint();
            int checkpointCycle = CycleScan.NOT_FOUND;
            if (!positions.intact() || checkpoint > lastSeq) {
                // Every cycle of a journal with checkpoints begins with one. One without has no use for the answer.
                checkpoint = cycleFirstSeq;
            } else if (checkpoint != Positions.NONE) {
                checkpointCycle = scan.cycleOf(checkpoint, cycles);
            }
            tell(positions, cycles[0], Math.max(cycle, Positions.NONE), checkpoint, lastSeq);
            return new JournalEnd(
                    lastSeq, cycle, cycleFirstSeq, written, checkpointCycle, closed ? newest + 1 : newest);
        }
    }

    private static void tell(Positions positions, long oldest, long newest, long checkpoint, long lastSeq) {
        positions.oldestCycle(oldest);
        positions.newestCycle(newest);
        positions.checkpoint(checkpoint);
        positions.lastSeq(lastSeq);
    }
}
