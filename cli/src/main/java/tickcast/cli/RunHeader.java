package tickcast.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What figures of a run are worth nothing without: machine, JVM, flags, command and time. */
final class RunHeader {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final long MIB = 1L << 20;

    private RunHeader() {}

    /** @param arguments of the command line, the command's name first */
    static List<String> lines(List<String> arguments) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return List.of(
                "command: tickcast " + String.join(" ", arguments),
                "version: " + Tickcast.ProgramVersion.text(),
                "started: " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "jvm: " + runtime.getVmName() + " " + runtime.getVmVersion() + ", heap at most "
                        + Runtime.getRuntime().maxMemory() / MIB + " MiB",
                "jvm flags: " + String.join(" ", runtime.getInputArguments()));
    }

    private static String processor() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }
}
