package tickcast.latency;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The file of an interval log, bounded in size: when it has reached its limit it becomes the previous file, in place of
 * the one before, and a new one begins. Confined to one thread at a time.
 *
 * <p>Lines are put together in memory and handed to the operating system in one write, so that a crash of the process
 * leaves whole lines and an error of the disk is seen.
 */
final class RollingLogFile implements Closeable {

    /** For whoever reads the file without this project's report, which has units of its own. */
    static final String UNITS = "[Latencies in nanoseconds, maxima in milliseconds]";

    private static final String EXTENSION = ".hlog";

    private final Path file;
    private final long maxBytes;
    private final List<String> comments;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream linesPrinter = new PrintStream(lines, false, StandardCharsets.UTF_8);
    private HistogramLogWriter writer;
    private OutputStream output;
    private long written;

    private RollingLogFile(Path file, long maxBytes, List<String> comments) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.comments = List.copyOf(comments);
    }

    /** Begins a new file; one that is there already becomes the previous one. */
    static RollingLogFile open(Path file, long maxBytes, List<String> comments, long epochMillis) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) { // asked first, as a symbolic link to one would be refused
            Files.createDirectories(directory);
        }
        RollingLogFile log = new RollingLogFile(file, maxBytes, comments);
        log.begin(epochMillis);
        return log;
    }

    /** {@code latency.hlog} has {@code latency.previous.hlog}. */
    static Path previous(Path file) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
        return file.resolveSibling(stem + ".previous" + EXTENSION);
    }

    /** To be called before the first {@link #add} of each round: begins a new file when this one is full. */
    void rollIfFull(long epochMillis) throws IOException {
        if (written >= maxBytes) {
            output.close();
            begin(epochMillis);
        }
    }

    /** The histogram's tag and times are written with it. It is in the file after the next {@link #flush}. */
    void add(Histogram interval, long clamped) {
        if (clamped > 0) {
            writer.outputComment(ClampedComment.format(interval.getTag(), clamped));
        }
        writer.outputIntervalHistogram(interval);
    }

    void flush() throws IOException {
        linesPrinter.flush();
        if (lines.size() > 0) {
            lines.writeTo(output);
            written += lines.size();
            lines.reset();
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private void begin(long epochMillis) throws IOException {
        if (Files.exists(file)) {
            Files.move(file, previous(file), StandardCopyOption.REPLACE_EXISTING);
        }
        // Not a channel: that would be closed by the interrupt of a thread that happens to write.
        output = new FileOutputStream(file.toFile());
        written = 0;
        writer = new HistogramLogWriter(linesPrinter);
        writer.outputComment(UNITS);
        writer.outputLogFormatVersion();
        comments.stream().flatMap(String::lines).forEach(line -> writer.outputComment(" " + line));
        writer.setBaseTime(epochMillis);
        writer.outputBaseTime(epochMillis);
        writer.outputStartTime(epochMillis);
        writer.outputLegend();
        flush();
    }
}
