package tickcast.orderentry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalLockedException;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.journal.RecordHandler;
import tickcast.latency.LatencyLog;
import tickcast.latency.Stage;
import tickcast.orderentry.OrderLane.RefusedRequest;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.RequestHeader;
import tickcast.protocol.json.ClientMessage;

@Timeout(60)
class OrderWriterTest {
    private static final long NOW_NANOS = 1_700_000_000_000_000_000L;

    @TempDir
    Path orders;

    private final LatencyLog latency = LatencyLog.discarding();

    @Test
    void manyThreadsOneSequence() throws Exception {
        int threads = 3;
        int requests = 5_000;
        var pool = Executors.newFixedThreadPool(threads);
        try (var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int t = 1; t <= threads; t++) {
                var lane = writer.newLane();
                long sessionId = t;
                tasks.add(() -> {
                    offerAll(lane, sessionId, requests);
                    return null;
                });
            }
            for (var done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(10, SECONDS));
        }

        var nextRequestIds = new long[] {0, 1, 1, 1};
        var seqs = new ArrayList<Long>();
        readAll((buffer, offset, length) -> {
            seqs.add(FeedHeader.seq(buffer, offset));
            assertEquals(NOW_NANOS, FeedHeader.publishTime(buffer, offset));
            int session = (int) RequestHeader.sessionId(buffer, offset);
            assertEquals(nextRequestIds[session]++, RequestHeader.requestId(buffer, offset));
        });
        assertEquals(threads * requests, seqs.size());
        assertEquals(1, seqs.get(0));
        assertEquals(threads * requests, seqs.get(seqs.size() - 1));
        assertEquals(
                threads * requests,
                latency.totals().get(Stage.ORDER_RECEIVED_WRITTEN.tag()).getTotalCount());
    }

    @Test
    void anIdleWriterTakesTheNextOffer() {
        try (var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS);
                var reader = JournalReader.open(orders)) {
            var lane = writer.newLane();
            for (int i = 1; i <= 100; i++) {
                assertTrue(offer(lane, 1, i));
                while (reader.lastSeq() < i) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void closingWritesWhatWasTakenAndTakesNothingMore() {
        var writer = OrderWriter.stepped(JournalWriter.open(settings()), absences(), latency, () -> NOW_NANOS, 1 << 16);
        var lane = writer.newLane();
        for (int i = 1; i <= 300; i++) {
            assertTrue(offer(lane, 1, i));
        }
        writer.close();
        writer.close();
        assertFalse(offer(lane, 1, 301));
        assertFalse(writer.acceptsOrders());
        assertEquals(300, readAll((buffer, offset, length) -> {}));
        assertNull(lane.pollRefused());
    }

    @Test
    void nothingTakenIsLostWhenClosedUnderFire() throws Exception {
        int threads = 2;
        var pool = Executors.newFixedThreadPool(threads);
        long taken = 0;
        try {
            var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS);
            var counts = new ArrayList<Future<Long>>();
            for (int t = 1; t <= threads; t++) {
                var lane = writer.newLane();
                long sessionId = t;
                counts.add(pool.submit(() -> offerWhileAccepted(writer, lane, sessionId)));
            }
            try (var reader = JournalReader.open(orders)) {
                while (reader.lastSeq() < 1_000) {
                    Thread.onSpinWait();
                }
            }
            writer.close();
            for (var count : counts) {
                taken += count.get();
            }
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(10, SECONDS));
        }
        assertEquals(taken, readAll((buffer, offset, length) -> {}));
    }

    @Test
    void theSequenceGoesOnAfterARestart() {
        for (int run = 0; run < 3; run++) {
            try (var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS)) {
                assertTrue(offer(writer.newLane(), 1, run + 1));
            }
        }
        var seqs = new ArrayList<Long>();
        readAll((buffer, offset, length) -> seqs.add(FeedHeader.seq(buffer, offset)));
        assertEquals(List.of(1L, 2L, 3L), seqs);
    }

    @Test
    void oneWriterOnly() {
        try (var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS)) {
            assertTrue(writer.acceptsOrders());
            assertThrows(JournalLockedException.class, () -> OrderWriter.open(settings(), latency, () -> NOW_NANOS));
        }
    }

    @Test
    void whatCannotBeWrittenGoesBackToTheLaneItCameFrom() {
        var journal = JournalWriter.open(settings());
        try (var writer = OrderWriter.stepped(journal, absences(), latency, () -> NOW_NANOS, 1 << 16)) {
            var lane = writer.newLane();
            var other = writer.newLane();
            assertTrue(offer(lane, 7, 1));
            writer.doWork();
            journal.close();
            assertTrue(offer(lane, 7, 2));
            assertTrue(offer(other, 8, 1));
            writer.doWork();
            assertFalse(writer.acceptsOrders());
            assertFalse(offer(lane, 7, 3));
            assertEquals(new RefusedRequest(7, 2, OrderJournal.NOT_WRITTEN), lane.pollRefused());
            assertNull(lane.pollRefused());
            assertEquals(new RefusedRequest(8, 1, OrderJournal.NOT_WRITTEN), other.pollRefused());
        }
        assertEquals(1, readAll((buffer, offset, length) -> {}));
    }

    @Test
    void aWriterThatFailsTakesNothingMoreAndFreesTheJournal() {
        try (var writer = OrderWriter.open(settings(), latency, () -> NOW_NANOS)) {
            var lane = writer.newLane();
            assertTrue(offer(lane, 7, 1));
            lane.tell(7, 2, (absences, nowNanos) -> {
                throw new IllegalStateException("as the test wants it");
            });
            long deadlineNanos = System.nanoTime() + SECONDS.toNanos(10);
            while (writer.acceptsOrders() && System.nanoTime() < deadlineNanos) {
                Thread.onSpinWait();
            }
            assertFalse(offer(lane, 7, 3));
        }
        assertEquals(1, readAll((buffer, offset, length) -> {}));
        OrderWriter.open(settings(), latency, () -> NOW_NANOS).close();
    }

    @Test
    void whatIsInTheRingOfAWriterThatFailsIsRefused() {
        var writer = OrderWriter.stepped(JournalWriter.open(settings()), absences(), latency, () -> NOW_NANOS, 1 << 16);
        var lane = writer.newLane();
        lane.tell(7, 1, (absences, nowNanos) -> {
            throw new IllegalStateException("as the test wants it");
        });
        writer.doWork();
        lane.tell(7, 2, (absences, nowNanos) -> 0);
        writer.close();
        assertEquals(new RefusedRequest(7, 1, OrderJournal.NOT_WRITTEN), lane.pollRefused());
    }

    private JournalSettings settings() {
        return JournalSettings.of(orders).withMinFreeBytes(0);
    }

    private AbsenceLog absences() {
        return AbsenceLog.open(orders.resolve(AbsenceLog.FILE_NAME));
    }

    private static void offerAll(OrderLane lane, long sessionId, int requests) {
        for (int i = 1; i <= requests; i++) {
            while (!offer(lane, sessionId, i)) {
                Thread.onSpinWait();
            }
        }
    }

    private static long offerWhileAccepted(OrderWriter writer, OrderLane lane, long sessionId) {
        long taken = 0;
        while (writer.acceptsOrders()) {
            if (offer(lane, sessionId, taken + 1)) {
                taken++;
            }
        }
        return taken;
    }

    private static boolean offer(OrderLane lane, long sessionId, long requestId) {
        var encoder = new RequestEncoder();
        int length =
                encoder.cancel(new ClientMessage.CancelOrder(null, 1, ""), NOW_NANOS, sessionId, requestId, "alice");
        return lane.offer(encoder.buffer(), 0, length);
    }

    private int readAll(RecordHandler handler) {
        int read = 0;
        try (var reader = JournalReader.open(orders)) {
            for (int more = reader.poll(handler, 1_000); more > 0; more = reader.poll(handler, 1_000)) {
                read += more;
            }
        }
        return read;
    }
}
