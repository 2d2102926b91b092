package tickcast.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tickcast.simulator.recording.RecordedFile;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingFormat;
import tickcast.simulator.recording.RecordingOptions;

/** Opens recordings that a test has written, whatever the file. */
final class ScriptedFormat implements RecordingFormat {
    private final List<ScriptedRecording> scripts;
    private final List<ScriptedRecording> opened = new ArrayList<>();
    private boolean removed;

    ScriptedFormat(ScriptedRecording... scripts) {
        this.scripts = List.of(scripts);
    }

    ReplaySettings settings(ReplaySpeed speed) {
        return new ReplaySettings(
                List.of(Path.of("script")),
                this,
                new RecordingOptions(Set.of(), null),
                speed,
                null,
                null,
                false,
                false,
                false);
    }

    /** All that were opened so far. */
    List<ScriptedRecording> opened() {
        return opened;
    }

    /** From now on it cannot be opened. */
    void remove() {
        removed = true;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("America/New_York");
    }

    @Override
    public boolean tellsOrders() {
        return true;
    }

    @Override
    public boolean recognizes(RecordedFile file) {
        return true;
    }

    @Override
    public List<Recording> open(List<RecordedFile> files, RecordingOptions options) throws IOException {
        if (removed) {
            throw new IOException("script is not there");
        }
        List<Recording> recordings = new ArrayList<>();
        for (ScriptedRecording script : scripts) {
            ScriptedRecording again = script.again();
            opened.add(again);
            recordings.add(again);
        }
        return recordings;
    }
}
