package tickcast.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tickcast.simulator.recording.RecordedFile;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingFormat;
import tickcast.simulator.recording.RecordingFormats;
import tickcast.simulator.recording.RecordingOptions;

/**
 * What is replayed, and how.
 *
 * @param files        of the recordings, plain or compressed; several are merged by time
 * @param format       of all files; null = each is recognized by itself
 * @param options      what to read of them
 * @param speed        to begin with
 * @param from         what was recorded before only builds the books; null = from the start
 * @param to           where it ends; null = at the end of the files
 * @param loop         whether it begins again when it has ended
 * @param interactive  whether users' orders change what becomes of the recorded ones
 * @param paused       whether it waits before its first record until it is resumed
 */
public record ReplaySettings(
        List<Path> files,
        RecordingFormat format,
        RecordingOptions options,
        ReplaySpeed speed,
        ReplayTime from,
        ReplayTime to,
        boolean loop,
        boolean interactive,
        boolean paused) {
    public ReplaySettings {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("A replay needs a file");
        }
    }

    /** At the recording's own pace, whole. */
    public static ReplaySettings of(Path file) {
        return new ReplaySettings(
                List.of(file),
                null,
                new RecordingOptions(Set.of(), null),
                ReplaySpeed.RECORDED,
                null,
                null,
                false,
                false,
                false);
    }

    /**
     * Opens the recordings and closes them again, to learn whether they can be replayed before anything else is begun.
     *
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when the files are no recording; says which and what would be right
     */
    public void requireRecording() throws IOException {
        open().recording().close();
    }

    /**
     * Opens all recordings as one.
     *
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when a file is not of the format, or of none
     */
    OpenReplay open() throws IOException {
        Set<Path> named = new HashSet<>();
        for (Path path : files) {
            if (!named.add(path.toAbsolutePath().normalize())) {
                throw new IllegalArgumentException(path.normalize() + " is named twice");
            }
        }
        Map<RecordingFormat, List<RecordedFile>> byFormat = new LinkedHashMap<>();
        for (Path path : files) {
            RecordedFile file = new RecordedFile(path);
            RecordingFormat its = format == null ? RecordingFormats.of(file) : format;
            byFormat.computeIfAbsent(its, one -> new ArrayList<>()).add(file);
        }
        List<Recording> opened = new ArrayList<>();
        boolean complete = false;
        try {
            for (var group : byFormat.entrySet()) {
                requireOrders(group.getKey());
                opened.addAll(group.getKey().open(group.getValue(), options));
            }
            if (opened.isEmpty()) {
                throw new IllegalArgumentException("symbols: none of " + options.symbols() + " is in the files");
            }
            complete = true;
            Recording whole = opened.size() == 1 ? opened.get(0) : new MergedRecording(opened);
            return new OpenReplay(whole, byFormat.keySet().iterator().next().zone());
        } finally {
            if (!complete) {
                opened.forEach(Recording::close);
            }
        }
    }

    private void requireOrders(RecordingFormat one) {
        if (interactive && !one.tellsOrders()) {
            throw new IllegalArgumentException(
                    "interactive: " + one.name() + " recordings tell of totals, not of orders that could be matched");
        }
    }
}
