package tickcast.simulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalSettings;

/** The journals of an exchange that a test steps by hand, and its clock. */
abstract class ExchangeJournals {
    static final long START_NANOS = 1_700_000_000_000_000_000L;

    @TempDir
    Path data;

    long now = START_NANOS;
    OrderTape orders;
    FeedFollower feed;
    ReportLog reports;

    @BeforeEach
    void openJournals() {
        orders = new OrderTape(data.resolve("orders"));
        feed = new FeedFollower(data.resolve("feed"));
        reports = new ReportLog(data.resolve("executions"));
    }

    @AfterEach
    void closeJournals() {
        orders.close();
        feed.close();
        reports.close();
    }

    final Exchange open(ExchangeSettings settings) {
        return Exchange.open(settings, () -> now);
    }

    final JournalSettings feedSettings() {
        return JournalSettings.of(data.resolve("feed")).withMinFreeBytes(0);
    }

    final JournalSettings executionSettings() {
        return JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0);
    }
}
