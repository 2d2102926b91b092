package tickcast.simulator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Messages of an ITCH file that are read a second on one core: mostly orders that are added, deleted and replaced, of
 * 8,000 stocks, from the system's cache of an uncompressed file. What they tell is added up; there is no book.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ItchBenchmark {
    private static final int MESSAGES = 2_000_000;
    private static final int STOCKS = 8_000;

    private Path directory;
    private Path file;

    @Setup(Level.Trial)
    public void write() throws IOException {
        var random = new Random(1);
        var writer = new ItchWriter();
        for (int locate = 1; locate <= STOCKS; locate++) {
            writer.stockDirectory(locate, "S" + locate);
        }
        for (int i = STOCKS; i < MESSAGES; i++) {
            int locate = 1 + random.nextInt(STOCKS);
            int price = 1 + random.nextInt(1_000_0000);
            writer.at(34_200_000_000_000L + i * 10_000L);
            int kind = random.nextInt(100);
            if (kind < 43) {
                writer.addOrder(locate, i, kind % 2 == 0 ? 'B' : 'S', 100, "S" + locate, price);
            } else if (kind < 85) {
                writer.delete(locate, i - kind);
            } else if (kind < 93) {
                writer.replace(locate, i - kind, i, 100, price);
            } else if (kind < 95) {
                writer.executed(locate, i - kind, 100, i);
            } else if (kind < 97) {
                writer.cancel(locate, i - kind, 1);
            } else if (kind < 98) {
                writer.trade(locate, 'B', 100, "S" + locate, price, i);
            } else {
                writer.imbalance(locate, "S" + locate, 100, 100, price);
            }
        }
        directory = Files.createTempDirectory("tickcast-itch");
        file = Files.write(directory.resolve(ItchWriter.NAME), writer.bytes());
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
        Files.delete(directory);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long read() throws IOException {
        var sum = new Sum();
        try (Recording recording = ItchWriter.open(file, ItchWriter.ALL)) {
            while (recording.nextNanos() != Recording.END) {
                recording.next(sum);
            }
        }
        return sum.sum;
    }

    private static final class Sum implements RecordedEvents {
        private long sum;

        @Override
        public void instrument(int key, String symbol, long tickSize, long lotSize) {
            sum += key;
        }

        @Override
        public void status(int key, TradingStatus status) {
            sum += key;
        }

        @Override
        public void statusOfAll(TradingStatus status) {
            sum++;
        }

        @Override
        public void add(int key, long orderId, Side side, long price, long quantity) {
            sum += key + orderId + side.value() + price + quantity;
        }

        @Override
        public void execute(int key, long orderId, long quantity, long price, boolean printed) {
            sum += key + orderId + quantity + price;
        }

        @Override
        public void reduce(int key, long orderId, long quantity) {
            sum += key + orderId + quantity;
        }

        @Override
        public void delete(int key, long orderId) {
            sum += key + orderId;
        }

        @Override
        public void replace(int key, long orderId, long newOrderId, long price, long quantity) {
            sum += key + orderId + newOrderId + price + quantity;
        }

        @Override
        public void executeLevel(int key, Side side, long price, long quantity) {
            sum += key + price + quantity;
        }

        @Override
        public void level(int key, Side side, long price, long quantity) {
            sum += key + price + quantity;
        }

        @Override
        public void trade(int key, long price, long quantity, Side aggressor) {
            sum += key + price + quantity;
        }

        @Override
        public void cross(int key, long price, long quantity) {
            sum += key + price + quantity;
        }

        @Override
        public void clear(int key) {
            sum += key;
        }

        @Override
        public void bookUnknown(int key, String reason) {
            sum += key;
        }

        @Override
        public void warning(String text) {
            throw new IllegalStateException(text);
        }

        @Override
        public void disagreement(String text) {
            throw new IllegalStateException(text);
        }
    }
}
