package tickcast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program that appends documents of all lengths until it is killed, checkpoints at each roll included. Its clock runs
 * with the sequence, so that it rolls often.
 */
final class AppendLoop {
    private static final int DOCUMENTS_IN_CYCLE = 2_000;
    private static final long START_MILLIS = 1_700_000_000_000L;

    private AppendLoop() {}

    /** The time at which a document is written. */
    static long millis(long seq) {
        return START_MILLIS + 1_000 * (seq / DOCUMENTS_IN_CYCLE);
    }

    static JournalSettings settings(Path directory) {
        return JournalSettings.of(directory).withRoll(RollInterval.SECONDLY);
    }

    public static void main(String[] args) throws IOException {
        var random = new Random(Long.parseLong(args[1]));
        var nowMillis = new long[] {START_MILLIS};
        try (var positions = Positions.open(Path.of(args[0]))) {
            if (positions != null) {
                nowMillis[0] = millis(positions.lastSeq());
            }
        }
        long startNanos = System.nanoTime();
        try (var writer = JournalWriter.open(settings(Path.of(args[0])), () -> nowMillis[0])) {
            if (args.length > 2) {
                System.out.printf("opened in %,d us%n", (System.nanoTime() - startNanos) / 1_000);
            }
            while (true) {
                nowMillis[0] = millis(writer.lastSeq() + 1);
                if (writer.newCycle()) {
                    long first = writer.lastSeq() + 1;
                    Documents.append(writer, 3, 4_000);
                    writer.checkpointWritten(first);
                }
                boolean large = random.nextInt(50) == 0;
                Documents.append(writer, 1, large ? 24 + random.nextInt(60_000) : 24 + random.nextInt(200));
            }
        }
    }
}
