package tickcast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.RollingResourcesCache;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.BinaryWireCode;

/** Which files hold which roll cycles. */
final class CycleFiles {
    private static final int HEAD_BYTES = 256;
    /** Of an array on the wire: its code, its length, and how much of it is used. */
    private static final int ARRAY_HEAD_BYTES = 1 + 2 * Long.BYTES;

    private final Path directory;
    private final RollingResourcesCache names;

    CycleFiles(Path directory, RollCycle rollCycle) {
        this.directory = directory;
        this.names = new RollingResourcesCache(
                rollCycle,
                rollCycle.defaultEpoch(),
                name -> directory.resolve(name + SingleChronicleQueue.SUFFIX).toFile(),
                file -> withoutSuffix(file.getName()));
    }

    /** The cycles on disk, oldest first. */
    int[] cycles() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SingleChronicleQueue.SUFFIX))
                    .mapToInt(name -> names.parseCount(withoutSuffix(name)))
                    .sorted()
                    .toArray();
        }
    }

    /** Those from {@code oldest} to {@code newest}, oldest first. */
    int[] cycles(long oldest, long newest) throws IOException {
        return Arrays.stream(cycles())
                .filter(cycle -> cycle >= oldest && cycle <= newest)
                .toArray();
    }

    Path file(int cycle) {
        return names.resourceFor(cycle).path.toPath();
    }

    /**
     * Where the newest document of a cycle begins, 0 when it has none: near enough how much of the sparse file is on the
     * disk. Read from the file's head directly, because Chronicle maps 20 MiB to tell.
     */
    long writePosition(int cycle) throws IOException {
        var head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = FileChannel.open(file(cycle), StandardOpenOption.READ)) {
            channel.read(head, 0);
        }
        var text = new String(head.array(), StandardCharsets.ISO_8859_1);
        int name = text.indexOf("writePosition");
        int array = text.indexOf((char) BinaryWireCode.I64_ARRAY, name);
        if (name < 0 || array < 0 || array + ARRAY_HEAD_BYTES > HEAD_BYTES - Long.BYTES) {
            throw new IOException(file(cycle) + " has an unknown layout");
        }
        return head.getLong(array + ARRAY_HEAD_BYTES);
    }

    private static String withoutSuffix(String name) {
        return name.substring(0, name.length() - SingleChronicleQueue.SUFFIX.length());
    }
}
