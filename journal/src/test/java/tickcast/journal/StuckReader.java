package tickcast.journal;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that reads one document of a journal and then nothing more. */
final class StuckReader {
    private StuckReader() {}

    public static void main(String[] args) throws InterruptedException {
        try (var reader = JournalReader.open(Path.of(args[0]))) {
            if (reader.poll((buffer, offset, length) -> {}, 1) != 1) {
                throw new IllegalStateException("nothing to read");
            }
            System.out.println("stuck");
            new CountDownLatch(1).await();
        }
    }
}
