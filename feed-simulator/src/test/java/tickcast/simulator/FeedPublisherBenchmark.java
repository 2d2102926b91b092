package tickcast.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tickcast.journal.JournalSettings;

/**
 * Messages a second that a whole exchange writes to a real journal, with as many background events as it can make:
 * flow, matching, checksums, checkpoints and appends. The figure is {@code messages}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FeedPublisherBenchmark {
    private static final long RETAIN_BYTES = 1L << 30;

    /** What one iteration wrote. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Written {
        public long messages;

        @Setup(Level.Iteration)
        public void reset() {
            messages = 0;
        }
    }

    @Param({"1", "100"})
    private int symbols;

    private Path data;
    private Exchange exchange;

    @Setup
    public void open() throws IOException {
        data = Files.createTempDirectory("tickcast-feed");
        exchange = Exchange.open(ExchangeSettings.of(data)
                .withEventsPerSecond(ExchangeSettings.UNLIMITED)
                .withInstruments(Instruments.numbered(symbols))
                .withFeed(JournalSettings.of(data.resolve("feed")).withRetainBytes(RETAIN_BYTES)));
    }

    @TearDown
    public void close() throws IOException {
        exchange.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public int turn(Written written) {
        long before = exchange.counters().messages();
        int work = exchange.doWork();
        written.messages += exchange.counters().messages() - before;
        return work;
    }
}
