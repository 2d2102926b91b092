package tickcast.journal;

import java.nio.file.Path;

/** A program that opens a journal for writing: exit code 0 when it could, 3 when another writer had it. */
final class OpenOnce {
    private OpenOnce() {}

    public static void main(String[] args) {
        try (var writer = JournalWriter.open(JournalSettings.of(Path.of(args[0])))) {
            System.out.println("opened at " + writer.lastSeq());
        } catch (JournalLockedException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
