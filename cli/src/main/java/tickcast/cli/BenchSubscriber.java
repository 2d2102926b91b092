package tickcast.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;
import tickcast.client.ClientListener;
import tickcast.latency.LatencyRecorder;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.Side;

/** One subscriber of a load test: counts what comes and remembers how far it has come in each symbol. */
final class BenchSubscriber implements ClientListener {
    /** Stands for all symbols. */
    static final String ALL = "*";

    private final List<String> symbols;
    private final Map<String, AtomicLong> lastSeqs = new ConcurrentHashMap<>();
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
    }

    /** Those of {@code all} that it is to get. */
    Collection<String> symbolsOf(Collection<String> all) {
        return symbols.contains(ALL) ? all : symbols;
    }

    /** Symbols about which messages with a sequence came; none with v1. Safe from any thread. */
    Set<String> seen() {
        return lastSeqs.keySet();
    }

    /** Newest sequence that came about a symbol, 0 before the first. Safe from any thread. */
    long lastSeq(String symbol) {
        var lastSeq = lastSeqs.get(symbol);
        return lastSeq == null ? 0 : lastSeq.get();
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
        lastSeqs.computeIfAbsent(symbol, any -> new AtomicLong()).setRelease(FeedHeader.seq(message, offset));
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        compact(timeNanos);
    }

    /** A trade of v1 has no sequence, that of other forms was counted by {@link #onFeedMessage} already. */
    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        if (!lastSeqs.containsKey(symbol)) {
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
