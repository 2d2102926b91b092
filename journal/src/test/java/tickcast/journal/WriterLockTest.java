package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {
    @TempDir
    Path directory;

    private Path log() {
        return directory.resolve("child.log");
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    private JournalWriter writer() {
        return JournalWriter.open(AppendLoop.settings(journal()));
    }

    @Test
    void aSecondWriterInThisProcessIsRefused() {
        var writer = writer();
        var refusal = assertThrows(JournalLockedException.class, this::writer);
        assertTrue(refusal.getMessage().contains(journal().toString()));
        assertTrue(refusal.getMessage()
                .contains(Long.toString(ProcessHandle.current().pid())));
        writer.close();
        writer().close();
    }

    @Test
    void aWriterOfAnotherProcessIsRefusedEvenAfterProbes() throws Exception {
        try (var writer = writer()) {
            assertTrue(JournalWriter.hasWriter(journal()));
            assertThrows(JournalLockedException.class, this::writer);
            try (var child = ChildJvm.start(log(), OpenOnce.class, journal().toString())) {
                assertEquals(3, child.await(), child.output());
                assertTrue(
                        child.output()
                                .contains("process " + ProcessHandle.current().pid()),
                        child.output());
                assertTrue(child.output().contains(journal().toString()), child.output());
            }
            Documents.append(writer, 1);
        }
        assertFalse(JournalWriter.hasWriter(journal()));
    }

    @Test
    void aWriterOfAnotherProcessIsSeenUntilItDies() throws Exception {
        assertFalse(JournalWriter.hasWriter(journal()));
        try (var child = ChildJvm.start(log(), AppendLoop.class, journal().toString(), "1");
                var reader = JournalReader.open(journal())) {
            Eventually.await("the child writes", () -> reader.lastSeq() > 0);
            assertTrue(JournalWriter.hasWriter(journal()));
            assertThrows(JournalLockedException.class, this::writer);
            child.kill();
            assertFalse(JournalWriter.hasWriter(journal()));
            writer().close();
        }
    }

    @Test
    void probesDoNotKeepAWriterFromStarting() throws Exception {
        writer().close();
        var probing = new AtomicBoolean(true);
        var prober = new Thread(() -> {
            while (probing.get()) {
                JournalWriter.hasWriter(journal());
            }
        });
        prober.start();
        for (int i = 0; i < 20; i++) {
            writer().close();
        }
        probing.set(false);
        prober.join();
    }

    @Test
    void normalUseSaysNothing() throws Exception {
        try (var child = ChildJvm.start(log(), QuietRun.class, journal().toString())) {
            assertEquals(0, child.await(), child.output());
            assertEquals("", child.output());
        }
    }
}
