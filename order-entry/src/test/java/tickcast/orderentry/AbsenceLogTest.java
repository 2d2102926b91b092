package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsenceLogTest {
    @TempDir
    Path directory;

    @Test
    void whatComesAfterAFailureToShortenIsKept() throws IOException {
        var file = directory.resolve(AbsenceLog.FILE_NAME);
        var aside = directory.resolve("aside");
        try (var log = AbsenceLog.open(file)) {
            Files.move(file, aside);
            Files.createDirectories(file.resolve("in the way"));
            assertThrows(UncheckedIOException.class, () -> {
                for (int i = 1; i <= 2_000; i++) {
                    log.putTimer("a", i);
                }
            });
            Files.delete(file.resolve("in the way"));
            Files.delete(file);
            Files.move(aside, file);
            log.putTimer("a", 5_000);
        }
        try (var log = AbsenceLog.open(file)) {
            assertEquals(Map.of("a", 5_000), log.timers());
        }
    }
}
