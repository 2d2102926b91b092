package tickcast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tickcast.simulator.ReplaySettings;

/** The files to replay, looked at before anything is begun. */
final class RecordingFiles {
    private RecordingFiles() {}

    /**
     * @throws ConfigurationException when they are no recording
     * @throws CommandFailedException when one cannot be read
     */
    static void require(ReplaySettings settings) {
        for (Path file : settings.files()) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new ConfigurationException("The recording '" + file + "' is not a file that can be read");
            }
        }
        try {
            settings.requireRecording();
        } catch (IOException e) {
            throw new CommandFailedException("The recording cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The recording cannot be replayed: " + e.getMessage(), e);
        }
    }
}
