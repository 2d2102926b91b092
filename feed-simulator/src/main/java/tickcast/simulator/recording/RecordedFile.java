package tickcast.simulator.recording;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** A file of a recording: plain, or compressed with gzip or xz, which its first bytes tell. Immutable. */
public final class RecordedFile {
    private static final int BUFFER_BYTES = 1 << 16;
    /** What an xz file may ask for to be unpacked; {@code xz -9} needs 64 MiB. */
    private static final int MAX_XZ_KIBIBYTES = 256 << 10;

    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};

    private final Path path;

    public RecordedFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The file's name without what tells of compression. */
    public String name() {
        String name = path.getFileName().toString();
        for (String suffix : new String[] {".gz", ".xz"}) {
            if (name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }

    /** Bytes on disk. */
    public long size() throws IOException {
        return Files.size(path);
    }

    /** The first bytes of the content, unpacked; fewer when there are not so many, or not so many before it is damaged. */
    public byte[] head(int length) throws IOException {
        byte[] head = new byte[length];
        int there = 0;
        try (InputStream in = open(read -> {})) {
            int read = 0;
            while (read >= 0 && there < length) {
                read = in.read(head, there, length - there);
                there += Math.max(read, 0);
            }
        } catch (IOException e) {
            // What stands before the damage tells the format, whose reader will name the place.
            if (there == 0) {
                throw new IOException(path + ": " + e.getMessage(), e);
            }
        }
        return Arrays.copyOf(head, there);
    }

    /**
     * The content, unpacked.
     *
     * @param onRead is told how many more bytes were read from the disk
     * @throws IOException when it cannot be opened, or begins as a compressed file and is none; names the file
     */
    public InputStream open(LongConsumer onRead) throws IOException {
        InputStream file = new Counted(Files.newInputStream(path), onRead);
        boolean opened = false;
        try {
            var in = new BufferedInputStream(file, BUFFER_BYTES);
            in.mark(XZ.length);
            byte[] magic = in.readNBytes(XZ.length);
            in.reset();
            InputStream content = unpacked(magic, in);
            opened = true;
            return content;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private InputStream unpacked(byte[] magic, InputStream in) throws IOException {
        try {
            if (Arrays.equals(magic, XZ)) {
                return new Unpacked(new XZInputStream(in, MAX_XZ_KIBIBYTES));
            }
            if (magic.length >= GZIP.length && Arrays.equals(Arrays.copyOf(magic, GZIP.length), GZIP)) {
                return new Unpacked(new GZIPInputStream(in, BUFFER_BYTES));
            }
            return in;
        } catch (IOException e) {
            throw new IOException(path + " begins as a compressed file and cannot be unpacked: " + e, e);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final LongConsumer onRead;

        Counted(InputStream in, LongConsumer onRead) {
            super(in);
            this.onRead = onRead;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                onRead.accept(1);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                onRead.accept(read);
            }
            return read;
        }
    }

    /**
     * What a decoder gives, and in words what is wrong with its input. Reads no further than what the decoder has at hand:
     * when a longer read meets damage, that of xz drops the good bytes that it has unpacked before. What of a chunk of xz,
     * at most 2 MiB, stands before damage within it cannot be had.
     */
    private static final class Unpacked extends FilterInputStream {
        Unpacked(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, Math.min(length, Math.max(1, available())));
            } catch (EOFException e) {
                throw new IOException("the compressed data end too early", e);
            } catch (IOException e) {
                throw new IOException("the compressed data are damaged (" + e + ")", e);
            }
        }
    }
}
