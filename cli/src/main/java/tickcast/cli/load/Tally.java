package tickcast.cli.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a group of subscribers got and what was wrong with it. Safe from any thread. */
public final class Tally {
    final LongAdder delivered = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder cutOff = new LongAdder();

    private final Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    private final Map<Finding, String> firsts = new EnumMap<>(Finding.class);

    /** Messages of market data that were planned within the measured window; for slow readers and v1: that came within it. */
    public long delivered() {
        return delivered.sum();
    }

    /** Bytes of market data that came within the measured window. */
    public long bytes() {
        return bytes.sum();
    }

    /** How often the gateway ended the connection of one that does not read as fast as it should. */
    public long cutOff() {
        return cutOff.sum();
    }

    synchronized void add(Finding finding, String example) {
        counts.merge(finding, 1, Integer::sum);
        firsts.putIfAbsent(finding, example);
    }

    public synchronized int count(Finding finding) {
        return counts.getOrDefault(finding, 0);
    }

    /** A line for each kind of thing that was wrong, with how often and the first of them; empty when nothing was. */
    public synchronized List<String> findings() {
        var lines = new ArrayList<String>();
        counts.forEach((finding, count) -> lines.add(count + " " + finding + "; the first: " + firsts.get(finding)));
        return lines;
    }
}
