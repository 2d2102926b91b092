package tickcast.simulator.recording;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/** A kind of recording. Instances have no state. */
public interface RecordingFormat {
    /** What the user calls it: lower-case letters and digits. */
    String name();

    /** Of the times of day in files and on the command line. */
    ZoneId zone();

    /** Whether orders are told one by one, so that they can be matched again. */
    boolean tellsOrders();

    /** Whether the file is of this format, by its name and its beginning. */
    boolean recognizes(RecordedFile file) throws IOException;

    /**
     * Opens the recordings that the files are: one each, or one of several files that belong together.
     *
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when the files or options make no recording; says which and what would be right
     */
    List<Recording> open(List<RecordedFile> files, RecordingOptions options) throws IOException;
}
