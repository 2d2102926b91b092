package tickcast.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import tickcast.client.ClientListener;
import tickcast.latency.LatencyRecorder;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.Side;

/** One subscriber of a load test: counts what comes and remembers how far it has come in each symbol. */
final class BenchSubscriber implements ClientListener {
    private final List<String> symbols;
    private final Map<String, Integer> indexes;
    private final AtomicLongArray lastSeqs;
    private final LongAdder delivered;
    private final MeasuredWindow window;
    private final LatencyRecorder latency;

    /**
     * @param delivered counts messages that were planned within the window
     * @param latency takes their latencies; of the client's thread
     */
    BenchSubscriber(List<String> symbols, LongAdder delivered, MeasuredWindow window, LatencyRecorder latency) {
        this.symbols = symbols;
        this.delivered = delivered;
        this.window = window;
        this.latency = latency;
        indexes = IntStream.range(0, symbols.size()).boxed().collect(Collectors.toMap(symbols::get, i -> i));
        lastSeqs = new AtomicLongArray(symbols.size());
    }

    List<String> symbols() {
        return symbols;
    }

    /** Newest sequence that came about one of the symbols; 0 with v1. Safe from any thread. */
    long lastSeq(int index) {
        return lastSeqs.get(index);
    }

    /** A message came that was planned so long ago; called for every one of SBE and JSON. */
    void onLatency(long latencyNanos) {
        if (window.contains(latencyNanos)) {
            delivered.increment();
            latency.record(latencyNanos);
        }
    }

    @Override
    public void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
        lastSeqs.setRelease(indexes.get(symbol), FeedHeader.seq(message, offset));
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        compact(timeNanos);
    }

    /** A trade of v1 has no sequence, that of other forms was counted by {@link #onFeedMessage} already. */
    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        if (lastSeqs.getPlain(indexes.get(symbol)) == 0) {
            compact(timeNanos);
        }
    }

    /** v1 tells no time of books. */
    @Override
    public void onBook(String symbol, DepthBook book) {
        if (book.lastSeq() == 0 && window.contains(0)) {
            delivered.increment();
        }
    }

    private void compact(long timeNanos) {
        onLatency(EpochClock.nanos() - timeNanos);
    }
}
