package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TimerSlackTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void isThatOfTheThreadThatAsks() throws Exception {
        var before = Files.readString(TimerSlack.ofThisThread());
        var slack = new AtomicReference<String>();
        var failure = new AtomicReference<IOException>();
        var thread = new Thread(() -> {
            TimerSlack.least();
            try {
                slack.set(Files.readString(TimerSlack.ofThisThread()).strip());
            } catch (IOException e) {
                failure.set(e);
            }
        });
        thread.start();
        thread.join();
        assertNull(failure.get());
        assertEquals("1", slack.get());
        assertEquals(before, Files.readString(TimerSlack.ofThisThread()));
    }
}
