package tickcast.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;

/** The one place that opens Chronicle queues, and silences them before the first of Chronicle's classes is loaded. */
final class Queues {
    /**
     * A file grows, sparse, and is mapped in steps of this size; a quarter of it is the longest document that Chronicle
     * takes.
     */
    static final int BLOCK_BYTES = 16 << 20;

    private static final long TIMEOUT_MILLIS = 1_000;

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        SingleChronicleQueueBuilder.addAliases();
    }

    private Queues() {}

    static SingleChronicleQueue open(Path directory, RollCycle rollCycle, TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(rollCycle)
                .blockSize(BLOCK_BYTES)
                .timeoutMS(TIMEOUT_MILLIS)
                .timeProvider(time)
                .build();
    }

    static RollCycle rollCycle(RollInterval interval) {
        return switch (interval) {
            case SECONDLY -> TestRollCycles.TEST_SECONDLY;
            case MINUTELY -> LegacyRollCycles.MINUTELY;
            case TEN_MINUTELY -> RollCycles.TEN_MINUTELY;
            case HOURLY -> RollCycles.FAST_HOURLY;
            case DAILY -> LargeRollCycles.LARGE_DAILY;
        };
    }

    /**
     * Frees Chronicle's own write and append locks, which a killed writer leaves behind. Chronicle would wait for the
     * process of that id, which in a container is as a rule itself. Only for the holder of the writer's lock.
     */
    static void releaseLocks(Path directory) {
        var metadata = directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        if (!Files.exists(metadata)) {
            return;
        }
        try (var table = SingleTableBuilder.binary(metadata, Metadata.NoMeta.INSTANCE)
                .readOnly(false)
                .build()) {
            for (var key : new String[] {"chronicle.write.lock", "chronicle.append.lock"}) {
                try (var lock = table.acquireValueFor(key)) {
                    lock.setVolatileValue(AbstractTSQueueLock.UNLOCKED);
                }
            }
        }
    }
}
