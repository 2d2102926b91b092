package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class RecordedFileTest {
    @TempDir
    private Path directory;

    @Test
    void contentIsTheSameHoweverItIsPacked() throws IOException {
        byte[] content = content();
        for (byte[] packed : List.of(content, gzip(content), xz(content))) {
            RecordedFile file = file(packed);
            var bytesRead = new AtomicLong();
            try (InputStream in = file.open(bytesRead::addAndGet)) {
                assertArrayEquals(content, in.readAllBytes());
            }
            assertEquals(packed.length, bytesRead.get());
            assertEquals(packed.length, file.size());
            assertArrayEquals(Arrays.copyOf(content, 1_000), file.head(1_000));
            assertArrayEquals(content, file.head(content.length + 1));
        }
    }

    @Test
    void whatStandsBeforeTheDamageIsGiven() throws IOException {
        byte[] content = content();
        for (byte[] packed : List.of(gzip(content), xz(content))) {
            RecordedFile file = file(Arrays.copyOf(packed, packed.length / 2));
            byte[] head = file.head(content.length);
            assertTrue(head.length > content.length / 4 && head.length < content.length, head.length + " bytes");
            assertArrayEquals(Arrays.copyOf(content, head.length), head);
        }
    }

    @Test
    void beginningOfACompressedFileOnly() throws IOException {
        for (byte[] packed : List.of(gzip(content()), xz(content()))) {
            RecordedFile file = file(Arrays.copyOf(packed, 7));
            String message =
                    assertThrows(IOException.class, () -> file.open(read -> {})).getMessage();
            assertTrue(
                    message.startsWith(file.path() + " begins as a compressed file and cannot be unpacked"), message);
            assertThrows(IOException.class, () -> file.head(1));
        }
    }

    @Test
    void nameWithoutWhatTellsOfCompression() {
        for (String name : List.of("a.csv", "a.csv.gz", "a.csv.xz")) {
            assertEquals("a.csv", new RecordedFile(directory.resolve(name)).name());
        }
    }

    private RecordedFile file(byte[] content) throws IOException {
        return new RecordedFile(Files.write(directory.resolve("file"), content));
    }

    /** Half of it random, so that it fills several blocks of a packed file. */
    private static byte[] content() {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        for (int i = 0; i < content.length; i += 2) {
            content[i] = 0;
        }
        return content;
    }

    static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    static byte[] xz(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(packed, new LZMA2Options())) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
