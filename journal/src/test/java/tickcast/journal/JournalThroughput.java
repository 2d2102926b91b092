package tickcast.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.FeedHeader;

/**
 * Measures append, tail, empty poll and seek. Not a test: run its main, with the number of documents and a directory that
 * may be filled.
 */
final class JournalThroughput {
    private JournalThroughput() {}

    public static void main(String[] args) throws IOException {
        int documents = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
        var directory = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("journal");
        var settings = JournalSettings.of(directory).withRoll(RollInterval.HOURLY);
        try (var writer = JournalWriter.open(settings);
                var reader = JournalReader.open(directory)) {
            var message = new UnsafeBuffer(new byte[Documents.LENGTH]);
            var seen = new long[1];
            RecordHandler handler = (buffer, offset, length) -> seen[0] += FeedHeader.seq(buffer, offset);
            for (int round = 0; round < 4; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < documents; i++) {
                    writer.newCycle();
                    FeedHeader.putSeq(message, 0, writer.lastSeq() + 1);
                    if (!writer.append(message, 0, Documents.LENGTH)) {
                        throw new IllegalStateException("disk full");
                    }
                }
                report("append", documents, start);
                start = System.nanoTime();
                int read = 0;
                while (read < documents) {
                    read += reader.poll(handler, 256);
                }
                report("tail", documents, start);
                start = System.nanoTime();
                for (int i = 0; i < documents; i++) {
                    reader.poll(handler, 256);
                }
                report("empty poll", documents, start);
                start = System.nanoTime();
                int seeks = 2_000;
                for (int i = 1; i <= seeks; i++) {
                    reader.seek(writer.lastSeq() / seeks * i);
                    reader.poll(handler, 1);
                }
                report("seek and poll", seeks, start);
                reader.seekEnd();
            }
        }
    }

    private static void report(String what, int count, long startNanos) {
        double nanos = System.nanoTime() - startNanos;
        System.out.printf("%-14s %,8.1f ns each, %,12.0f /s%n", what, nanos / count, count * 1e9 / nanos);
    }
}
