package tickcast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/** Looks at the cycles of a journal from outside. */
final class CycleCount {
    private final Path directory;
    private final CycleFiles files;

    CycleCount(Path directory) {
        this.directory = directory;
        try {
            this.files = new CycleFiles(
                    directory, Queues.rollCycle(Epoch.read(directory).roll()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean is(int expected) {
        return cycles().length == expected;
    }

    int[] cycles() {
        try {
            return files.cycles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path newestFile() {
        var cycles = cycles();
        return files.file(cycles[cycles.length - 1]);
    }

    /** The first sequence of each cycle. */
    List<Long> firstSeqs() {
        try (var queue = Queues.open(directory, rollCycle(), () -> 0);
                var scan = new CycleScan(queue)) {
            return Arrays.stream(cycles()).mapToObj(scan::firstSeq).toList();
        }
    }

    /** Where the newest document begins, as Chronicle has it. */
    long writePosition() {
        var cycles = cycles();
        try (var queue = Queues.open(directory, rollCycle(), () -> 0)) {
            var store = queue.storeForCycle(cycles[cycles.length - 1], queue.epoch(), false, null);
            try {
                return store.writePosition();
            } finally {
                queue.closeStore(store);
            }
        }
    }

    private RollCycle rollCycle() {
        try {
            return Queues.rollCycle(Epoch.read(directory).roll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
