package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tickcast.simulator.Exchange;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ReplayControl;
import tickcast.simulator.ReplayProgress;
import tickcast.simulator.ReplaySettings;
import tickcast.simulator.ReplaySpeed;
import tickcast.simulator.ReplayTime;
import tickcast.simulator.recording.RecordingOptions;

/** An exchange that replays a capture and goes on when the test says so, by a clock of the test. */
final class SteppedReplay implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(1_700_000_000);

    final ReplaySettings settings;
    final ReplayProgress progress;
    final ReplayControl control;
    final Exchange exchange;
    private long nanos = START_NANOS;

    SteppedReplay(Path directory, BinanceCapture capture) throws IOException {
        this(directory, capture, null, null);
    }

    /** @param from null for the beginning; likewise {@code to} for the end */
    SteppedReplay(Path directory, BinanceCapture capture, String from, String to, String... symbols)
            throws IOException {
        settings = new ReplaySettings(
                List.of(capture.write(directory)),
                null,
                new RecordingOptions(Set.of(symbols), (LocalDate) null),
                ReplaySpeed.RECORDED,
                from == null ? null : ReplayTime.parse(from),
                to == null ? null : ReplayTime.parse(to),
                false,
                false,
                false);
        exchange = Exchange.open(ExchangeSettings.of(directory.resolve("data")).withReplay(settings), this::nanos);
        progress = exchange.replayProgress();
        control = exchange.replayControl();
    }

    long nanos() {
        return nanos;
    }

    /** Lets so much time pass, and all happen that is due then. */
    SteppedReplay run(Duration time) {
        nanos += time.toNanos();
        while (exchange.doWork() > 0) {
            continue;
        }
        return this;
    }

    /** Lets everything happen. */
    SteppedReplay runToEnd() {
        control.resume();
        control.speed(ReplaySpeed.MAX);
        run(Duration.ofMillis(1));
        assertTrue(progress.ended());
        return this;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
