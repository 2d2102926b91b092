package tickcast.simulator.recording;

import java.io.IOException;
import java.time.ZoneId;
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
        return RecordingFormats.openEach(LobsterFiles.days(files, options), day -> LobsterRecording.open(day, ZONE));
    }
}
