package tickcast.simulator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls of the engine a second on one core: the order flow's own mix of new orders, cancels, replaces and takers, with
 * some 170 orders resting per symbol. The cost of making up the orders is included; nothing is written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MatchingEngineBenchmark {
    @Param({"1", "100"})
    private int symbols;

    private OrderFlow flow;
    private EventCounter events;

    @Setup
    public void fillBooks() {
        Instruments instruments = Instruments.numbered(symbols);
        events = new EventCounter(new int[symbols + 1]);
        MatchingEngine engine = new MatchingEngine(events);
        instruments.all().forEach(i -> engine.addSymbol(i.symbolId(), i.tickSize(), i.lotSize()));
        flow = new OrderFlow(1, engine, instruments.all());
        for (int i = 0; i < symbols * 1_000; i++) {
            flow.next();
        }
    }

    @Benchmark
    public long call() {
        flow.next();
        return events.all();
    }
}
