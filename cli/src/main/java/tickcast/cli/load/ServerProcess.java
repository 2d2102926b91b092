package tickcast.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process of this machine uses, as Linux tells it under {@code /proc}. Safe from any thread. */
public final class ServerProcess {
    private static final Path PROC = Path.of("/proc");
    /** Linux tells times of processes in hundredths of a second, on every machine. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final long KIB = 1024;

    private final Path directory;

    /**
     * @param cpuNanos user and system time since it began
     * @param residentBytes of memory that it has
     * @param anonymousBytes those of them that are no mapped files: heap, buffers, stacks
     */
    public record Use(long cpuNanos, long residentBytes, long anonymousBytes) {}

    public ServerProcess(long pid) {
        this(PROC.resolve(Long.toString(pid)));
    }

    ServerProcess(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException when it has ended, belongs to someone else, or this is not Linux */
    public Use use() throws IOException {
        var status = Files.readAllLines(directory.resolve("status"));
        return new Use(
                cpuNanos(Files.readString(directory.resolve("stat"))),
                bytes(status, "VmRSS:"),
                bytes(status, "RssAnon:"));
    }

    /** The program's name, in brackets, may have spaces and brackets in it; what follows has none. */
    private static long cpuNanos(String stat) throws IOException {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= SYSTEM_TIME) {
            throw new IOException("cannot be understood: " + stat.strip());
        }
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_NANOS;
    }

    private static long bytes(List<String> status, String name) throws IOException {
        for (String line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
            }
        }
        throw new IOException("has no memory: it has ended");
    }
}
