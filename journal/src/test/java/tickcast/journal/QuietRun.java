package tickcast.journal;

import java.nio.file.Path;

/** A program that uses a journal in every usual way, handing it from thread to thread, and says nothing. */
final class QuietRun {
    private QuietRun() {}

    public static void main(String[] args) throws InterruptedException {
        var directory = Path.of(args[0]);
        var settings =
                JournalSettings.of(directory).withRoll(RollInterval.SECONDLY).withRetainCycles(2);
        var clockMillis = new long[] {1_000_000};
        for (int run = 0; run < 2; run++) {
            try (var reader = JournalReader.open(directory);
                    var writer = JournalWriter.open(settings, () -> clockMillis[0])) {
                reader.seekEnd();
                for (int i = 0; i < 5; i++) {
                    var worker = new Thread(() -> appendAndRead(writer, reader));
                    worker.start();
                    worker.join();
                    clockMillis[0] += 3_000;
                }
                reader.seek(writer.lastSeq());
                reader.seekStart();
            }
        }
    }

    private static void appendAndRead(JournalWriter writer, JournalReader reader) {
        Documents.append(writer, 1_000);
        while (reader.poll((buffer, offset, length) -> {}, 100) > 0) {
            continue;
        }
    }
}
