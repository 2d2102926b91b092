package tickcast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.wire.Wires;

/**
 * Clears away what a killed writer left half-written: a file without its head, and the body of a document whose header
 * was never completed. Chronicle writes over such a body, but would take its remains for documents when what it writes
 * there is shorter. Only for the holder of the writer's lock; readers may be looking on.
 */
final class TailRepair {
    private static final int HEADER_BYTES = Integer.BYTES;
    private static final int CLEAN_BYTES = Queues.BLOCK_BYTES / 4;
    private static final int STEP_BYTES = 64 << 10;

    private TailRepair() {}

    /** Deletes the newest files as long as they have no head: nothing can have been written to them. */
    static void deleteHeadless(CycleFiles files) throws IOException {
        var cycles = files.cycles();
        for (int i = cycles.length - 1; i >= 0 && !hasHead(files.file(cycles[i])); i--) {
            Files.delete(files.file(cycles[i]));
        }
    }

    private static boolean hasHead(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int header = header(channel, 0);
            return header != Wires.NOT_INITIALIZED && !Wires.isNotComplete(header);
        }
    }

    /**
     * Zeroes what follows the last complete document.
     *
     * @param position of a complete document, or 0
     * @return whether the file was closed by its writer, so that nothing can be appended to it
     */
    static boolean clearTail(Path file, long position) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = position;
            int header = header(channel, end);
            while (header != Wires.NOT_INITIALIZED && !Wires.isNotComplete(header)) {
                end += HEADER_BYTES + Wires.lengthOf(header);
                end += -end & (HEADER_BYTES - 1);
                header = header(channel, end);
            }
            if (header == Wires.END_OF_DATA) {
                return true;
            }
            zero(channel, end);
            return false;
        }
    }

    private static void zero(FileChannel channel, long start) throws IOException {
        long end = Math.min(channel.size(), start + CLEAN_BYTES);
        var zeros = ByteBuffer.allocateDirect(STEP_BYTES);
        var found = ByteBuffer.allocateDirect(STEP_BYTES);
        for (long position = start; position < end; position += STEP_BYTES) {
            int length = (int) Math.min(STEP_BYTES, end - position);
            found.clear().limit(length);
            while (found.hasRemaining() && channel.read(found, position + found.position()) > 0) {
                continue;
            }
            zeros.clear().limit(found.flip().limit());
            if (!found.equals(zeros)) {
                channel.write(zeros, position);
            }
        }
    }

    private static int header(FileChannel channel, long position) throws IOException {
        var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return channel.read(header, position) == HEADER_BYTES ? header.getInt(0) : Wires.NOT_INITIALIZED;
    }
}
