package tickcast.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tickcast.cli.load.LoadSubscriber;
import tickcast.cli.load.OrderLoad;
import tickcast.protocol.Subprotocol;

/** Says why the figures of a load test are worth nothing, if they are. */
final class BenchVerdict {
    /** What is still on its way when the measuring ends has so long to arrive. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final double MOST_MISSED = 0.01;
    /** As many can fall on the other side of the beginning or the end. */
    private static final int EDGE = 2;

    private final BenchOptions options;
    private final StopSignal stop;
    private final List<String> failures = new ArrayList<>();
    private final long deadlineNanos = System.nanoTime() + GRACE.toNanos();

    /** Of a test whose measured time has just ended. */
    BenchVerdict(BenchOptions options, StopSignal stop) {
        this.options = options;
        this.stop = stop;
        failIf(stop.isRequested(), "stopped early");
    }

    /** One line for each thing that went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits for what is on its way, then checks what subscribers got. */
    void checkDelivery(BenchSubscribers subscribers, double seconds) {
        var all = subscribers.complete();
        await(() -> all.stream().allMatch(LoadSubscriber::settled));
        int behind = behind(all);
        failures.addAll(subscribers.prompt().findings());
        long without = all.stream().filter(one -> !one.settled()).count();
        failIf(without > 0, without + " subscribers were without their snapshots at the end");
        failIf(behind > 0, behind + " subscribers did not get what others got");
        subscribers.throttled().findings().forEach(line -> failures.add("slow and dead readers: " + line));
        long delivered = subscribers.prompt().delivered();
        failIf(options.subscribers + options.storm > 0 && delivered == 0, "no messages were delivered");
        failIf(
                delivered / seconds < options.minRate,
                Math.round(delivered / seconds) + " messages/s were delivered, fewer than the " + options.minRate
                        + " of --min-rate");
        checkPlans(subscribers);
    }

    private void checkPlans(BenchSubscribers subscribers) {
        var storm = subscribers.storm();
        int missing = storm.size() - storm.settled();
        failIf(missing > 0, missing + " of " + storm.size() + " subscribers of the storm had no snapshots");
        var churn = subscribers.churn();
        if (churn != null) {
            long planned = churn.done() + churn.missed();
            failIf(
                    churn.missed() > Math.max(EDGE, planned * MOST_MISSED),
                    churn.missed() + " of " + planned + " disconnects and resubscriptions were not made: too many "
                            + "subscribers were still coming back");
        }
    }

    /** Waits until every subscriber has come as far as the first has now; returns how many have not. */
    private int behind(List<LoadSubscriber> all) {
        var numbered =
                all.stream().filter(one -> one.plan().form() != Subprotocol.V1).toList();
        Map<String, Long> newest = new HashMap<>();
        for (var seqs : lastSeqs(numbered)) {
            seqs.forEach((symbol, seq) -> newest.merge(symbol, seq, Math::max));
        }
        await(() -> behind(numbered, newest) == 0);
        return behind(numbered, newest);
    }

    private static int behind(List<LoadSubscriber> subscribers, Map<String, Long> newest) {
        return (int) lastSeqs(subscribers).stream()
                .filter(seqs -> seqs.entrySet().stream()
                        // A symbol that was listed since is nobody's measure.
                        .anyMatch(seq -> seq.getValue() < newest.getOrDefault(seq.getKey(), 0L)))
                .count();
    }

    private static List<Map<String, Long>> lastSeqs(List<LoadSubscriber> subscribers) {
        var asked = subscribers.stream().map(LoadSubscriber::lastSeqs).toList();
        return asked.stream().map(answer -> answer.join()).toList();
    }

    /** Checks that orders were sent on time and answered. */
    void checkOrders(OrderLoad orders, double seconds) {
        await(() -> orders.unanswered() == 0);
        failIf(orders.unanswered() > 0, orders.unanswered() + " orders were not answered");
        orders.problems().forEach((text, count) -> failures.add(count + " " + text));
        long planned = Math.round(options.orderRate * seconds);
        long missed = planned - orders.measuredSent();
        failIf(
                missed > Math.max(EDGE, planned * MOST_MISSED),
                missed + " of " + planned + " orders were not sent in time");
    }

    /** Checks that every probe was seen. */
    void checkProbes(BenchProbes probes) {
        await(() -> probes.unseen() == 0);
        failIf(probes.unseen() > 0, probes.unseen() + " probe orders were not seen in the market data");
        probes.refusals().forEach((text, count) -> failures.add(count + " probe orders failed: " + text));
    }

    void failIf(boolean failed, String text) {
        if (failed) {
            failures.add(text);
        }
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && System.nanoTime() - deadlineNanos < 0 && !stop.isRequested()) {
            stop.await(POLL);
        }
    }
}
