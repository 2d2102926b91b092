package tickcast.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The identity of a journal: one line in the file {@code epoch}, written once and never changed. */
record Epoch(long millis, RollInterval roll) {
    private static final String FILE_NAME = "epoch";

    /** Null when there is none. */
    static Epoch read(Path directory) throws IOException {
        var file = directory.resolve(FILE_NAME);
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return null;
        }
        var words = text.strip().split(" ");
        try {
            return new Epoch(Long.parseLong(words[0]), RollInterval.valueOf(words[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: '" + text.strip() + "'", e);
        }
    }

    /** The existing one, or a new one; for the holder of the writer's lock. */
    static Epoch readOrCreate(Path directory, long nowMillis, RollInterval roll) throws IOException {
        var existing = read(directory);
        if (existing != null) {
            return existing;
        }
        var created = new Epoch(Math.max(1, nowMillis), roll);
        var draft = directory.resolve(FILE_NAME + ".new");
        Files.writeString(
                draft,
                created.millis + " " + created.roll + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(draft, directory.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
        return created;
    }
}
