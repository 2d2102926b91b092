package tickcast.simulator.recording;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Limit-order-book data of Nasdaq stocks as LOBSTER makes them: a message file a symbol and day, and the order-book file that
 * shows the best levels after each message. The latter is used when it is given too or lies beside the message file, and
 * then the book is what it shows; without it the book is made from the messages.
 */
final class LobsterFormat implements RecordingFormat {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    @Override
    public String name() {
        return "lobster";
    }

    @Override
    public ZoneId zone() {
        return ZONE;
    }

    @Override
    public boolean tellsOrders() {
        return true;
    }

    @Override
    public boolean recognizes(RecordedFile file) throws IOException {
        return LobsterName.of(file) != null || LobsterContent.isMessages(file);
    }

    @Override
    public List<Recording> open(List<RecordedFile> files, RecordingOptions options) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        boolean opened = false;
        try {
            for (LobsterDay day : LobsterFiles.days(files, options)) {
                recordings.add(LobsterRecording.open(day, ZONE));
            }
            opened = true;
            return recordings;
        } finally {
            if (!opened) {
                recordings.forEach(Recording::close);
            }
        }
    }
}
