package tickcast.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tickcast.protocol.Instrument;
import tickcast.simulator.ExchangeCounters;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;
import tickcast.simulator.Instruments;
import tickcast.simulator.ReplaySettings;

/** An exchange within this process; when it fails, the process is asked to stop. */
final class ExchangeRun implements AutoCloseable {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ExchangeThread thread;
    private final Instruments instruments;
    private final ReplaySettings replay;

    private ExchangeRun(ExchangeSettings settings, StopSignal stop) {
        instruments = settings.instruments();
        replay = settings.replay();
        thread = ExchangeThread.start(settings, cause -> {
            failure.set(cause);
            stop.request();
        });
    }

    static ExchangeRun start(Configuration configuration, StopSignal stop) {
        try {
            return new ExchangeRun(configuration.exchange(), stop);
        } catch (RuntimeException e) {
            throw ServerFailure.of(e);
        }
    }

    ExchangeCounters counters() {
        return thread.counters();
    }

    /** What is traded; of a recording what it has told of so far. */
    List<String> symbols() {
        return replay == null
                ? instruments.all().stream().map(Instrument::symbol).toList()
                : thread.replayProgress().symbols().stream().sorted().toList();
    }

    /** How far its replay is; null when it has none. */
    ReplayStatus replayStatus() {
        return replay == null ? null : new ReplayStatus(replay, thread.replayProgress(), System::nanoTime);
    }

    /** Follows its replay for the user, who steers it on standard input; null when it has none. */
    ReplayWatch replayWatch(ServerProgram program, ServerStatus status) {
        if (replay == null) {
            return null;
        }
        var progress = thread.replayProgress();
        var console = new ReplayConsole(program.in(), thread.replayControl(), progress, status::line, program::stop);
        return new ReplayWatch(program, console, new ReplayReport(replay, progress, counters()), progress);
    }

    /** Throws when it stopped by itself. */
    void requireSound() {
        if (failure.get() != null) {
            throw new CommandFailedException("The exchange has stopped: " + failure.get(), failure.get());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
