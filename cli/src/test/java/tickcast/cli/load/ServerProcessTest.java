package tickcast.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void status() throws IOException {
        Files.writeString(
                directory.resolve("status"),
                "Name:\tjava\nVmPeak:\t 9000 kB\nVmRSS:\t    2048 kB\nRssAnon:\t    1024 kB\nRssFile:\t 512 kB\n");
    }

    @Test
    void timesAndMemory() throws IOException {
        stat("4711 (java) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 30 0 12345");
        assertEquals(
                new ServerProcess.Use(3_000_000_000L, 2048 * 1024, 1024 * 1024), new ServerProcess(directory).use());
    }

    @Test
    void nameWithSpacesAndBrackets() throws IOException {
        stat("4711 (a ) (b) S 1 2 3 4 5 6 7 8 9 10 1 0 0 0");
        assertEquals(10_000_000, new ServerProcess(directory).use().cpuNanos());
    }

    @Test
    void nothingToUnderstand() throws IOException {
        stat("4711 (java) S 1 2");
        assertThrows(IOException.class, () -> new ServerProcess(directory).use());
    }

    @Test
    void processThatHasEndedHasNoMemory() throws IOException {
        stat("4711 (java) Z 1 2 3 4 5 6 7 8 9 10 250 50 0 0");
        Files.writeString(directory.resolve("status"), "Name:\tjava\nState:\tZ (zombie)\n");
        assertThrows(IOException.class, () -> new ServerProcess(directory).use());
    }

    @Test
    void noSuchProcess() {
        assertThrows(IOException.class, () -> new ServerProcess(directory.resolve("none")).use());
    }

    private void stat(String line) throws IOException {
        Files.writeString(directory.resolve("stat"), line + "\n");
    }
}
