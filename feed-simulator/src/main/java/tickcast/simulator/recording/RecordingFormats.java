package tickcast.simulator.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The formats there are. A new one is registered by a line here. */
public final class RecordingFormats {
    private static final List<RecordingFormat> ALL =
            List.of(new ItchFormat(), new LobsterFormat(), new BinanceFormat());

    private RecordingFormats() {}

    /** All of them, in the order in which files are asked for. */
    public static List<RecordingFormat> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException that lists what there is */
    public static RecordingFormat named(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("format \"" + name + "\" is unknown; there are: " + names()));
    }

    /** @throws IllegalArgumentException when no format recognizes the file */
    public static RecordingFormat of(RecordedFile file) throws IOException {
        for (RecordingFormat format : ALL) {
            if (format.recognizes(file)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                file.path() + " is not recognized as one of: " + names() + "; name its format if it is one");
    }

    /** Opens a recording of each part; when one cannot be opened, none stays open. */
    static <T> List<Recording> openEach(List<T> parts, Opening<T> opening) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        boolean opened = false;
        try {
            for (T part : parts) {
                recordings.add(opening.open(part));
            }
            opened = true;
            return recordings;
        } finally {
            if (!opened) {
                recordings.forEach(Recording::close);
            }
        }
    }

    private static String names() {
        return String.join(", ", ALL.stream().map(RecordingFormat::name).toList());
    }

    interface Opening<T> {
        Recording open(T part) throws IOException;
    }
}
