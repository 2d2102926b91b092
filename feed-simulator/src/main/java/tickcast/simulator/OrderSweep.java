package tickcast.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import tickcast.protocol.sbe.Reason;

/** Cancels many orders at once, in documents of at most 1,000 reports, each about one symbol. Confined to a thread. */
final class OrderSweep {
    private record Found(int symbolId, ClientOrder order) {}

    private final MatchingEngine engine;
    private final TransactionRouter router;
    private final LongSupplier epochNanos;

    OrderSweep(MatchingEngine engine, TransactionRouter router, LongSupplier epochNanos) {
        this.engine = engine;
        this.router = router;
        this.epochNanos = epochNanos;
    }

    /**
     * Cancels those that are wanted, oldest first within a symbol. The last document is begun but not published, also when
     * there is nothing to cancel.
     *
     * @param before what caused it, for all documents but the last
     * @param last what caused it, for the last document
     * @return how many were cancelled
     */
    int cancel(
            Collection<ClientOrder> candidates,
            BiPredicate<ClientOrder, BookOrder> wanted,
            Reason reason,
            ClientRequest before,
            ClientRequest last) {
        List<Found> found = find(candidates, wanted);
        if (found.isEmpty()) {
            router.begin(last);
        }
        int begin = 0;
        while (begin < found.size()) {
            int end = documentEnd(found, begin);
            boolean isLast = end == found.size();
            router.begin(isLast ? last : before);
            for (Found each : found.subList(begin, end)) {
                engine.cancel(each.order().orderId(), each.order().account().id(), reason);
            }
            if (!isLast) {
                router.publish(epochNanos.getAsLong());
            }
            begin = end;
        }
        return found.size();
    }

    private List<Found> find(Collection<ClientOrder> candidates, BiPredicate<ClientOrder, BookOrder> wanted) {
        var found = new ArrayList<Found>();
        for (ClientOrder candidate : candidates) {
            BookOrder order = engine.order(candidate.orderId());
            if (wanted.test(candidate, order)) {
                found.add(new Found(order.symbolId(), candidate));
            }
        }
        found.sort(Comparator.comparingInt(Found::symbolId));
        return found;
    }

    private static int documentEnd(List<Found> found, int begin) {
        int symbolId = found.get(begin).symbolId();
        int end = begin + 1;
        while (end < found.size()
                && end - begin < ExecutionPublisher.MAX_REPORTS
                && found.get(end).symbolId() == symbolId) {
            end++;
        }
        return end;
    }
}
