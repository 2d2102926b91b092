package tickcast.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import tickcast.journal.JournalWriter;
import tickcast.latency.LatencyLog;

/** The data directory of a server: made when it is missing, refused in plain words when it cannot be used. */
final class DataDirectory {
    private DataDirectory() {}

    /** Makes it; nobody else may write the journals that the command is about to write. */
    static void require(Configuration configuration, JournalName... written) {
        try {
            Files.createDirectories(configuration.latency());
            if (!Files.isWritable(configuration.data())) {
                throw new IOException("it is not writable");
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    "Cannot use the data directory " + configuration.data().toAbsolutePath() + " (" + reason(e)
                            + "); choose another with --data",
                    e);
        }
        for (var journal : written) {
            var directory = journal.in(configuration.data());
            if (Files.isDirectory(directory) && JournalWriter.hasWriter(directory)) {
                throw new CommandFailedException("Another server is running that writes " + directory.toAbsolutePath()
                        + ", " + JournalWriter.writerOf(directory)
                        + "; stop it, or choose another data directory with --data");
            }
        }
    }

    private static String reason(IOException failure) {
        // Its message is the path alone when the system gives no reason.
        return failure instanceof FileSystemException file && file.getReason() == null
                ? "it cannot be made in " + file.getFile()
                : failure.getMessage();
    }

    /** Begins the latency log {@code latency/NAME.hlog}. */
    static LatencyLog openLatencyLog(Configuration configuration, String name, List<String> header) {
        var file = configuration.latency().resolve(name + ".hlog");
        try {
            return LatencyLog.open(file, configuration.latencyInterval(), header);
        } catch (IOException e) {
            throw new CommandFailedException("Cannot write " + file + " (" + e.getMessage() + ")", e);
        }
    }
}
