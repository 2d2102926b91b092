package tickcast.cli;

import java.util.concurrent.atomic.AtomicReference;
import tickcast.simulator.ExchangeCounters;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;

/** An exchange within this process; when it fails, the process is asked to stop. */
final class ExchangeRun implements AutoCloseable {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ExchangeThread thread;

    private ExchangeRun(ExchangeSettings settings, StopSignal stop) {
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
