package tickcast.simulator.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Tells by its first row what a file is. */
final class LobsterContent {
    private LobsterContent() {}

    static boolean isMessages(RecordedFile file) throws IOException {
        return begins(file, in -> new LobsterMessages(file.name(), in, true).next());
    }

    static boolean isBook(RecordedFile file) throws IOException {
        return begins(file, in -> new LobsterRows(file.name(), in, 0).next());
    }

    private static boolean begins(RecordedFile file, Predicate<InputStream> withRow) throws IOException {
        try (InputStream in = file.open(read -> {})) {
            return withRow.test(in);
        } catch (RecordingException e) {
            return false;
        }
    }
}
