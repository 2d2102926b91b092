package tickcast.orderentry;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.journal.RollInterval;

/** A gateway's order side, a session on it and an exchange, which a test opens and steps by hand over real journals. */
abstract class SteppedDesk {
    static final long START_NANOS = 1_700_000_000_000_000_000L;

    @TempDir
    Path data;

    final AtomicLong clock = new AtomicLong(START_NANOS);
    final Inbox inbox = new Inbox();
    GatewayRig rig;
    TestExchange exchange;
    OrderEntrySession session;

    @AfterEach
    void close() {
        rig.close();
        exchange.close();
    }

    /** @param retainCycles seconds of the test's clock that executions are kept */
    final TestExchange openExchange(int retainCycles) {
        var settings = JournalSettings.of(data.resolve("executions"))
                .withMinFreeBytes(0)
                .withRoll(RollInterval.SECONDLY)
                .withRetainCycles(retainCycles);
        var journal = JournalWriter.open(settings, () -> TimeUnit.NANOSECONDS.toMillis(clock.get()));
        return new TestExchange(data.resolve("orders"), journal, clock::get);
    }
}
