package tickcast.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tickcast.cli.load.Churn;
import tickcast.cli.load.LoadNetwork;
import tickcast.cli.load.LoadPlan;
import tickcast.cli.load.LoadSubscriber;
import tickcast.cli.load.MeasuredWindow;
import tickcast.cli.load.Reading;
import tickcast.cli.load.Rollout;
import tickcast.cli.load.Storm;
import tickcast.cli.load.Tally;
import tickcast.latency.LatencyLog;
import tickcast.protocol.json.ServerMessage;

/** The subscribers of a load test: those that are there all the time, and those that come at once later. */
final class BenchSubscribers implements AutoCloseable {
    /** Stands for all symbols. */
    static final String ALL = "*";

    private static final Duration CONNECT_LIMIT = Duration.ofMinutes(5);
    private static final long SEED = 7;

    private final BenchOptions options;
    private final LoadNetwork network;
    private final List<ServerMessage.Listing> listings;
    private final Tally prompt = new Tally();
    private final Tally throttled = new Tally();
    private final List<LoadSubscriber> steady;
    private final List<LoadSubscriber> slowAndDead = new ArrayList<>();
    private final List<LoadSubscriber> stormers;
    private final Storm storm;
    private final Churn churn;
    private int made;

    BenchSubscribers(
            BenchOptions options,
            URI url,
            MeasuredWindow window,
            LatencyLog log,
            List<ServerMessage.Listing> listings) {
        this.options = options;
        this.listings = listings;
        int threads = Runtime.getRuntime().availableProcessors();
        network = new LoadNetwork(url, options.slowRate, threads, window, log, EpochClock::nanos);
        steady = make("subscriber", options.subscribers, Reading.PROMPT, options.books);
        slowAndDead.addAll(make("slow reader", options.slow, Reading.SLOW, options.slow));
        slowAndDead.addAll(make("dead reader", options.dead, Reading.DEAD, 0));
        stormers = make("subscriber of the storm", options.storm, Reading.PROMPT, options.books);
        storm = new Storm(stormers);
        churn = options.churn > 0 ? new Churn(steady, options.churn, SEED) : null;
    }

    /** @param books how many of them keep books */
    private List<LoadSubscriber> make(String name, int count, Reading reading, int books) {
        var forms = options.forms.forms(count);
        return IntStream.range(0, count)
                .mapToObj(i -> network.subscriber(
                        new LoadPlan(name + " " + i, forms.get(i), reading, symbolsOf(made++), i < books),
                        reading == Reading.PROMPT ? prompt : throttled))
                .toList();
    }

    private List<String> symbolsOf(int subscriber) {
        if (!options.symbols.matches("\\d{1,6}")) {
            return List.of(options.symbols.split(","));
        }
        int count = Math.min(Integer.parseInt(options.symbols), listings.size());
        return IntStream.range(0, count)
                .mapToObj(i ->
                        listings.get((subscriber * count + i) % listings.size()).symbol())
                .toList();
    }

    /** Connects those that are there all the time. */
    void connect(StopSignal stop) {
        var rollout = new Rollout(CONNECT_LIMIT, stop::isRequested);
        if (!rollout.connect(
                Stream.concat(steady.stream(), slowAndDead.stream()).toList())) {
            throw new CommandFailedException(
                    stop.isRequested()
                            ? "Stopped before all subscribers had their snapshots"
                            : "Not all subscribers had their snapshots within " + CONNECT_LIMIT.toMinutes()
                                    + " minutes");
        }
    }

    void startChurn() {
        if (churn != null) {
            churn.start();
        }
    }

    void stopChurn() {
        if (churn != null) {
            churn.close();
        }
    }

    /** How many connections {@link #connect} makes. */
    int connections() {
        return steady.size() + slowAndDead.size();
    }

    /** Those that must miss nothing. */
    List<LoadSubscriber> complete() {
        return Stream.concat(steady.stream(), stormers.stream()).toList();
    }

    /** What came to those that must miss nothing. */
    Tally prompt() {
        return prompt;
    }

    /** What came to slow and dead readers. */
    Tally throttled() {
        return throttled;
    }

    /** Of nobody when none is wanted. */
    Storm storm() {
        return storm;
    }

    /** Null when none is wanted. */
    Churn churn() {
        return churn;
    }

    @Override
    public void close() {
        stopChurn();
        network.close();
    }
}
