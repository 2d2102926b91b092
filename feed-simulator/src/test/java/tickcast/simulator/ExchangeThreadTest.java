package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

class ExchangeThreadTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @EnumSource
    void runsUntilItIsClosed(IdleMode idle) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        ExchangeThread exchange = ExchangeThread.start(settings().withIdle(idle), failure::complete);
        try (OrderTape orders = new OrderTape(data.resolve("orders"))) {
            orders.limit("alice", "", 1, Side.BUY, 40, 5);
            await(() -> exchange.counters().clientRequests() == 1
                    && exchange.counters().messages() > 100);
            exchange.changeStatus(1, TradingStatus.HALTED);
        }
        assertTrue(JournalWriter.hasWriter(data.resolve("feed")));
        exchange.close();
        assertFalse(JournalWriter.hasWriter(data.resolve("feed")));
        assertFalse(failure.isDone());
        try (FeedFollower feed = new FeedFollower(data.resolve("feed"))) {
            assertEquals(
                    exchange.counters().messages(), feed.readAll().messages().size());
        }
    }

    private ExchangeSettings settings() {
        return ExchangeSettings.of(data)
                .withEventsPerSecond(5_000)
                .withFeed(JournalSettings.of(data.resolve("feed")).withMinFreeBytes(0))
                .withExecutions(JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come in time");
            Thread.onSpinWait();
        }
    }
}
