package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WakePortTest {
    private static final int LONG_MILLIS = 600_000;

    @TempDir
    Path directory;

    @Test
    void aDocumentWakesWhoAwaitsIt() {
        try (var writer = JournalWriter.open(JournalSettings.of(directory));
                var port = WakePort.open();
                var reader = JournalReader.open(directory)) {
            reader.wakeAt(port.number());
            for (int i = 0; i < 3; i++) {
                assertFalse(reader.awaits());
                Documents.append(writer, 1);
                assertTrue(port.sleep(LONG_MILLIS));
                assertEquals(1, reader.poll((buffer, offset, length) -> {}, 10));
            }
            Documents.append(writer, 1);
            assertFalse(port.sleep(1), "the reader did not say that it waits");
        }
    }

    @Test
    void anotherThreadWakesIt() throws InterruptedException {
        try (var port = WakePort.open()) {
            port.wake();
            assertFalse(port.sleep(LONG_MILLIS), "it was woken before it slept, and by no writer");
            var other = new Thread(port::wake);
            other.start();
            assertFalse(port.sleep(LONG_MILLIS));
            other.join();
        }
    }
}
