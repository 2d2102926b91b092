package tickcast.simulator;

import java.nio.file.Path;
import java.util.Objects;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;

/**
 * How an exchange runs.
 *
 * @param orders             directory of the orders journal, which gateways write
 * @param seed               of the background order flow; the same seed makes the same events
 * @param eventsPerSecond    mean rate of the background, 0 for none, {@link #UNLIMITED} for as many as can be made
 * @param instruments        what is traded
 * @param feed               how the feed journal is kept
 * @param executions         how the executions journal is kept
 * @param checkpointInterval messages from one checkpoint of the feed to the next; at least 20 times those of a checkpoint
 * @param idle               what the thread does while nothing is due
 * @param tradingDays        when trading days end
 * @param replay             a recording that takes the place of the background order flow; null = none
 */
public record ExchangeSettings(
        Path orders,
        long seed,
        long eventsPerSecond,
        Instruments instruments,
        JournalSettings feed,
        JournalSettings executions,
        int checkpointInterval,
        IdleMode idle,
        TradingDays tradingDays,
        ReplaySettings replay) {
    public static final long UNLIMITED = Pacer.UNLIMITED;

    private static final int DEFAULT_CHECKPOINT_INTERVAL = 100_000;
    private static final int DEFAULT_EVENTS_PER_SECOND = 1_000;

    public ExchangeSettings {
        Objects.requireNonNull(orders, "orders");
        Objects.requireNonNull(instruments, "instruments");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(executions, "executions");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(tradingDays, "tradingDays");
        if (eventsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "eventsPerSecond: " + eventsPerSecond + " is below 0; 0 stops the background order flow");
        }
        if (checkpointInterval < 1) {
            throw new IllegalArgumentException("checkpointInterval: " + checkpointInterval + " is not above 0");
        }
    }

    /** Ten symbols and 1,000 events a second, in the directories {@code orders}, {@code feed}, {@code executions}. */
    public static ExchangeSettings of(Path dataDirectory) {
        return new ExchangeSettings(
                dataDirectory.resolve("orders"),
                1,
                DEFAULT_EVENTS_PER_SECOND,
                Instruments.standard(),
                JournalSettings.of(dataDirectory.resolve("feed")),
                JournalSettings.of(dataDirectory.resolve("executions")),
                DEFAULT_CHECKPOINT_INTERVAL,
                IdleMode.PARK,
                TradingDays.DEFAULT,
                null);
    }

    public ExchangeSettings withSeed(long newSeed) {
        return new ExchangeSettings(
                orders,
                newSeed,
                eventsPerSecond,
                instruments,
                feed,
                executions,
                checkpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withEventsPerSecond(long newEventsPerSecond) {
        return new ExchangeSettings(
                orders,
                seed,
                newEventsPerSecond,
                instruments,
                feed,
                executions,
                checkpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withInstruments(Instruments newInstruments) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                newInstruments,
                feed,
                executions,
                checkpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withFeed(JournalSettings newFeed) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                newFeed,
                executions,
                checkpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withExecutions(JournalSettings newExecutions) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                feed,
                newExecutions,
                checkpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withCheckpointInterval(int newCheckpointInterval) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                feed,
                executions,
                newCheckpointInterval,
                idle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withIdle(IdleMode newIdle) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                feed,
                executions,
                checkpointInterval,
                newIdle,
                tradingDays,
                replay);
    }

    public ExchangeSettings withTradingDays(TradingDays newTradingDays) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                feed,
                executions,
                checkpointInterval,
                idle,
                newTradingDays,
                replay);
    }

    /** Replays a recording instead of making up an order flow; null for the order flow. */
    public ExchangeSettings withReplay(ReplaySettings newReplay) {
        return new ExchangeSettings(
                orders,
                seed,
                eventsPerSecond,
                instruments,
                feed,
                executions,
                checkpointInterval,
                idle,
                tradingDays,
                newReplay);
    }
}
