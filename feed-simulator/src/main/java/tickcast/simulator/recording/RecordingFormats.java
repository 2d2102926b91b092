package tickcast.simulator.recording;

import java.io.IOException;
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

    private static String names() {
        return String.join(", ", ALL.stream().map(RecordingFormat::name).toList());
    }
}
